import type { Bin } from '../bins.ts';
import { blockRows, costBlocks } from '../cost-block.ts';
import type { CostRule } from '../cost-rule.ts';
import type { RecordFacts } from '../prepare-records.ts';
import type { PriceTable } from '../price-table.ts';
import type { Grouping } from './grouping.ts';

/** The rule by which the rows of a group are priced, on a side of its bin. */
export interface Priced {
  readonly group: number;
  readonly bin: Bin;
  readonly side: 'beforeRule' | 'afterRule';
}

/** Sums of what the rows of groups cost under rules, each added up once. */
export interface GroupCosts {
  /** The sums, in the order asked, in whole nano-dollars. */
  readonly of: (wanted: readonly Priced[], table: PriceTable) => Float64Array;
}

interface Kept {
  readonly sums: Float64Array;
  readonly known: Uint8Array;
}

export function makeGroupCosts(grouping: Grouping, facts: RecordFacts): GroupCosts {
  const kept = new Map<string, Kept>();
  const keys = new WeakMap<CostRule, Kept>();
  const keptOf = (rule: CostRule) => {
    let one = keys.get(rule);
    if (one === undefined) {
      const key = JSON.stringify(rule);
      one = kept.get(key) ?? {
        sums: new Float64Array(grouping.count),
        known: new Uint8Array(grouping.count),
      };
      kept.set(key, one);
      keys.set(rule, one);
    }
    return one;
  };
  return {
    of: (wanted, table) => {
      let missing = wanted.filter(({ group, bin, side }) => keptOf(bin[side]).known[group] === 0);
      while (missing.length > 0) {
        const now = new Map<number, Priced>();
        for (const one of missing) if (!now.has(one.group)) now.set(one.group, one);
        addUp(grouping, facts, table, now, keptOf);
        missing = missing.filter(({ group, bin, side }) => keptOf(bin[side]).known[group] === 0);
      }
      return Float64Array.from(wanted, ({ group, bin, side }) => keptOf(bin[side]).sums[group] ?? 0);
    },
  };
}

const nothing: CostRule = {
  evidence: 'observed',
  source: 'nothing',
  line: 0,
  factors: null,
  doubt: 0,
  cap: null,
  also: [],
};

/** One pass over all rows: each group by one rule, groups that are not asked for at no cost. */
function addUp(
  grouping: Grouping,
  facts: RecordFacts,
  table: PriceTable,
  wanted: ReadonlyMap<number, Priced>,
  keptOf: (rule: CostRule) => Kept,
): void {
  const [first] = wanted.values();
  if (first === undefined) return;
  const bins = Array.from({ length: grouping.count }, (_, group): Bin => {
    const one = wanted.get(group);
    return one === undefined
      ? { ...first.bin, afterRule: nothing }
      : { ...one.bin, afterRule: one.bin[one.side] };
  });
  const { codes, count } = grouping;
  const sums = new Float64Array(count);
  const costs = costBlocks({ codes, bins }, 'afterRule', facts, table);
  for (let from = 0; from < codes.length; from += blockRows) {
    const to = Math.min(codes.length, from + blockRows);
    addBlock(codes, costs.of(from, to), sums, from, to);
  }
  for (const [group, { bin, side }] of wanted) {
    const { sums: own, known } = keptOf(bin[side]);
    own[group] = sums[group] ?? 0;
    known[group] = 1;
  }
}

function addBlock(
  codes: Grouping['codes'],
  costs: Float64Array,
  sums: Float64Array,
  from: number,
  to: number,
): void {
  for (let row = from, at = 0; row < to; row += 1, at += 1) {
    const group = codes[row] as number;
    sums[group] = (sums[group] as number) + (costs[at] as number);
  }
}
