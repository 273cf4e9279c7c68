import { codedOf, type RecordColumns } from '#engine/simulate/columns.ts';
import { takeRows } from '#engine/simulate/sample-rows.ts';
import type { Happened } from './simulation-outcome.ts';

/** The rows that a policy decided, by its hash. */
export function decidedBy(columns: RecordColumns, hash: string): RecordColumns {
  const hashes = codedOf(columns.column('decision.hash'), columns.length);
  const own = hashes.dictionary.indexOf(hash);
  const rows: number[] = [];
  for (let row = 0; own >= 0 && row < columns.length; row += 1) if (hashes.codes[row] === own) rows.push(row);
  return takeRows(columns, rows);
}

/** What the requests that a policy (by its hash) decided came to. Targets are those first tried. */
export function whatHappened(columns: RecordColumns, hash: string): Omit<Happened, 'changed'> {
  const hashes = codedOf(columns.column('decision.hash'), columns.length);
  const own = hashes.dictionary.indexOf(hash);
  const status = codedOf(columns.column('outcome.status'), columns.length);
  const targets = codedOf(columns.column('decision.targets'), columns.length);
  const cost = numbersOf(columns, 'cost.nano_usd');
  const latency = numbersOf(columns, 'latency.total_ms');
  const byTarget = new Map<string, number>();
  const sums = { requests: 0, withCost: 0, costNanoUsd: 0, refused: 0, failed: 0, ms: 0, withLatency: 0 };
  for (let row = 0; row < columns.length; row += 1) {
    if (own < 0 || hashes.codes[row] !== own) continue;
    sums.requests += 1;
    const spent = cost(row);
    if (!Number.isNaN(spent)) {
      sums.withCost += 1;
      sums.costNanoUsd += spent;
    }
    const outcome = status.dictionary[status.codes[row] ?? 0];
    if (outcome === 'refused') sums.refused += 1;
    if (outcome === 'failed') sums.failed += 1;
    const ms = latency(row);
    if (outcome === 'served' && !Number.isNaN(ms)) {
      sums.withLatency += 1;
      sums.ms += ms;
    }
    const tried = targets.dictionary[targets.codes[row] ?? 0];
    const first = Array.isArray(tried) ? String(tried[0] ?? '') : '';
    byTarget.set(first, (byTarget.get(first) ?? 0) + 1);
  }
  return {
    requests: sums.requests,
    withCost: sums.withCost,
    costNanoUsd: sums.costNanoUsd,
    refused: sums.refused,
    failed: sums.failed,
    latencyMs: sums.withLatency === 0 ? null : sums.ms / sums.withLatency,
    targets: [...byTarget].map(([target, requests]) => ({ target, requests })),
  };
}

function numbersOf(
  columns: RecordColumns,
  name: 'cost.nano_usd' | 'latency.total_ms',
): (row: number) => number {
  const column = columns.column(name);
  return column.kind === 'number' ? (row) => column.values[row] ?? Number.NaN : () => Number.NaN;
}
