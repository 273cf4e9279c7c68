import { type Bin, isTold } from './bins.ts';
import { describeChanges } from './changed-decisions.ts';
import { codedOf } from './columns.ts';
import { firstDifference } from './first-difference.ts';
import type { EvidenceClass, SimulationResult } from './result.ts';
import { type RowCosts, rowCosts } from './row-costs.ts';
import type { Replay } from './simulate.ts';

/** Which changed decisions are asked for; what is left out does not matter. */
export interface ChangeFilter {
  readonly team?: string | undefined;
  readonly task?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly evidence?: EvidenceClass | undefined;
  readonly differs_at?: string | undefined;
}

/** The changed decisions of a what-if, the largest change of cost first; those without a cost on a side come last. */
export interface ChangeList {
  readonly rows: Uint32Array;
  readonly describe: (from: number, to: number) => SimulationResult['changes'];
}

/** All changed decisions that pass a filter, in the order of `SimulationResult.changes`. Rows are spelled out when asked for. */
export function listChanges(
  replay: Replay,
  filter: ChangeFilter,
  costs: RowCosts = rowCosts(replay),
): ChangeList {
  const { whatIf, facts, bins, table } = replay;
  const rows = inOrder(filteredRows(replay, filter), replay, costs);
  return {
    rows,
    describe: (from, to) => describeChanges([...rows.subarray(from, to)], whatIf.columns, facts, bins, table),
  };
}

function filteredRows({ whatIf: { columns }, bins }: Replay, filter: ChangeFilter): Uint32Array {
  const wanted = Uint8Array.from(bins.bins, (bin) => Number(bin.changed && passes(bin, filter)));
  const team = codesOf(filter.team, codedOf(columns.column('caller.team'), columns.length));
  const task = codesOf(filter.task, codedOf(columns.column('task.label'), columns.length));
  const rows = new Uint32Array(columns.length);
  let count = 0;
  for (let row = 0; row < rows.length; row += 1) {
    if (wanted[bins.codes[row] as number] === 0 || !team(row) || !task(row)) continue;
    rows[count] = row;
    count += 1;
  }
  return rows.slice(0, count);
}

function passes(bin: Bin, { from, to, evidence, differs_at }: ChangeFilter): boolean {
  return (
    (from === undefined || bin.before.target === from) &&
    (to === undefined || bin.after.target === to) &&
    (evidence === undefined || bin.afterRule.evidence === evidence) &&
    (differs_at === undefined || firstDifference(bin).node === differs_at)
  );
}

/** `""` asks for rows where it is unknown, or empty. */
function codesOf(
  wanted: string | undefined,
  { codes, dictionary }: ReturnType<typeof codedOf>,
): (row: number) => boolean {
  if (wanted === undefined) return () => true;
  const fits = Uint8Array.from(dictionary, (value) => Number((value ?? '') === wanted));
  return (row) => fits[codes[row] as number] === 1;
}

function inOrder(rows: Uint32Array, { bins }: Replay, { before, after }: RowCosts): Uint32Array {
  const told = Uint8Array.from(bins.bins, (bin) => Number(isTold(bin)));
  const sizes = Float64Array.from(rows, (row) =>
    told[bins.codes[row] as number] === 1 ? Math.abs((after[row] as number) - (before[row] as number)) : -1,
  );
  const order = Uint32Array.from(rows, (_, at) => at);
  order.sort((left, right) => (sizes[right] as number) - (sizes[left] as number) || left - right);
  return order.map((at) => rows[at] as number);
}
