import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { callApi } from '../client/call-api.ts';
import { queryKeys } from '../client/queries.ts';
import { useDocument } from '../document/index.ts';
import { useSame } from './use-same.ts';

/** What sub-policies are compared with: the newest version of each policy; `null` where none is published. */
export type Published = ReadonlyMap<string, number | null>;

const everyMs = 30_000;

/** Asked only where the policy has sub-policies. Empty where the caller may not know. */
export function usePublished(): Published {
  const isNeeded = useDocument(({ policy }) =>
    Object.values(policy.groups ?? {}).some(({ subpolicy }) => subpolicy !== undefined),
  );
  const { data } = useQuery({
    queryKey: queryKeys.policies,
    queryFn: ({ signal }) => callApi('listPolicies', {}, signal),
    enabled: isNeeded,
    refetchInterval: everyMs,
    refetchIntervalInBackground: false,
  });
  const newest = (data?.policies ?? []).map(({ id, published }) => [id, published?.version ?? null] as const);
  const known = useSame(newest, JSON.stringify);
  return useMemo(() => new Map(known), [known]);
}
