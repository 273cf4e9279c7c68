import type { UsageColumns } from '#engine/catalogue/index.ts';
import type { NamedSignals, UsageSource } from '#engine/signals/index.ts';

/** Tokens by class as far as a foreign log tells them; `null` is unknown. The classes are disjoint. */
export interface ForeignUsage {
  readonly input: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite5m: number | null;
  readonly cacheWrite1h: number | null;
  readonly output: number | null;
  readonly reasoning: number | null;
}

/** One request of a foreign log in our words. What the log does not say is `null` or left out, never made up. */
export interface ForeignRequest {
  /** The log's own id; `null` numbers the rows. */
  readonly id: string | null;
  /** When it came, ms: since 1970, or since the log's start where its clock is relative. */
  readonly at: number | null;
  /** The model as the log names it. */
  readonly model: string | null;
  /** The provider as the log names it. */
  readonly provider: string | null;
  /** Signals beside the time. */
  readonly signals: NamedSignals;
  readonly usage: ForeignUsage;
  /** Classes beyond those six, calls of the provider's tools, tier and region: columns of a record. */
  readonly extra: Partial<UsageColumns>;
  readonly usageSource: UsageSource;
  readonly status: 'served' | 'failed';
  readonly error: string;
  /** 0 where the log does not say. */
  readonly httpStatus: number;
  /** What the log itself says it cost, nano-dollars; `null` where it does not. */
  readonly costNanoUsd: number | null;
  readonly totalMs: number | null;
  readonly firstTokenMs: number | null;
}

export const unknownUsage: ForeignUsage = Object.freeze({
  input: null,
  cacheRead: null,
  cacheWrite5m: null,
  cacheWrite1h: null,
  output: null,
  reasoning: null,
});

/** A served request of which nothing is known but what is given. */
export function foreignRequest(known: Partial<ForeignRequest>): ForeignRequest {
  return {
    id: null,
    at: null,
    model: null,
    provider: null,
    signals: {},
    usage: unknownUsage,
    extra: {},
    usageSource: 'provider',
    status: 'served',
    error: '',
    httpStatus: 0,
    costNanoUsd: null,
    totalMs: null,
    firstTokenMs: null,
    ...known,
  };
}

/** One row as it stands in a file: values of a CSV are texts. */
export type Row = Readonly<Record<string, unknown>>;

/** A foreign log's format: how its rows are read. */
export interface LogFormat {
  readonly name: string;
  /** One line for the command's help. */
  readonly summary: string;
  /** Columns that a CSV of this format must have; none where it is JSON. */
  readonly csvColumns: readonly string[];
  /** `relative` clocks count from the log's start, which `--start` places in time. */
  readonly clock: 'absolute' | 'relative';
  /** How a JSON value becomes rows, where a log packs them; a line is a row unless told. */
  readonly unpack?: (value: unknown) => readonly unknown[];
  /** Throws {@link RowProblem} for a row that cannot be read. */
  readonly read: (row: Row) => Iterable<ForeignRequest>;
  /** Reads a whole file, where a row means what rows before it make of it; `remarks` are sentences about it, at its end. */
  readonly open?: () => Pick<LogFormat, 'read'> & { readonly remarks: () => readonly string[] };
}

/** Why one row cannot be read. Thrown by formats, caught where rows are read. */
export class RowProblem extends Error {}

/** A file cannot be read as the format that was named. */
export class LogFileError extends Error {}
