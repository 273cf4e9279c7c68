import type { SimulationResult } from '#engine/simulate/result.ts';

type Changed = SimulationResult['changes'][number];

const names = [
  'id',
  'at',
  'team',
  'task',
  'path_before',
  'path_after',
  'target_before',
  'target_after',
  'cost_before',
  'cost_after',
  'evidence',
  'differs_at',
] as const satisfies readonly (keyof Changed)[];

/** Changed decisions as a CSV file; costs in nano-dollars. */
export function changesCsv(changes: readonly Changed[]): string {
  const lines = changes.map((change) => names.map((name) => cell(change[name])).join(','));
  return `${[names.join(','), ...lines].join('\r\n')}\r\n`;
}

/** Texts that a spreadsheet would take for a formula are kept texts. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
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
