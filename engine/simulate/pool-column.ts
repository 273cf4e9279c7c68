import { poolSignals } from '../nodes/index.ts';
import type { PlanNode } from '../plan/index.ts';
import type { RecordColumns } from './columns.ts';
import type { Codes } from './pair-codes.ts';
import { signalsCursor } from './signals-at.ts';

/** What a pool chooses for each row that reaches it, as codes; code 0 are the rows that do not. */
export interface PoolColumn {
  readonly codes: Uint32Array;
  /** By code, what the pool's `choose` answers; `null` for rows that do not reach it. */
  readonly choices: readonly (number | null)[];
}

/** Asks a pool row by row: the same function that a live request asks. `reaches` says by cell whether to ask. */
export function poolColumn(
  node: Extract<PlanNode, { kind: 'pool' }>,
  columns: RecordColumns,
  cells: Codes,
  reaches: Uint8Array,
): PoolColumn {
  const codes = new Uint32Array(columns.length);
  const choices: (number | null)[] = [null];
  const known = new Map<number, number>();
  const signals = signalsCursor(columns, poolSignals);
  for (let row = 0; row < codes.length; row += 1) {
    if (reaches[cells[row] as number] === 0) continue;
    const choice = node.choose(signals(row));
    let code = known.get(choice);
    if (code === undefined) {
      code = choices.push(choice) - 1;
      known.set(choice, code);
    }
    codes[row] = code;
  }
  return { codes, choices };
}
