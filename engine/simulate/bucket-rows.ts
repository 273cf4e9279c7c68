import { type Column, codedOf, type RecordColumns } from './columns.ts';
import { type Codes, codesBelow, pairUsed } from './pair-codes.ts';

/** Rows by team and UTC day. */
export interface Buckets {
  readonly buckets: Codes;
  /** Team and day of each bucket, empty where unknown. */
  readonly bucketNames: readonly { readonly team: string; readonly day: string }[];
}

export function bucketRows(columns: RecordColumns): Buckets {
  const team = codedOf(columns.column('caller.team'), columns.length);
  const day = daysOf(columns.column('time.at'), columns.length);
  const pairs = pairUsed(team.codes, team.dictionary.length, day.codes, day.names.length);
  return {
    buckets: pairs.codes,
    bucketNames: pairs.left.map((code, bucket) => ({
      team: String(team.dictionary[code] ?? ''),
      day: day.names[pairs.right[bucket] ?? 0] ?? '',
    })),
  };
}

const dayMs = 86_400_000;
const latestDay = 100_000_000;

/** UTC days in order of first appearance; code 0 is an unknown time. Rows mostly follow each other in time. */
function daysOf(
  column: Column,
  length: number,
): { readonly codes: Codes; readonly names: readonly string[] } {
  const names = [''];
  const known = new Map<number, number>();
  const codes = new Uint32Array(length);
  let lastDay = Number.NaN;
  let lastCode = 0;
  for (let row = 0; row < length; row += 1) {
    const at = column.kind === 'number' ? (column.values[row] as number) : Number.NaN;
    const day = Math.floor(at / dayMs);
    if (day !== lastDay) {
      lastDay = day;
      lastCode = Math.abs(day) <= latestDay ? codeOf(day, known, names) : 0;
    }
    codes[row] = lastCode;
  }
  const narrowed = codesBelow(names.length, length);
  narrowed.set(codes);
  return { codes: narrowed, names };
}

function codeOf(day: number, known: Map<number, number>, names: string[]): number {
  const code = known.get(day);
  if (code !== undefined) return code;
  known.set(day, names.length);
  return names.push(new Date(day * dayMs).toISOString().slice(0, 10)) - 1;
}
