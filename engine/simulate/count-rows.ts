import type { Bin } from './bins.ts';
import type { SimulationResult } from './result.ts';

export type CountedRows = Pick<SimulationResult, 'changed' | 'evidence' | 'without_cost' | 'refused'>;

/** How many rows are changed, refused, without a cost, and of which evidence. `rows` counts them by bin. */
export function countRows(bins: readonly Bin[], rows: Float64Array): CountedRows {
  const counts = {
    changed: 0,
    evidence: { observed: 0, repriced: 0, modelled: 0, unknown: 0 },
    without_cost: { before: 0, after: 0 },
    refused: { before: 0, after: 0 },
  };
  for (const [index, bin] of bins.entries()) {
    const count = rows[index] ?? 0;
    counts.evidence[bin.afterRule.evidence] += count;
    if (bin.changed) counts.changed += count;
    if (bin.beforeRule.source === 'untold') counts.without_cost.before += count;
    if (bin.afterRule.source === 'untold') counts.without_cost.after += count;
    if (bin.before.refused) counts.refused.before += count;
    if (bin.after.refused) counts.refused.after += count;
  }
  return counts;
}
