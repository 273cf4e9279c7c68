import { adjustedCost } from './adjust-costs.ts';
import type { Bin, Bins } from './bins.ts';
import type { RecordColumns } from './columns.ts';
import type { CostRule } from './cost-rule.ts';
import { shiftAt } from './estimate/cache/cache-shift.ts';
import { firstDifference } from './first-difference.ts';
import type { RecordFacts } from './prepare-records.ts';
import { type PriceTable, priceRow } from './price-table.ts';
import type { SimulationResult } from './result.ts';
import { valueAt } from './signals-at.ts';

/** The rows of the largest changes, spelled out. */
export function describeChanges(
  rows: readonly number[],
  columns: RecordColumns,
  facts: RecordFacts,
  { codes, bins, shifts }: Bins,
  table: PriceTable,
): SimulationResult['changes'] {
  const text = (name: 'id' | 'caller.team' | 'task.label', row: number) => {
    const value = valueAt(columns.column(name), row);
    return typeof value === 'string' ? value : null;
  };
  return rows.map((row) => {
    const bin = bins[codes[row] ?? 0] as Bin;
    const at = valueAt(columns.column('time.at'), row);
    return {
      id: text('id', row) ?? '',
      at: typeof at === 'number' ? at : null,
      team: text('caller.team', row),
      task: text('task.label', row),
      path_before: bin.before.path,
      path_after: bin.after.path,
      target_before: bin.before.target,
      target_after: bin.after.target,
      cost_before: costOfRow(bin.beforeRule, facts, table, row, shiftAt(shifts?.beforeRule, row)),
      cost_after: costOfRow(bin.afterRule, facts, table, row, shiftAt(shifts?.afterRule, row)),
      evidence: bin.afterRule.evidence,
      differs_at: firstDifference(bin).node,
    };
  });
}

function costOfRow(
  rule: CostRule,
  facts: RecordFacts,
  table: PriceTable,
  row: number,
  shift: number,
): number | null {
  switch (rule.source) {
    case 'logged':
      return adjustedCost(rule, Math.max(0, (facts.cost[row] ?? 0) + shift), table, facts, row);
    case 'priced':
      return adjustedCost(
        rule,
        Math.max(0, priceRow(table, rule.line, facts, row, rule.factors) + shift),
        table,
        facts,
        row,
      );
    case 'nothing':
      return 0;
    case 'untold':
      return null;
  }
}
