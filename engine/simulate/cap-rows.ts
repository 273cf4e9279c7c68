import { type Column, codedOf, type RecordColumns } from './columns.ts';
import { codesBelow } from './pair-codes.ts';
import type { Routed, RoutedDecision } from './route.ts';

/**
 * Tells apart the rows whose logged answer is longer than the policy would let it be: they get a decision of their own,
 * with the cap. An answer under the very same policy was capped already.
 */
export function capRows(routed: Routed, columns: RecordColumns, hash: string): Routed {
  const caps = routed.decisions.map(({ decision: { attempts } }) => {
    const [first] = attempts;
    return first?.kind === 'call' ? (first.changes.parameters.max_output_tokens ?? null) : null;
  });
  if (caps.every((cap) => cap === null)) return routed;
  const twins = new Map<number, number>();
  const decisions: RoutedDecision[] = [...routed.decisions];
  for (const [index, cap] of caps.entries()) {
    const decision = routed.decisions[index];
    if (cap === null || decision === undefined) continue;
    twins.set(index, decisions.push({ ...decision, cap }) - 1);
  }
  const codes = codesBelow(decisions.length, columns.length);
  const isLonger = longerThan(columns, hash);
  const { codes: before } = routed;
  for (let row = 0; row < codes.length; row += 1) {
    const code = before[row] as number;
    const cap = caps[code] ?? null;
    const isCut = cap !== null && isLonger(row, cap);
    codes[row] = isCut ? (twins.get(code) ?? code) : code;
  }
  return { codes, decisions, looked: null };
}

/** 1 where the logged answer of a row is longer than a cap of the policy with this hash. */
export function capMask(cap: number, columns: RecordColumns, hash: string): Uint8Array {
  const isLonger = longerThan(columns, hash);
  return Uint8Array.from({ length: columns.length }, (_, row) => Number(isLonger(row, cap)));
}

function longerThan(columns: RecordColumns, hash: string): (row: number, cap: number) => boolean {
  const written = outputOf(columns);
  const hashes = codedOf(columns.column('decision.hash'), columns.length);
  const own = hashes.dictionary.indexOf(hash);
  return (row, cap) => written(row) > cap && (own < 0 || hashes.codes[row] !== own);
}

/** Tokens of the answer, reasoning included; 0 where unknown. */
function outputOf(columns: RecordColumns): (row: number) => number {
  const read = (column: Column) => (row: number) => {
    const value = column.kind === 'number' ? (column.values[row] as number) : 0;
    return Number.isNaN(value) ? 0 : value;
  };
  const output = read(columns.column('usage.output_tokens'));
  const reasoning = read(columns.column('usage.reasoning_tokens'));
  return (row) => output(row) + reasoning(row);
}
