import type { Bins } from './bins.ts';
import type { Codes } from './pair-codes.ts';
import type { RecordFacts, TokenColumn } from './prepare-records.ts';
import { classes, nanoFromPico, type PriceTable, tierOf } from './price-table.ts';

/** Rows are taken in blocks whose costs stay in the nearest cache from one pass to the next. */
export const blockRows = 2_048;

/** Works out what the rows of a block cost, in whole nano-dollars; 0 where it cannot be told. */
export type CostBlock = (from: number, to: number) => Float64Array;

/** Cost rules by bin → costs by row, for one side. The array handed out is written again for the next block. */
export function costBlocks(
  { codes, bins }: Bins,
  side: 'beforeRule' | 'afterRule',
  facts: RecordFacts,
  table: PriceTable,
): CostBlock {
  const rules = bins.map((bin) => bin[side]);
  if (bins.every((bin) => bin[side].source === 'logged' || (bin[side].line === 0 && !bin.logged.hasCost)))
    return (from, to) => facts.cost.subarray(from, to);
  const logged = Float64Array.from(rules, (rule) => (rule.source === 'logged' ? 1 : 0));
  const lines = Uint32Array.from(rules, (rule) => rule.line);
  const anyLogged = rules.some((rule) => rule.source === 'logged');
  const tiered = rules.some((rule) => table.tiers[rule.line] !== 0);
  const places = new Uint32Array(blockRows);
  const out = new Float64Array(blockRows);
  return (from, to) => {
    if (tiered) placeTiers(table, facts.totalInput(), lines, codes, from, to, places);
    else placeRates(lines, codes, from, to, places);
    out.fill(0);
    for (const tokens of facts.tokens) addTokens(tokens, table.rates, places, from, to, out);
    roundCosts(out);
    if (anyLogged) addLogged(logged, facts.cost, codes, from, to, out);
    return out;
  };
}

/** Where the rates of each row begin. */
function placeRates(lines: Uint32Array, codes: Codes, from: number, to: number, places: Uint32Array): void {
  for (let row = from; row < to; row += 1) {
    places[row - from] = classes * (lines[codes[row] as number] as number);
  }
}

function placeTiers(
  table: PriceTable,
  totalInput: Float64Array,
  lines: Uint32Array,
  codes: Codes,
  from: number,
  to: number,
  places: Uint32Array,
): void {
  for (let row = from; row < to; row += 1) {
    const line = lines[codes[row] as number] as number;
    const tier = table.tiers[line] === 0 ? line : tierOf(table, line, totalInput[row] as number);
    places[row - from] = classes * tier;
  }
}

function addTokens(
  { place, values }: TokenColumn,
  rates: Float64Array,
  places: Uint32Array,
  from: number,
  to: number,
  pico: Float64Array,
): void {
  for (let row = from; row < to; row += 1) {
    const at = row - from;
    pico[at] =
      (pico[at] as number) + (values[row] as number) * (rates[(places[at] as number) + place] as number);
  }
}

function roundCosts(pico: Float64Array): void {
  for (let at = 0; at < pico.length; at += 1) pico[at] = nanoFromPico(pico[at] as number);
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
