import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { TrafficEvent } from '#server/contract/index.ts';
import type { LiveMap } from '../canvas/index.ts';
import { type CallAnswer, callApi } from '../client/call-api.ts';
import { useTrafficEvents } from '../client/traffic-feed.ts';
import { useEditor } from './editor-state.ts';
import { liveMapOf } from './live-map-of.ts';

/** The window slides on even where nothing comes. */
const slideMs = 15_000;
/** So long after a request the map is read anew; those that come meanwhile go along. */
const soonMs = 1_500;

export interface LiveView {
  /** `null` while the map is off or not read yet. */
  readonly map: LiveMap | null;
  readonly answer: CallAnswer<'readFlow'> | undefined;
  readonly error: unknown;
}

/** The last 15 minutes of a version's traffic, kept up while the map is on. `null`: of the version that serves. */
export function useLiveMap(policy: string, version: number | null): LiveView {
  const shows = useEditor((state) => state.showsLive);
  const flow = useQuery({
    queryKey: ['flow', policy, version],
    queryFn: ({ signal }) =>
      callApi('readFlow', { params: { id: policy }, query: version === null ? {} : { version } }, signal),
    enabled: shows,
    refetchInterval: slideMs,
    refetchIntervalInBackground: false,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  useSoon(policy, shows, flow.refetch);
  const map = useMemo(
    () => (shows && flow.data !== undefined ? liveMapOf(flow.data) : null),
    [shows, flow.data],
  );
  return { map, answer: flow.data, error: flow.error };
}

/** Calls back a moment after requests of the policy have finished. */
function useSoon(policyId: string, isOn: boolean, onSoon: () => unknown): void {
  const timer = useRef(0);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  useTrafficEvents(
    useCallback(
      ({ policy }: TrafficEvent) => {
        if (!isOn || policy !== policyId || timer.current !== 0) return;
        timer.current = window.setTimeout(() => {
          timer.current = 0;
          void onSoon();
        }, soonMs);
      },
      [isOn, policyId, onSoon],
    ),
  );
}
