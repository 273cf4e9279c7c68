import { useQuery } from '@tanstack/react-query';
import { type CallAnswer, callApi } from '../client/call-api.ts';

export const publishingKeys = {
  rollouts: ['rollouts'],
  proposals: ['proposals'],
  rules: ['publishing'],
  cases: (id: string) => ['cases', id],
  forecasts: (id: string) => ['forecasts', id],
} as const;

/** Rollouts under way and ended; asked often while somebody looks. */
export function useRollouts() {
  return useQuery({
    queryKey: publishingKeys.rollouts,
    queryFn: ({ signal }) => callApi('listRollouts', {}, signal),
    refetchInterval: 2_000,
    refetchIntervalInBackground: false,
  });
}

export function useProposals() {
  return useQuery({
    queryKey: publishingKeys.proposals,
    queryFn: ({ signal }) => callApi('listProposals', {}, signal),
    refetchInterval: 5_000,
    refetchIntervalInBackground: false,
  });
}
export type ProposalRow = CallAnswer<'listProposals'>['proposals'][number];

/** The cases of a policy, played on the draft as saved. */
export function usePlayedCases(id: string) {
  return useQuery({
    queryKey: publishingKeys.cases(id),
    queryFn: ({ signal }) => callApi('readCases', { params: { id } }, signal),
    staleTime: 0,
    gcTime: 0,
  });
}

/** Forecasts that versions were judged by, beside what happened. */
export function useForecasts(id: string, enabled: boolean) {
  return useQuery({
    queryKey: publishingKeys.forecasts(id),
    queryFn: ({ signal }) => callApi('readForecasts', { params: { id } }, signal),
    enabled,
    staleTime: 60_000,
  });
}
