import type { Work } from './accumulate.ts';
import { blockRows, costBlocks } from './cost-block.ts';
import { foreignTokens } from './estimate/priors.ts';
import { costRange } from './uncertain-bins.ts';

/** What every row costs on both sides, in whole nano-dollars, and how much less or more it may cost after the change. */
export interface RowCosts {
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** `null` where no cost is in doubt. */
  readonly less: Float64Array | null;
  readonly more: Float64Array | null;
}

/** Costs row by row, for whatever tells rows apart in ways of its own. The sums are those of `accumulate`. */
export function rowCosts(work: Work): RowCosts {
  const { bins, facts, table, uncertainties } = work;
  const { codes } = bins;
  const isDoubtful = uncertainties.some(({ kind }) => kind !== 'sure');
  const less = isDoubtful ? new Float64Array(codes.length) : null;
  const more = isDoubtful ? new Float64Array(codes.length) : null;
  const costBefore = costBlocks(bins, 'beforeRule', facts, table);
  const costAfter = costBlocks(bins, 'afterRule', facts, table);
  const before = costBefore.isLogged ? facts.cost : new Float64Array(codes.length);
  const after = costAfter.isLogged ? facts.cost : new Float64Array(codes.length);
  for (let from = 0; from < codes.length; from += blockRows) {
    const to = Math.min(codes.length, from + blockRows);
    if (!costBefore.isLogged) before.set(costBefore.of(from, to).subarray(0, to - from), from);
    if (!costAfter.isLogged) after.set(costAfter.of(from, to).subarray(0, to - from), from);
  }
  if (less !== null && more !== null) doubt(work, after, less, more);
  return { before, after, less, more };
}

function doubt(
  { bins, facts, table, uncertainties }: Work,
  after: Float64Array,
  less: Float64Array,
  more: Float64Array,
): void {
  const { codes } = bins;
  for (let row = 0; row < codes.length; row += 1) {
    const uncertainty = uncertainties[codes[row] as number];
    if (uncertainty === undefined || uncertainty.kind === 'sure') continue;
    const cost = after[row] as number;
    if (uncertainty.kind === 'foreign') {
      less[row] = -foreignTokens.low * uncertainty.doubt * cost;
      more[row] = foreignTokens.high * uncertainty.doubt * cost;
    } else {
      const { low, high } = costRange(uncertainty.range, table, facts, row, cost);
      less[row] = cost - low;
      more[row] = high - cost;
    }
  }
}
