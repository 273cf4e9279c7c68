import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { callApi } from '../client/call-api.ts';
import { queryKeys } from '../client/queries.ts';
import { type Condition, conditionOf } from '../health/order-targets.ts';
import { useSame } from './use-same.ts';

const everyMs = 10_000;

/** How targets do lately: only those that somebody should look at. Empty where the caller may not know. */
export function useModelHealth(): ReadonlyMap<string, Condition> {
  const { data } = useQuery({
    queryKey: queryKeys.health,
    queryFn: ({ signal }) => callApi('readTargetHealth', {}, signal),
    refetchInterval: everyMs,
    refetchIntervalInBackground: false,
    retry: false,
  });
  const troubled = (data?.targets ?? []).flatMap((one) => {
    const condition = conditionOf(one);
    return condition.isTroubled ? [[one.target, condition] as const] : [];
  });
  const known = useSame(troubled, JSON.stringify);
  return useMemo(() => new Map(known), [known]);
}
