import { LimitWindow } from '../nodes/index.ts';
import type { Plan, PlanLimit, PlanNode } from '../plan/index.ts';
import { type Column, codedOf, type RecordColumns } from './columns.ts';
import { type ExitColumn, exitColumn } from './exit-column.ts';
import type { RecordFacts } from './prepare-records.ts';
import { type PriceTable, priceRow } from './price-table.ts';
import { makeRowWalker } from './row-walker.ts';
import { plainUsage } from './special-usage.ts';

/** Exits of limit nodes, worked out in the order of the log; for {@link routeColumns}. */
export type LimitExits = ReadonlyMap<PlanNode, ExitColumn>;

const none: LimitExits = new Map();

/**
 * Replays the limits of a plan on a clock of its own: rows in the order of their time, each counted as soon as it comes.
 * What a request uses is what the log says of it, at the target it would go to. A row that this very policy decided
 * keeps what it saw then, so that a log replayed under its own policy changes nothing.
 */
export function replayLimits(
  plan: Plan,
  columns: RecordColumns,
  facts: RecordFacts,
  table: PriceTable,
): LimitExits {
  if (plan.limits.length === 0) return none;
  const limits = plan.nodes.flatMap((node) => (isLimit(node) ? [node] : []));
  const codes = new Map<PlanNode, Uint8Array>(limits.map((node) => [node, new Uint8Array(columns.length)]));
  const counters = new Map(plan.limits.map((limit) => [limit.node, counterOf(limit, columns)]));
  const seen = new Map<PlanNode, ExitColumn>(limits.map((node) => [node, exitColumn(node.chooser, columns)]));
  const isOwn = rowsOf(plan.hash, columns);
  const measure = measuring(columns, facts, table);
  const walker = makeRowWalker(plan, columns);
  for (let row = 0; row < columns.length; row += 1) {
    const at = facts.timeAt(row);
    // A node that several tries lead to counts a request once.
    const through = new Set<Counter>();
    const target = walker(row, (node) => {
      const counter = counters.get(node.id);
      const logged = seen.get(node);
      const port = isOwn(row)
        ? (logged?.choices[logged.codes[row] ?? 0] ?? ~0)
        : (counter?.portAt(row, at) ?? ~0);
      const written = codes.get(node);
      if (written !== undefined) written[row] = port < 0 ? 2 : port;
      if (counter !== undefined && (port < 0 ? ~port : port) === 0) through.add(counter);
      return port;
    });
    for (const counter of through) counter.take(row, at, measure(counter.unit, row, target));
  }
  return new Map(
    [...codes].map(([node, exits]): [PlanNode, ExitColumn] => [node, { codes: exits, choices: [0, 1, ~0] }]),
  );
}

function isLimit(node: PlanNode): node is Extract<PlanNode, { kind: 'choose' }> {
  return node.kind === 'choose' && node.chooser.kind === 'limit';
}

interface Counter {
  readonly unit: PlanLimit['unit'];
  /** 0 within, 1 over, `~0` within for want of knowing. */
  readonly portAt: (row: number, at: number | undefined) => number;
  readonly take: (row: number, at: number | undefined, amount: number) => void;
}

function counterOf({ per, amount, unit, window }: PlanLimit, columns: RecordColumns): Counter {
  const used = new LimitWindow(window);
  const keys = per === null ? null : codedOf(columns.column(per), columns.length);
  const keyAt = (row: number): string | undefined => {
    if (keys === null) return '';
    const key = keys.dictionary[keys.codes[row] ?? 0];
    return typeof key === 'string' ? key : undefined;
  };
  return {
    unit,
    portAt: (row, at) => {
      const key = keyAt(row);
      if (key === undefined || at === undefined) return ~0;
      return used.used(key, at) >= amount ? 1 : 0;
    },
    take: (row, at, taken) => {
      const key = keyAt(row);
      if (key !== undefined && at !== undefined) used.take(key, taken, at);
    },
  };
}

/** Whether a row was decided by the policy of a hash. */
export function rowsOf(hash: string, columns: RecordColumns): (row: number) => boolean {
  const hashes = codedOf(columns.column('decision.hash'), columns.length);
  const own = hashes.dictionary.indexOf(hash);
  return (row) => own >= 0 && hashes.codes[row] === own;
}

/** What a row uses of a limit at the target that serves it (`""`: none does), in the limit's unit. */
export type MeasureUse = (unit: PlanLimit['unit'], row: number, target: string) => number;

/** A cost that nobody can tell uses nothing. */
export function measuring(columns: RecordColumns, facts: RecordFacts, table: PriceTable): MeasureUse {
  const { codes, decisions } = facts.logged;
  const output = columns.column('usage.output_tokens');
  const reasoning = columns.column('usage.reasoning_tokens');
  return (unit, row, target) => {
    if (unit === 'requests') return 1;
    if (target === '') return 0;
    if (unit === 'tokens')
      return (facts.totalInput()[row] ?? 0) + numberAt(output, row) + numberAt(reasoning, row);
    const logged = decisions[codes[row] ?? 0];
    if (logged?.target === target && logged.hasCost) return (facts.cost[row] ?? 0) / 1e9;
    const line = table.lineOf(target, logged?.special ?? plainUsage, logged?.target === target);
    return line === undefined || logged?.hasUsage !== true ? 0 : priceRow(table, line, facts, row) / 1e9;
  };
}

function numberAt(column: Column, row: number): number {
  const value = column.kind === 'number' ? (column.values[row] ?? Number.NaN) : Number.NaN;
  return Number.isNaN(value) ? 0 : value;
}
