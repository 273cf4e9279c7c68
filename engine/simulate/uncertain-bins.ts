import type { Plan } from '../plan/index.ts';
import { addedCost } from './adjust-costs.ts';
import { type Bin, targetsIn } from './bins.ts';
import type { Addition } from './cost-rule.ts';
import type { Carried, TokenFactors } from './estimate/estimator.ts';
import { foreignTokens } from './estimate/priors.ts';
import type { RecordFacts } from './prepare-records.ts';
import { type PriceTable, priceRow } from './price-table.ts';

/** What a row of an undetermined decision might cost instead. */
export interface OpenRange {
  readonly lines: readonly {
    readonly line: number;
    readonly factors: TokenFactors | null;
    readonly low: number;
    readonly high: number;
  }[];
  /** The plan can refuse, so the row might cost nothing. */
  readonly mayRefuse: boolean;
  /** Calls that may or may not follow; the cost holds them by their weights. */
  readonly also: readonly Addition[];
}

/**
 * How sure the cost of a bin's rows is after the change: `sure`, `foreign` (tokens of another vendor, so a relative
 * range), or any target the plan can reach, since what the decision hinged on is unknown. A row that is decided as
 * before adds no uncertainty: whatever its cost is, it is the same on both sides.
 */
export type Uncertainty =
  | { readonly kind: 'sure' }
  /** `doubt`: as a multiple of the doubt about a target that nothing is known of. */
  | { readonly kind: 'foreign'; readonly doubt: number }
  | { readonly kind: 'open'; readonly range: OpenRange };

type Carry = (from: string, to: string) => Carried;

export function uncertaintyOf(bin: Bin, plan: Plan, table: PriceTable, carry: Carry): Uncertainty {
  const { afterRule, logged } = bin;
  if (!bin.changed || afterRule.source === 'untold') return { kind: 'sure' };
  if (afterRule.evidence === 'unknown' && logged.hasUsage)
    return {
      kind: 'open',
      range: bin.after.undetermined ? rangeOver(bin, plan, table, carry) : escalation(bin),
    };
  return afterRule.doubt > 0 && bin.before.target !== bin.after.target
    ? { kind: 'foreign', doubt: afterRule.doubt }
    : { kind: 'sure' };
}

/** Where only acceptance is unknown: from never to always asked further. */
function escalation({ afterRule: { also } }: Bin): OpenRange {
  return { lines: [], mayRefuse: false, also };
}

function rangeOver(bin: Bin, plan: Plan, table: PriceTable, carry: Carry): OpenRange {
  const lines = targetsIn(plan).flatMap((target) => {
    const line = table.lineOf(target, bin.logged.special, target === bin.logged.target);
    if (line === undefined) return [];
    const { factors, doubt } = carry(bin.logged.target, target);
    const [low, high] = [1 + foreignTokens.low * doubt, 1 + foreignTokens.high * doubt];
    return [{ line, factors, low: Math.max(0, low), high }];
  });
  return { lines, mayRefuse: plan.nodes.some((node) => node.kind === 'refuse'), also: bin.afterRule.also };
}

/** The cheapest and the dearest a row of an undetermined decision might be, in nano-dollars. */
export function costRange(
  range: OpenRange,
  table: PriceTable,
  facts: RecordFacts,
  row: number,
  cost: number,
): { readonly low: number; readonly high: number } {
  let low = range.mayRefuse ? 0 : cost;
  let high = cost;
  for (const choice of range.lines) {
    const there = priceRow(table, choice.line, facts, row, choice.factors);
    low = Math.min(low, there * choice.low);
    high = Math.max(high, there * choice.high);
  }
  for (const one of range.also) {
    const there = addedCost(one, table, facts, row);
    low -= one.judges ? 0 : one.weight * there;
    high += one.judges ? 0 : (1 - one.weight) * there;
  }
  return { low: Math.max(0, low), high };
}
