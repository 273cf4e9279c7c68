import type { SimulationResult } from '#engine/simulate/result.ts';
import { csvLine } from '#server/contract/csv.ts';

type Changed = SimulationResult['changes'][number];

const names = [
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

/** Changed decisions as a CSV file, its columns those of `/api/simulations/:id/changes.csv`. */
export function changesCsv(changes: readonly Changed[]): string {
  return [names, ...changes.map(cellsOf)].map(csvLine).join('');
}

function cellsOf(change: Changed): readonly (string | number | null)[] {
  return [
    change.id,
    change.at === null ? null : new Date(change.at).toISOString(),
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

/** Every word stands in its node, targets, paths, team, task or evidence. */
export function isMeant(change: Changed, filter: string): boolean {
  const { differs_at, target_before, target_after, path_before, path_after, team, task, evidence } = change;
  const text = [differs_at, target_before, target_after, path_before, path_after, team, task, evidence]
    .join(' ')
    .toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
