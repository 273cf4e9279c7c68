import type { SimulationResult } from '#engine/simulate/result.ts';
import { csvLine } from '../../contract/csv.ts';
import type { ChangePage } from './simulation-worker.ts';

type Change = SimulationResult['changes'][number];

const fields = [
  'id',
  'at',
  'team',
  'task',
  'path_before',
  'path_after',
  'differs_at',
  'target_before',
  'target_after',
  'cost_before_nano_usd',
  'cost_after_nano_usd',
  'evidence',
] as const;

const pageRows = 2_000;

/** Changed decisions as CSV, page after page, with a line of names first. */
export async function* changesAsCsv(
  page: (from: number, to: number) => Promise<ChangePage>,
): AsyncGenerator<string> {
  yield csvLine(fields);
  for (let from = 0; ; from += pageRows) {
    const { total, changes } = await page(from, from + pageRows);
    if (changes.length > 0) yield changes.map((change) => csvLine(cellsOf(change))).join('');
    if (from + pageRows >= total) return;
  }
}

function cellsOf(change: Change): readonly (string | number | null)[] {
  const at = change.at === null ? null : new Date(change.at).toISOString();
  return [
    change.id,
    at,
    change.team,
    change.task,
    change.path_before,
    change.path_after,
    change.differs_at,
    change.target_before,
    change.target_after,
    change.cost_before,
    change.cost_after,
    change.evidence,
  ];
}
