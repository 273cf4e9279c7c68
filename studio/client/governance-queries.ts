import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type CallAnswer, type CallInput, callApi } from './call-api.ts';
import { queryKeys } from './queries.ts';

export const governanceKeys = {
  audit: ['audit'],
  teams: ['teams'],
  keys: queryKeys.keys,
  providers: queryKeys.providers,
  budgets: ['budgets'],
} as const;

export type AuditFilter = Omit<CallInput<'listAudit'>['query'], 'limit' | 'before'>;

/** Audit entries, newest first, page after page. */
export function useAudit(filter: AuditFilter) {
  return useInfiniteQuery({
    queryKey: [...governanceKeys.audit, filter],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      callApi(
        'listAudit',
        { query: { ...filter, limit: 50, ...(pageParam === 0 ? {} : { before: pageParam }) } },
        signal,
      ),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** One entry by its sequence; `null` asks for none. */
export function useAuditEntry(sequence: number | null) {
  return useQuery({
    queryKey: [...governanceKeys.audit, 'entry', sequence],
    enabled: sequence !== null && Number.isSafeInteger(sequence),
    queryFn: async ({ signal }) => {
      const { entries } = await callApi(
        'listAudit',
        { query: { limit: 1, before: (sequence ?? 0) + 1 } },
        signal,
      );
      return entries.find((entry) => entry.sequence === sequence) ?? null;
    },
  });
}

/** Whether the chain of the audit holds; walked anew each time it is asked. */
export function useAuditChain() {
  return useQuery({
    queryKey: [...governanceKeys.audit, 'chain'],
    queryFn: ({ signal }) => callApi('verifyAudit', {}, signal),
    retry: false,
  });
}

export function useTeams() {
  return useQuery({
    queryKey: governanceKeys.teams,
    queryFn: ({ signal }) => callApi('listTeams', {}, signal),
  });
}

export type KeyFilter = Omit<CallInput<'listKeys'>['query'], 'limit' | 'after'>;

/** Keys by id, searched on the server, page after page. */
export function useKeySearch(filter: KeyFilter) {
  return useInfiniteQuery({
    queryKey: [...governanceKeys.keys, 'search', filter],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      callApi(
        'listKeys',
        { query: { ...filter, limit: 200, ...(pageParam === '' ? {} : { after: pageParam }) } },
        signal,
      ),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export type BudgetRow = CallAnswer<'listBudgets'>['budgets'][number];

export function useBudgetList() {
  return useQuery({
    queryKey: governanceKeys.budgets,
    queryFn: ({ signal }) => callApi('listBudgets', {}, signal),
  });
}
