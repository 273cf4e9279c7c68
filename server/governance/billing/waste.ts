import { costOf, noUsage, priceOf } from '#engine/catalogue/index.ts';
import type { UsageRow } from '../../store/usage/usage-query.ts';
import { type InUse, type RowSaving, savingOf } from './row-saving.ts';

/** From so many times the cheapest model in use on a model is dear. */
export const dearTimes = 4;
/** What models are compared by: an everyday request. */
const everyday = { ...noUsage, inputTokens: 3_000, outputTokens: 1_000 };

export interface Waste {
  readonly cheapest: string | null;
  readonly nanoUsd: number;
  readonly rows: readonly {
    readonly task: string;
    readonly model: string;
    readonly requests: number;
    readonly nanoUsd: number;
    readonly timesAsDear: number;
    readonly saving: RowSaving;
  }[];
}

/**
 * Easy requests that were answered by dear models: those whose 3,000 input and 1,000 output tokens cost at least four
 * times as much as at the cheapest model that answered anything in the window. The sum is what they cost; each row says
 * what could be saved at a model in use, and the simulator says it exactly.
 *
 * @param easy answers to easy requests by task and model
 * @param inUse what answered anything in the window
 */
export function findWaste(easy: readonly UsageRow[], inUse: InUse): Waste {
  const { models, priceBook, at } = inUse;
  const costs = new Map<string, number>();
  for (const model of models) {
    const cost = costOf(everyday, priceOf(priceBook, model), at);
    if (cost !== 'unpriced' && cost > 0) costs.set(model, cost);
  }
  const [cheapest] = [...costs].sort(([, a], [, b]) => a - b);
  if (cheapest === undefined) return { cheapest: null, nanoUsd: 0, rows: [] };
  const rows = easy
    .flatMap((row) => {
      const { values, requests, costNanoUsd } = row;
      const [task = '', model = ''] = values;
      const timesAsDear = (costs.get(model) ?? 0) / cheapest[1];
      return timesAsDear < dearTimes || costNanoUsd === 0
        ? []
        : [{ task, model, requests, nanoUsd: costNanoUsd, timesAsDear, saving: savingOf(model, row, inUse) }];
    })
    .sort((a, b) => b.nanoUsd - a.nanoUsd);
  return {
    cheapest: cheapest[0],
    nanoUsd: rows.reduce((sum, row) => sum + row.nanoUsd, 0),
    rows: rows.slice(0, 12),
  };
}
