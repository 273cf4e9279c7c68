import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type CallAnswer, type CallInput, callApi } from './call-api.ts';
import { savesSettled } from './pending-saves.ts';

/** Keys of what is kept, so that a change can say what is no longer true. */
export const queryKeys = {
  status: ['status'],
  policies: ['policies'],
  policy: (id: string) => ['policy', id],
  version: (id: string, version: number) => ['version', id, version],
  records: ['records'],
  summary: ['summary'],
  models: ['models'],
  providers: ['providers'],
  health: ['health'],
  keys: ['keys'],
  deployments: ['deployments'],
  simulation: ['simulation'],
} as const;

export function useStatus() {
  return useQuery({
    queryKey: queryKeys.status,
    queryFn: ({ signal }) => callApi('readStatus', {}, signal),
    refetchInterval: (query) => (query.state.status === 'error' ? 3_000 : 30_000),
    refetchIntervalInBackground: false,
  });
}

export function usePolicies() {
  return useQuery({
    queryKey: queryKeys.policies,
    queryFn: ({ signal }) => callApi('listPolicies', {}, signal),
  });
}

/** One policy with its draft. Always asked anew when a screen opens, never behind the author's back. */
export function usePolicy(id: string) {
  return useQuery({
    queryKey: queryKeys.policy(id),
    queryFn: async ({ signal }) => {
      await savesSettled(id);
      return callApi('readPolicy', { params: { id } }, signal);
    },
    staleTime: 0,
    gcTime: 0,
    refetchOnReconnect: false,
  });
}

export function useVersion(id: string, version: number | null) {
  return useQuery({
    queryKey: queryKeys.version(id, version ?? 0),
    queryFn: ({ signal }) => callApi('readVersion', { params: { id, version: version ?? 0 } }, signal),
    enabled: version !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export type RecordFilter = Omit<CallInput<'listRecords'>['query'], 'cursor' | 'limit' | 'columns'>;

/** Logged requests, newest first, page after page. */
export function useRecords(filter: RecordFilter, limit = 50) {
  return useInfiniteQuery({
    queryKey: [...queryKeys.records, filter, limit],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      callApi(
        'listRecords',
        { query: { ...filter, limit, cursor: pageParam === '' ? undefined : pageParam } },
        signal,
      ),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useRecord(id: string | null) {
  return useQuery({
    queryKey: [...queryKeys.records, 'one', id],
    queryFn: ({ signal }) => callApi('readRecord', { params: { id: id ?? '' } }, signal),
    enabled: id !== null,
  });
}

export function useSummary(query: CallInput<'summarizeRecords'>['query']) {
  return useQuery({
    queryKey: [...queryKeys.summary, query],
    queryFn: ({ signal }) => callApi('summarizeRecords', { query }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
}

export function useModelList() {
  return useQuery({
    queryKey: queryKeys.models,
    queryFn: ({ signal }) => callApi('listModels', {}, signal),
    staleTime: 300_000,
  });
}
export type ModelRow = CallAnswer<'listModels'>['models'][number];

/** One model with its prices and where it is used. */
export function useModel(id: string | null) {
  return useQuery({
    queryKey: [...queryKeys.models, id],
    queryFn: ({ signal }) => callApi('readModel', { params: { id: id ?? '' } }, signal),
    enabled: id !== null,
  });
}

/** The configured upstreams and how their keys stand. */
export function useProviders() {
  return useQuery({
    queryKey: queryKeys.providers,
    queryFn: ({ signal }) => callApi('listProviders', {}, signal),
    refetchInterval: 30_000,
  });
}

/** How targets do now; asked often while somebody looks. */
export function useTargetHealth() {
  return useQuery({
    queryKey: queryKeys.health,
    queryFn: ({ signal }) => callApi('readTargetHealth', {}, signal),
    refetchInterval: 2_000,
    refetchIntervalInBackground: false,
    staleTime: 0,
  });
}

/** The first keys by id, and how many there are. */
export function useSomeKeys(most: number) {
  return useQuery({
    queryKey: [...queryKeys.keys, most],
    queryFn: ({ signal }) => callApi('listKeys', { query: { limit: most } }, signal),
  });
}

export function useDeployments() {
  return useQuery({
    queryKey: queryKeys.deployments,
    queryFn: ({ signal }) => callApi('listDeployments', {}, signal),
  });
}
