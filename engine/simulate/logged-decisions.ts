import type { SignalValue } from '../signals/index.ts';
import { type Column, codedOf, type RecordColumns } from './columns.ts';
import { type Codes, pairUsed } from './pair-codes.ts';
import { plainUsage, type SpecialRows, type SpecialUsage } from './special-usage.ts';

/** What the log says about the rows of one group: the recorded decision, and which numbers they have. */
export interface LoggedDecision {
  /** The path as text; empty when the log has none. */
  readonly path: string;
  readonly hasPath: boolean;
  readonly targets: readonly string[];
  /** The first target; the one that answered where the log holds no decision; empty when there is none. */
  readonly target: string;
  /** The first target is also the one that answered. */
  readonly direct: boolean;
  readonly refused: boolean;
  readonly served: boolean;
  readonly failed: boolean;
  readonly hasCost: boolean;
  readonly hasUsage: boolean;
  readonly hasLatency: boolean;
  /** What a price needs beyond the six usual classes. */
  readonly special: SpecialUsage;
}

export interface LoggedDecisions {
  readonly codes: Codes;
  readonly decisions: readonly LoggedDecision[];
}

const flag = { served: 1, refused: 2, cost: 4, usage: 8, latency: 16, failed: 32 } as const;
const flagged = 64;

/** Groups the rows of a log by their recorded decision and by what is known about them. */
export function logDecisions(columns: RecordColumns, special: SpecialRows): LoggedDecisions {
  const path = codedOf(columns.column('decision.path'), columns.length);
  const targets = codedOf(columns.column('decision.targets'), columns.length);
  const answered = codedOf(columns.column('outcome.target'), columns.length);
  const decided = pairUsed(path.codes, path.dictionary.length, targets.codes, targets.dictionary.length);
  const flags = pairUsed(flagsOf(columns), flagged, special.codes, special.kinds.length);
  const ended = pairUsed(answered.codes, answered.dictionary.length, flags.codes, flags.left.length);
  const pairs = pairUsed(decided.codes, decided.left.length, ended.codes, ended.left.length);
  return {
    codes: pairs.codes,
    decisions: pairs.left.map((decision, index) => {
      const ending = pairs.right[index] ?? 0;
      return describe(
        path.dictionary[decided.left[decision] ?? 0] ?? null,
        targets.dictionary[decided.right[decision] ?? 0] ?? null,
        answered.dictionary[ended.left[ending] ?? 0] ?? null,
        flags.left[ended.right[ending] ?? 0] ?? 0,
        special.kinds[flags.right[ended.right[ending] ?? 0] ?? 0] ?? plainUsage,
      );
    }),
  };
}

function describe(
  path: SignalValue | null,
  targets: SignalValue | null,
  answered: SignalValue | null,
  flags: number,
  special: SpecialUsage,
): LoggedDecision {
  const answeredBy = typeof answered === 'string' ? answered : '';
  const listed = Array.isArray(targets) && targets.length > 0 ? targets.map(String) : [];
  const hasPath = typeof path === 'string' && path !== '';
  const refused = (flags & flag.refused) !== 0;
  const tried = listed.length > 0 || refused || hasPath ? listed : [answeredBy].filter((id) => id !== '');
  const target = tried[0] ?? '';
  return {
    path: hasPath ? path : '',
    hasPath,
    targets: tried,
    target,
    direct: target === answeredBy,
    refused,
    served: (flags & flag.served) !== 0,
    failed: (flags & flag.failed) !== 0,
    hasCost: (flags & flag.cost) !== 0,
    hasUsage: (flags & flag.usage) !== 0,
    hasLatency: (flags & flag.latency) !== 0,
    special,
  };
}

/** Usage is known when its input and output are and the log does not say that nothing was called. */
function flagsOf(columns: RecordColumns): Uint8Array {
  const flags = new Uint8Array(columns.length);
  markByText(flags, columns.column('outcome.status'), 'served', flag.served);
  markByText(flags, columns.column('outcome.status'), 'refused', flag.refused);
  markByText(flags, columns.column('outcome.status'), 'failed', flag.failed);
  const input = columns.column('usage.input_tokens');
  const output = columns.column('usage.output_tokens');
  const called = new Uint8Array(columns.length);
  markByText(called, columns.column('usage.source'), 'none', 1);
  for (let row = 0; row < flags.length; row += 1) {
    if (called[row] === 0 && isKnown(input, row) && isKnown(output, row))
      flags[row] = (flags[row] as number) | flag.usage;
  }
  markKnown(flags, columns.column('cost.nano_usd'), flag.cost);
  markKnown(flags, columns.column('latency.total_ms'), flag.latency);
  return flags;
}

function isKnown(column: Column, row: number): boolean {
  return column.kind === 'number' && !Number.isNaN(column.values[row] ?? Number.NaN);
}

function markKnown(flags: Uint8Array, column: Column, mark: number): void {
  if (column.kind !== 'number') return;
  for (let row = 0; row < flags.length; row += 1) {
    if (!Number.isNaN(column.values[row] as number)) flags[row] = (flags[row] as number) | mark;
  }
}

function markByText(flags: Uint8Array, column: Column, text: string, mark: number): void {
  if (column.kind !== 'coded') return;
  const marks = Uint8Array.from(column.dictionary, (value) => (value === text ? mark : 0));
  for (let row = 0; row < flags.length; row += 1) {
    flags[row] = (flags[row] as number) | (marks[column.codes[row] as number] as number);
  }
}
