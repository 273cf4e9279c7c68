import type { RequestRecord } from '#engine/signals/index.ts';
import type { RecordColumns } from '#engine/simulate/columns.ts';
import type { HeldRecords } from './erasure.ts';
import type { Rollup } from './usage/rollup.ts';
import type { UsageQuery, UsageRow } from './usage/usage-query.ts';

export interface RecordQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly policy?: string | undefined;
  readonly status?: string | undefined;
  readonly team?: string | undefined;
  readonly target?: string | undefined;
  readonly search?: string | undefined;
  /** ms since 1970; `from` inclusive, `to` exclusive. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly project?: string | undefined;
  readonly key?: string | undefined;
  readonly user?: string | undefined;
  readonly tag?: string | undefined;
  readonly task?: string | undefined;
  readonly version?: number | undefined;
  /** A target that was called, whether it answered or not. */
  readonly model?: string | undefined;
  /** A provider that was called, whether it answered or not. */
  readonly provider?: string | undefined;
  /** An error class or the code of a refusal. */
  readonly error?: string | undefined;
  readonly session?: string | undefined;
  /** Nano-dollars; what is unknown is left out. */
  readonly minCost?: number | undefined;
  /** ms in total; what is unknown is left out. */
  readonly minLatency?: number | undefined;
  /** Teams whose requests may be seen; left out: everybody's. */
  readonly teams?: readonly string[] | undefined;
}

export interface RecordPage {
  readonly records: readonly RequestRecord[];
  readonly next: string | null;
}

/** A window of the log, ms since 1970; `from` inclusive, `to` exclusive. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Which requests are summed up. */
export interface SummaryQuery extends Window {
  /** Teams whose requests may be seen; left out: everybody's. */
  readonly teams?: readonly string[] | undefined;
}

export interface NamedTotal {
  readonly name: string;
  readonly requests: number;
  readonly costNanoUsd: number;
}

export interface RecordSummary {
  readonly sandbox: boolean;
  readonly total: {
    readonly requests: number;
    readonly costNanoUsd: number;
    readonly withoutCost: number;
    readonly failed: number;
    readonly refused: number;
    readonly latencyP50Ms: number | null;
    readonly latencyP95Ms: number | null;
  };
  readonly byDay: readonly {
    readonly day: string;
    readonly requests: number;
    readonly costNanoUsd: number;
  }[];
  readonly byTarget: readonly NamedTotal[];
  readonly byTeam: readonly NamedTotal[];
  readonly byTask: readonly NamedTotal[];
}

/** Whose spend is asked for, cut into slices of time. */
export interface SpendQuery {
  /** By caller: what requests cost. By target: what their attempts there cost. */
  readonly by: 'caller' | 'target';
  /** Requests that came at or after this time, ms since 1970; `null`: all. */
  readonly from: number | null;
  /** Requests that came before this time; left out: all. */
  readonly to?: number;
  /** Slices are so long and begin at whole multiples of it since 1970; `null`: all in one. */
  readonly sliceMs: number | null;
  /** Ids of requests that are left out. */
  readonly excluding: readonly string[];
}

/** What was spent in one slice. Fields that were not asked for are empty. */
export interface SpendRow {
  readonly team: string;
  readonly project: string;
  readonly key: string;
  readonly tags: readonly string[];
  readonly target: string;
  /** When the slice began, ms since 1970; `null` where all is in one. */
  readonly slice: number | null;
  readonly costNanoUsd: number;
}

/** The request log. Appending never waits; reading sees everything that was flushed. */
export interface RecordLog {
  /** Takes a record; it is on disk within a second, and after `flush` at once. */
  append(record: RequestRecord): void;
  /** Brings everything appended so far to where it can be read. */
  flush(): Promise<void>;
  count(): Promise<number>;
  /** Newest first. */
  page(query: RecordQuery): Promise<RecordPage>;
  find(id: string): Promise<RequestRecord | undefined>;
  summary(query: SummaryQuery): Promise<RecordSummary>;
  /**
   * What was spent, in no order, without rows of 0. Of a request whose cost is unknown what is known of its attempts
   * counts. The generated sample is nobody's spend.
   */
  spend(query: SpendQuery): Promise<readonly SpendRow[]>;
  /** What was spent, cut as asked for, in no order, without rows of nothing. */
  usage(query: UsageQuery): Promise<readonly UsageRow[]>;
  /** What is held of a key. */
  held(key: string): Promise<HeldRecords>;
  /** Takes out of a key's records who and what they were about; what they cost stays. Answers how many there are. */
  forget(key: string): Promise<number>;
  /**
   * Empties records that came before a time, ms since 1970, of everything but what was spent: budgets and bills stay as
   * they were. With `zero` only those of callers with zero retention. Answers how many were emptied.
   */
  strip(before: number, whose?: 'all' | 'zero'): Promise<number>;
  /**
   * Removes the records of whole UTC days before a time, ms since 1970. What they spent stays in sums of a quarter of an
   * hour, without users: `spend` and `usage` answer as before wherever the window, slices and zone keep to quarters.
   * Only one of many processes does it at a time. Answers how many records it removed.
   */
  retire(before: number): Promise<number>;
  /** The sums that removed records of a window left, in no order. */
  rollups(window: Window): Promise<readonly Rollup[]>;
  /** The window as typed columns, in order of time, for the simulator. */
  columns(window: Window): Promise<RecordColumns>;
  close(): Promise<void>;
}
