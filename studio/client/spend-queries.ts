import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type CallAnswer, type CallInput, callApi } from './call-api.ts';

/** Keys of what is kept of money. */
export const moneyKeys = {
  spend: ['spend'],
  budgets: ['budgets'],
  alerts: ['alerts'],
} as const;

export type SpendQuery = CallInput<'readSpend'>['query'];
export type SpendAnswer = CallAnswer<'readSpend'>;
export type SpendRow = SpendAnswer['rows'][number];
export type Overview = CallAnswer<'readSpendOverview'>;
export type Budget = CallAnswer<'listBudgets'>['budgets'][number];
export type Alert = CallAnswer<'listAlerts'>['alerts'][number];
export type Delivery = CallAnswer<'listAlerts'>['deliveries'][number];

export function useSpend(query: SpendQuery) {
  return useQuery({
    queryKey: [...moneyKeys.spend, query],
    queryFn: ({ signal }) => callApi('readSpend', { query }, signal),
    placeholderData: keepPreviousData,
  });
}

export function useSpendOverview(query: CallInput<'readSpendOverview'>['query']) {
  return useQuery({
    queryKey: [...moneyKeys.spend, 'overview', query],
    queryFn: ({ signal }) => callApi('readSpendOverview', { query }, signal),
    placeholderData: keepPreviousData,
  });
}

/** What the window would have cost under a policy; asked for once somebody names one. */
/** A policy as a draft, or a published version of it. */
export interface NamedPolicy {
  readonly id: string;
  readonly version: number | null;
}

/** What a baseline would have cost; `looked` is what it is held against, `null` what was spent. */
export function useComparison(
  baseline: NamedPolicy | null,
  looked: NamedPolicy | null,
  window: { readonly from: number; readonly to: number },
) {
  const query = {
    policy: baseline?.id ?? '',
    ...(baseline?.version == null ? {} : { version: baseline.version }),
    ...(looked === null ? {} : { looked: looked.id }),
    ...(looked?.version == null ? {} : { looked_version: looked.version }),
    ...window,
  };
  return useQuery({
    queryKey: [...moneyKeys.spend, 'comparison', query],
    queryFn: ({ signal }) => callApi('compareSpend', { query }, signal),
    enabled: baseline !== null,
    retry: false,
  });
}

/** Asked again while somebody looks: budgets move with every request. */
export function useBudgets() {
  return useQuery({
    queryKey: moneyKeys.budgets,
    queryFn: ({ signal }) => callApi('listBudgets', {}, signal),
    refetchInterval: 10_000,
    refetchIntervalInBackground: false,
  });
}

export function useBudgetOutlook(id: string | null) {
  return useQuery({
    queryKey: [...moneyKeys.budgets, 'outlook', id],
    queryFn: ({ signal }) => callApi('readBudgetOutlook', { params: { id: id ?? '' } }, signal),
    enabled: id !== null,
  });
}

export function useAlerts() {
  return useQuery({
    queryKey: moneyKeys.alerts,
    queryFn: ({ signal }) => callApi('listAlerts', {}, signal),
    refetchInterval: 10_000,
    refetchIntervalInBackground: false,
  });
}
