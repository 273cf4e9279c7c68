import { createParser } from 'eventsource-parser';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { TrafficEvent } from '#server/contract/index.ts';
import { adminHeaders } from './admin-token.ts';
import { contract } from './contract.ts';

const kept = 100;
const firstRetryMs = 1_000;
const lastRetryMs = 15_000;

interface Feed {
  readonly live: boolean;
  /** Newest first. */
  readonly events: readonly TrafficEvent[];
}

/** Finished requests as they finish, newest first. */
export const trafficFeed = createStore<Feed>(() => ({ live: false, events: [] }));

/** Reads a stream of server-sent events until it ends; `fetch` rather than EventSource, which cannot send a token. */
async function readStream(signal: AbortSignal): Promise<void> {
  const { TrafficEvent, trafficStreamPath } = await contract();
  const take = (data: string): void => {
    const read = TrafficEvent.safeParse(JSON.parse(data));
    if (!read.success) return;
    trafficFeed.setState(({ events }) => ({ events: [read.data, ...events].slice(0, kept) }));
  };
  const response = await fetch(trafficStreamPath, {
    headers: { ...adminHeaders(), accept: 'text/event-stream' },
    signal,
  });
  if (!response.ok || response.body === null) return;
  trafficFeed.setState({ live: true });
  const parser = createParser({ onEvent: ({ event, data }) => event === 'record' && take(data) });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) parser.feed(part.value);
}

/** Keeps the stream open while the studio is; a broken one is opened again, more patiently each time. */
export function useTrafficStream(): void {
  useEffect(() => {
    const stop = new AbortController();
    let timer = 0;
    const open = async (retryMs: number): Promise<void> => {
      const startedAt = performance.now();
      await readStream(stop.signal).catch(() => undefined);
      if (stop.signal.aborted) return;
      trafficFeed.setState({ live: false });
      const lasted = performance.now() - startedAt > lastRetryMs;
      const waitMs = lasted ? firstRetryMs : retryMs;
      timer = window.setTimeout(() => void open(Math.min(waitMs * 2, lastRetryMs)), waitMs);
    };
    void open(firstRetryMs);
    return () => {
      stop.abort();
      window.clearTimeout(timer);
    };
  }, []);
}

export function useTraffic<T>(select: (feed: Feed) => T): T {
  return useStore(trafficFeed, select);
}

/** Calls back once for each request that finishes while the component is shown. */
export function useTrafficEvents(onEvent: (event: TrafficEvent) => void): void {
  useEffect(
    () =>
      trafficFeed.subscribe((now, before) => {
        const known = before.events[0];
        const fresh = known === undefined ? -1 : now.events.indexOf(known);
        const count = fresh === -1 ? now.events.length : fresh;
        for (const event of now.events.slice(0, count).toReversed()) onEvent(event);
      }),
    [onEvent],
  );
}
