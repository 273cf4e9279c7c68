import type { RequestRecord } from '#engine/signals/index.ts';
import type { RecordColumns } from '#engine/simulate/columns.ts';

export interface RecordQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly policy?: string | undefined;
  readonly status?: string | undefined;
  readonly team?: string | undefined;
  readonly target?: string | undefined;
  readonly search?: string | undefined;
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
  summary(window: Window): Promise<RecordSummary>;
  /** The window as typed columns, in order of time, for the simulator. */
  columns(window: Window): Promise<RecordColumns>;
  close(): Promise<void>;
}
