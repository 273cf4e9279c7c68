import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { callApi } from '../client/call-api.ts';
import type { RecordFilter } from '../client/queries.ts';
import { trafficFeed } from '../client/traffic-feed.ts';
import { logColumns } from './log-cells.tsx';
import { createLogStore, type LogState, type LogStore } from './log-store.ts';

const columns = logColumns.join(',');
/** What came is looked for so soon after an event, and so often where no event tells. */
const soonMs = 700;
const elseMs = 10_000;

/** The log under a filter, kept up with while it is shown. A filter that means the same keeps it. */
export function useLog(filter: RecordFilter): { readonly log: LogStore; readonly state: LogState } {
  const asked = JSON.stringify(filter);
  const log = useMemo(() => {
    const query: RecordFilter = JSON.parse(asked);
    return createLogStore(({ cursor, limit }, signal) =>
      callApi(
        'listRecords',
        { query: { ...query, columns, limit, cursor: cursor === null ? undefined : cursor } },
        signal,
      ),
    );
  }, [asked]);
  useEffect(() => {
    void log.load();
    const stop = followTraffic(() => void log.refresh());
    return () => {
      stop();
      log.close();
    };
  }, [log]);
  return { log, state: useStore(log.store) };
}

/** Calls back a moment after requests have finished, and now and then where the feed is not there. */
function followTraffic(onTraffic: () => void): () => void {
  let soon = 0;
  const look = () => {
    soon = 0;
    if (!document.hidden) onTraffic();
  };
  const stop = trafficFeed.subscribe((now, before) => {
    if (now.events !== before.events && soon === 0) soon = window.setTimeout(look, soonMs);
  });
  const anyway = window.setInterval(look, elseMs);
  document.addEventListener('visibilitychange', look);
  return () => {
    stop();
    window.clearTimeout(soon);
    window.clearInterval(anyway);
    document.removeEventListener('visibilitychange', look);
  };
}
