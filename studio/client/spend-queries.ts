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
export function useComparison(policy: string | null, window: { readonly from: number; readonly to: number }) {
  return useQuery({
    queryKey: [...moneyKeys.spend, 'comparison', policy, window],
    queryFn: ({ signal }) => callApi('compareSpend', { query: { policy: policy ?? '', ...window } }, signal),
    enabled: policy !== null,
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
