import { createStore, type StoreApi } from 'zustand/vanilla';
import { numberOf, type RecordRow, textOf } from '../client/record-row.ts';

export interface LogPage {
  readonly records: readonly RecordRow[];
  readonly next: string | null;
}
export type FetchPage = (
  ask: { readonly cursor: string | null; readonly limit: number },
  signal: AbortSignal,
) => Promise<LogPage>;

export interface LogState {
  /** `failed`: nothing could be read at all. */
  readonly kind: 'loading' | 'ready' | 'failed';
  /** Newest first. */
  readonly rows: readonly RecordRow[];
  /** Where older ones go on; `null`: these are all. */
  readonly next: string | null;
  readonly isReadingOlder: boolean;
  readonly error: unknown;
  readonly paused: boolean;
  /** What came while it was paused, newest first. */
  readonly arrived: readonly RecordRow[];
}

/** The log under one filter: read page by page towards the past, and kept up with as requests come. */
export interface LogStore {
  readonly store: StoreApi<LogState>;
  /** Reads the newest; again after a failure. */
  readonly load: () => Promise<void>;
  readonly loadOlder: () => Promise<void>;
  /** Reads what came since. While paused it is held back and counted. */
  readonly refresh: () => Promise<void>;
  readonly pause: () => void;
  /** Lets in what was held back. */
  readonly resume: () => void;
  /** Lets go of what is being asked; `load` opens it again. */
  readonly close: () => void;
}

const pageSize = 500;
const freshSize = 200;
/** So many pages of fresh requests are read at most before the log begins anew. */
const mostFresh = 10;

export function createLogStore(fetchPage: FetchPage): LogStore {
  let stop = new AbortController();
  let refreshing: Promise<void> | null = null;
  const store = createStore<LogState>(() => ({
    kind: 'loading',
    rows: [],
    next: null,
    isReadingOlder: false,
    error: null,
    paused: false,
    arrived: [],
  }));
  const { getState, setState } = store;
  const read = (cursor: string | null, limit: number) => fetchPage({ cursor, limit }, stop.signal);

  async function load(): Promise<void> {
    if (stop.signal.aborted) stop = new AbortController();
    const { signal } = stop;
    setState({ kind: 'loading', error: null });
    try {
      const { records, next } = await read(null, pageSize);
      setState({ kind: 'ready', rows: records, next, arrived: [] });
    } catch (error) {
      if (!signal.aborted) setState({ kind: 'failed', error });
    }
  }

  async function loadOlder(): Promise<void> {
    const { next, isReadingOlder, kind } = getState();
    if (next === null || isReadingOlder || kind !== 'ready') return;
    const { signal } = stop;
    setState({ isReadingOlder: true, error: null });
    try {
      const page = await read(next, pageSize);
      setState(({ rows }) => ({ rows: [...rows, ...page.records], next: page.next, isReadingOlder: false }));
    } catch (error) {
      setState({ isReadingOlder: false, error: signal.aborted ? null : error });
    }
  }

  async function readFresh(): Promise<void> {
    const { rows, arrived, kind } = getState();
    if (kind !== 'ready') return;
    const known = new Set([...arrived, ...rows.slice(0, freshSize * mostFresh)].map(idOf));
    const fresh: RecordRow[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < mostFresh; page += 1) {
      const { records, next }: LogPage = await read(cursor, freshSize);
      fresh.push(...records.filter((row) => !known.has(idOf(row))));
      if (next === null || records.some((row) => known.has(idOf(row)))) return take(fresh);
      cursor = next;
    }
    // More came than can be caught up with: the log begins anew, at what is newest now.
    setState({ rows: fresh, next: cursor, arrived: [] });
  }

  function take(fresh: readonly RecordRow[]): void {
    if (fresh.length === 0) return;
    setState(({ paused, arrived, rows }) =>
      paused ? { arrived: merge(fresh, arrived) } : { rows: merge(fresh, rows) },
    );
  }

  function refresh(): Promise<void> {
    refreshing ??= readFresh()
      // The next event asks again; what is shown stays.
      .catch(() => undefined)
      .finally(() => {
        refreshing = null;
      });
    return refreshing;
  }

  return {
    store,
    load,
    loadOlder,
    refresh,
    pause: () => setState({ paused: true }),
    resume: () =>
      setState(({ rows, arrived }) => ({ paused: false, rows: merge(arrived, rows), arrived: [] })),
    close: () => stop.abort(),
  };
}

function idOf(row: RecordRow): string {
  return textOf(row, 'id');
}

/** A request that took long came before others that are there already: rows stand by when they came. */
function merge(fresh: readonly RecordRow[], rows: readonly RecordRow[]): readonly RecordRow[] {
  if (fresh.length === 0) return rows;
  const sorted = [...fresh].sort(newestFirst);
  const last = sorted.at(-1);
  const after = last === undefined ? 0 : rows.findIndex((row) => newestFirst(last, row) < 0);
  const split = after === -1 ? rows.length : after;
  return [...[...sorted, ...rows.slice(0, split)].sort(newestFirst), ...rows.slice(split)];
}

function newestFirst(left: RecordRow, right: RecordRow): number {
  const later = (numberOf(right, 'time.at') ?? 0) - (numberOf(left, 'time.at') ?? 0);
  return later !== 0 ? later : idOf(left) < idOf(right) ? 1 : -1;
}
