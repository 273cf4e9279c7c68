import { costOf } from '../catalogue/index.ts';
import type { Addition, CostRule } from './cost-rule.ts';
import { scaledUsage } from './estimate/scale-usage.ts';
import type { RecordFacts } from './prepare-records.ts';
import { classes, nanoFromPico, type PriceTable, priceRow, tierOf } from './price-table.ts';
import { carriedOver } from './special-usage.ts';

/** Words of a judge's answer, in tokens. */
export const judgement = 100;

/** What a row costs whose answer is cut short or may be asked for again: nano-dollars. */
export function adjustedCost(
  rule: CostRule,
  cost: number,
  table: PriceTable,
  facts: RecordFacts,
  row: number,
): number {
  const first = rule.cap === null ? cost : cappedCost(rule, rule.cap, table, facts, row);
  return rule.also.reduce(
    (sum, one) => sum + Math.round(one.weight * addedCost(one, table, facts, row)),
    first,
  );
}

/** What a further call would cost: the same tokens at its target, or a judge's reading of request and answer. */
export function addedCost(
  { line, judges, factors }: Addition,
  table: PriceTable,
  facts: RecordFacts,
  row: number,
): number {
  if (!judges) return priceRow(table, line, facts, row, factors);
  const { outputTokens = 0, reasoningTokens = 0 } = facts.usageAt(row);
  const input = (facts.totalInput()[row] ?? 0) + outputTokens + reasoningTokens;
  const tier = classes * tierOf(table, line, input);
  return nanoFromPico(input * (table.rates[tier] ?? 0) + judgement * (table.rates[tier + 4] ?? 0));
}

/** The logged usage with its answer cut to the cap: reasoning comes first, so the text is cut first. */
function cappedCost(
  { line, factors }: CostRule,
  cap: number,
  table: PriceTable,
  facts: RecordFacts,
  row: number,
): number {
  const price = table.prices[line];
  if (price === undefined) return 0;
  const usage = scaledUsage(facts.usageAt(row), factors, facts.tasks.codes[row] ?? 0);
  const reasoningTokens = Math.min(usage.reasoningTokens ?? 0, cap);
  const outputTokens = Math.min(usage.outputTokens ?? 0, cap - reasoningTokens);
  const cut = carriedOver({ ...usage, reasoningTokens, outputTokens }, price);
  const cost = costOf(cut, price, facts.timeAt(row));
  return cost === 'unpriced' ? 0 : cost;
}
