import { adjustedCost } from './adjust-costs.ts';
import type { Bins } from './bins.ts';
import type { CostRule } from './cost-rule.ts';
import { type CacheShift, firstFrom } from './estimate/cache/cache-shift.ts';
import type { TokenFactors } from './estimate/estimator.ts';
import type { Codes } from './pair-codes.ts';
import { inputClasses, type RecordFacts, type TokenTable } from './prepare-records.ts';
import { classes, nanoFromPico, type PriceTable, priceRow } from './price-table.ts';

/** Rows are taken in blocks whose costs stay in the nearest cache from one pass to the next. */
export const blockRows = 2_048;

/** What rows cost on one side, in whole nano-dollars; 0 where it cannot be told. */
export interface Costs {
  /** The costs of a block. The array handed out may be written again for the next. */
  readonly of: (from: number, to: number) => Float64Array;
  /** Every row costs what was logged. */
  readonly isLogged: boolean;
}

/** Cost rules by bin → costs by row, for one side. */
export function costBlocks(
  { codes, bins, shifts }: Bins,
  side: 'beforeRule' | 'afterRule',
  facts: RecordFacts,
  table: PriceTable,
): Costs {
  const shift = shifts?.[side] ?? null;
  const isLogged = bins.every(
    (bin) =>
      !isAdjusted(bin[side]) &&
      (bin[side].source === 'logged' || (bin[side].line === 0 && !bin.logged.hasCost)),
  );
  if (isLogged && shift === null) return { isLogged: true, of: (from, to) => facts.cost.subarray(from, to) };
  const lines = bins.map((bin) => bin[side].line);
  const factors = bins.map((bin) => bin[side].factors);
  const logged = Float64Array.from(bins, (bin) => (bin[side].source === 'logged' ? 1 : 0));
  const anyLogged = logged.includes(1);
  const isScaled = factors.some((one) => one !== null);
  const rates = isScaled ? ratesByTask(table, lines, factors, facts) : ratesByBin(table, lines, facts.tokens);
  const tiers = firstTiers(table, lines, factors, facts);
  const adjusted = bins.map((bin) => bin[side]).map((rule) => (isAdjusted(rule) ? rule : null));
  const anyAdjusted = adjusted.some((rule) => rule !== null);
  const priceBlock = facts.tokens.width === 3 ? priceThree : priceSix;
  const out = new Float64Array(blockRows);
  const of = (from: number, to: number) => {
    if (isScaled) priceByTask(facts, rates, codes, from, to, out);
    else priceBlock(facts.tokens.values, rates, codes, from, to, out);
    if (tiers !== undefined) applyTiers(table, lines, factors, tiers, codes, facts, from, to, out);
    if (anyLogged) addLogged(logged, facts.cost, codes, from, to, out);
    if (shift !== null) addShift(shift, from, to, out);
    if (anyAdjusted) adjust(adjusted, table, codes, facts, from, to, out);
    return out;
  };
  return { isLogged: false, of };
}

/** The rates of each bin, in the order of a row's tokens. */
function ratesByBin(
  table: PriceTable,
  lines: readonly number[],
  { width, places }: TokenTable,
): Float64Array {
  const rates = new Float64Array(width * lines.length);
  for (const [bin, line] of lines.entries())
    for (const [at, place] of places.entries())
      rates[width * bin + at] = table.rates[classes * line + place] ?? 0;
  return rates;
}

type Factors = readonly (TokenFactors | null)[];

/** The rates of each bin and task, times what becomes of the tokens there. */
function ratesByTask(
  table: PriceTable,
  lines: readonly number[],
  factors: Factors,
  { tokens: { width, places }, tasks }: RecordFacts,
): Float64Array {
  const count = tasks.names.length;
  const rates = new Float64Array(width * lines.length * count);
  for (const [bin, line] of lines.entries())
    for (let task = 0; task < count; task += 1)
      for (const [at, place] of places.entries()) {
        const scale = factors[bin]?.[place < inputClasses ? 'input' : 'output'] ?? 1;
        const factor = typeof scale === 'number' ? scale : (scale[task] ?? 1);
        rates[width * (bin * count + task) + at] = (table.rates[classes * line + place] ?? 0) * factor;
      }
  return rates;
}

/** Costs at the base price where tokens differ by task, rounded to nano-dollars. */
function priceByTask(
  { tokens: { values, width }, tasks: { codes: tasks, names } }: RecordFacts,
  rates: Float64Array,
  codes: Codes,
  from: number,
  to: number,
  out: Float64Array,
): void {
  const count = names.length;
  for (let row = from, at = 0; row < to; row += 1, at += 1) {
    const rate = width * ((codes[row] as number) * count + (tasks[row] as number));
    let pico = 0;
    for (let place = 0; place < width; place += 1)
      pico += (values[width * row + place] as number) * (rates[rate + place] as number);
    out[at] = nanoFromPico(pico);
  }
}

/** Costs at the base price, rounded to nano-dollars. */
function priceThree(
  tokens: TokenTable['values'],
  rates: Float64Array,
  codes: Codes,
  from: number,
  to: number,
  out: Float64Array,
): void {
  for (let row = from, at = 0; row < to; row += 1, at += 1) {
    const first = 3 * row;
    const rate = 3 * (codes[row] as number);
    const pico =
      (tokens[first] as number) * (rates[rate] as number) +
      (tokens[first + 1] as number) * (rates[rate + 1] as number) +
      (tokens[first + 2] as number) * (rates[rate + 2] as number);
    out[at] = nanoFromPico(pico);
  }
}

function priceSix(
  tokens: TokenTable['values'],
  rates: Float64Array,
  codes: Codes,
  from: number,
  to: number,
  out: Float64Array,
): void {
  for (let row = from, at = 0; row < to; row += 1, at += 1) {
    const first = 6 * row;
    const rate = 6 * (codes[row] as number);
    const pico =
      (tokens[first] as number) * (rates[rate] as number) +
      (tokens[first + 1] as number) * (rates[rate + 1] as number) +
      (tokens[first + 2] as number) * (rates[rate + 2] as number) +
      (tokens[first + 3] as number) * (rates[rate + 3] as number) +
      (tokens[first + 4] as number) * (rates[rate + 4] as number) +
      (tokens[first + 5] as number) * (rates[rate + 5] as number);
    out[at] = nanoFromPico(pico);
  }
}

/**
 * By bin, the total input above which the base price no longer holds: below zero where the price changes by date, so that
 * every row is looked at. None where no price has tiers or dates and no row is special.
 */
function firstTiers(
  table: PriceTable,
  lines: readonly number[],
  factors: Factors,
  facts: RecordFacts,
): Float64Array | undefined {
  const thresholds = Float64Array.from(lines, (line, bin) => {
    if ((table.prices[line]?.periods.length ?? 0) > 0) return -1;
    return table.tiers[line] === 0
      ? Number.POSITIVE_INFINITY
      : (table.above[line + 1] ?? 0) / (factors[bin]?.input ?? 1);
  });
  const isPlain =
    facts.special.kinds.length === 1 && thresholds.every((one) => one === Number.POSITIVE_INFINITY);
  return isPlain ? undefined : thresholds;
}

/** Prices again the few rows that reach a tier or are special. */
function applyTiers(
  table: PriceTable,
  lines: readonly number[],
  factors: Factors,
  tiers: Float64Array,
  codes: Codes,
  facts: RecordFacts,
  from: number,
  to: number,
  out: Float64Array,
): void {
  const input = facts.totalInput();
  const special = facts.special.codes;
  for (let row = from; row < to; row += 1) {
    const bin = codes[row] as number;
    const line = lines[bin] as number;
    if (line !== 0 && ((input[row] as number) > (tiers[bin] as number) || special[row] !== 0))
      out[row - from] = priceRow(table, line, facts, row, factors[bin]);
  }
}

function isAdjusted({ cap, also }: CostRule): boolean {
  return cap !== null || also.length > 0;
}

function addShift(shift: CacheShift, from: number, to: number, out: Float64Array): void {
  const { rows, nano } = shift;
  for (let at = firstFrom(shift, from); at < rows.length && (rows[at] as number) < to; at += 1) {
    const place = (rows[at] as number) - from;
    out[place] = Math.max(0, (out[place] as number) + (nano[at] as number));
  }
}

/** Rows whose answer is cut short, or after whose answer another may be asked for. */
function adjust(
  rules: readonly (CostRule | null)[],
  table: PriceTable,
  codes: Codes,
  facts: RecordFacts,
  from: number,
  to: number,
  out: Float64Array,
): void {
  for (let row = from; row < to; row += 1) {
    const rule = rules[codes[row] as number] as CostRule | null;
    if (rule !== null) out[row - from] = adjustedCost(rule, out[row - from] as number, table, facts, row);
  }
}

function addLogged(
  logged: Float64Array,
  cost: Float64Array,
  codes: Codes,
  from: number,
  to: number,
  out: Float64Array,
): void {
  for (let row = from; row < to; row += 1) {
    out[row - from] =
      (out[row - from] as number) + (logged[codes[row] as number] as number) * (cost[row] as number);
  }
}
