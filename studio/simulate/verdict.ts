import type { SimulationResult } from '#engine/simulate/result.ts';
import { formatCount, formatMoney, formatMoneyChange, formatShare } from '../look/format.ts';

/** As much of a what-if as its verdict in a few words takes. */
export type Totals = Pick<SimulationResult, 'records' | 'changed' | 'cost_nano_usd'>;

/** Half the width of the interval of the cost after the change, in nano-dollars. */
export function marginOf({ cost_nano_usd: { low, high } }: SimulationResult): number {
  return Math.max(0, Math.round((high - low) / 2));
}

/** A what-if in one sentence: what it saves or costs and how surely, how much moves, what cannot be told. */
export function verdictOf(result: SimulationResult, window: string): string {
  if (result.records === 0) return `There is no traffic in ${window} to replay.`;
  const parts = [costSentence(result, window), movedSentence(result)];
  const { unknown } = result.evidence;
  if (unknown > 0) parts.push(`${formatShare(unknown / result.records)} cannot be estimated`);
  return `${parts.join('; ')}.`;
}

/** The interval holds the cost before the change, so its sign is not known. */
function isUndecided({ cost_nano_usd: { before, after, low, high } }: Totals): boolean {
  return after !== before && low < before && before < high;
}

function costSentence(result: SimulationResult, window: string): string {
  const { before, after } = result.cost_nano_usd;
  const change = after - before;
  const margin = marginOf(result);
  if (change === 0 && margin === 0) return `Costs the same over ${window}`;
  if (isUndecided(result)) {
    const { low, high } = result.cost_nano_usd;
    return `May save or cost: between ${formatMoneyChange(low - before)} and ${formatMoneyChange(high - before)} over ${window}`;
  }
  const within = margin === 0 ? '' : ` ± ${formatMoney(margin)}`;
  return `${change <= 0 ? 'Saves' : 'Costs'} ${formatMoney(Math.abs(change))}${within}${change <= 0 ? '' : ' more'} over ${window}`;
}

function movedSentence({ changed, records }: SimulationResult): string {
  if (changed === 0) return 'no request is decided differently';
  return `${formatShare(changed / records)} of requests (${formatCount(changed)}) are decided differently`;
}

/** The same in a few words, for narrow places: `$812 → $640 (−21 %)`. */
export interface ShortVerdict {
  readonly before: string;
  readonly after: string;
  readonly changeText: string;
  readonly tone: 'good' | 'bad' | 'neutral';
  readonly moved: string;
}

export function shortVerdictOf(result: Totals): ShortVerdict {
  const { before, after } = result.cost_nano_usd;
  const change = before === 0 ? 0 : (after - before) / before;
  return {
    before: formatMoney(before),
    after: formatMoney(after),
    changeText: `${change === 0 ? '±0\u00a0%' : `${change > 0 ? '+' : ''}${formatShare(change)}`}${isUndecided(result) ? ', uncertain' : ''}`,
    tone: Math.abs(change) < 0.0005 || isUndecided(result) ? 'neutral' : change < 0 ? 'good' : 'bad',
    moved:
      result.changed === 0
        ? 'no request takes another way'
        : `${formatShare(result.records === 0 ? 0 : result.changed / result.records)} of requests take another way`,
  };
}
