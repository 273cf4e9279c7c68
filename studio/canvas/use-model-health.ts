import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { callApi } from '../client/call-api.ts';
import { queryKeys } from '../client/queries.ts';
import { type Condition, conditionOf } from '../health/order-targets.ts';

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
  const key = JSON.stringify(troubled);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same troubles are the same map, so that no card is drawn again
  return useMemo(() => new Map(troubled), [key]);
}
