import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import { forgetExits, type SimulationResult, simulate } from '#engine/simulate/index.ts';
import { askDuckdb, loadTable, type PeerRow } from './duckdb-peer.ts';
import { median, printTable } from './print-table.ts';
import { routingPlan, type Thresholds, usualThresholds } from './routing-policy.ts';
import { columnsOf, makeTraffic } from './sample-traffic.ts';

const records = 1_000_000;
const rounds = 15;
const warmUp = 3;

/**
 * A whole what-if over a million records, after loading, against the same policy as one SQL CASE in DuckDB on the same
 * data: in memory, warm, its default threads. The rounds take turns, and each asks a policy with other thresholds with
 * every exit column forgotten, so that nothing kept from the round before helps; both must agree on requests and costs
 * by target. The second figure is what an author sees who moves an edge: the conditions are the same as before.
 */
export async function run(): Promise<void> {
  const traffic = makeTraffic(records);
  const columns = columnsOf(traffic);
  const connection = await loadTable(traffic);
  const book = { columns, baseline: null, priceBook: defaultPriceBook, catalogue: defaultCatalogue, seed: 1 };
  const hashMs = await timed(async () => columns.hash);
  const firstMs = await timed(async () => simulate({ ...book, candidate: routingPlan(usualThresholds) }));
  const ours: number[] = [];
  const again: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds + warmUp; round += 1) {
    const thresholds = moved(round);
    const candidate = routingPlan(thresholds);
    let result: SimulationResult | undefined;
    let rows: readonly PeerRow[] = [];
    forgetExits(columns);
    const own = await timed(async () => {
      result = simulate({ ...book, candidate });
    });
    const rewired = await timed(async () => simulate({ ...book, candidate }));
    const peer = await timed(async () => {
      rows = await askDuckdb(connection, thresholds);
    });
    requireAgreement(result?.by_target ?? [], rows);
    if (round < warmUp) continue;
    ours.push(own);
    again.push(rewired);
    theirs.push(peer);
  }
  printTable(
    ['1,000,000 records, medians', 'ms', 'times DuckDB'],
    [
      ['waybill simulate, every condition new', median(ours), median(ours) / median(theirs)],
      ['waybill simulate, only the wiring new', median(again), median(again) / median(theirs)],
      ['duckdb, one CASE with sums, all cores', median(theirs), 1],
      ['waybill, the first of a record set', firstMs, firstMs / median(theirs)],
      ['waybill, hash of a record set, once', hashMs, hashMs / median(theirs)],
    ],
  );
  console.log('\n  The same requests and costs by target in every round. Goal: at least as fast as DuckDB.');
}

function moved(round: number): Thresholds {
  return {
    long: usualThresholds.long - 100 * round,
    evening: 10 + (round % 12),
    turns: 2 + (round % 8),
    confidence: (40 + round) / 100,
  };
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await act();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function requireAgreement(ours: SimulationResult['by_target'], theirs: readonly PeerRow[]): void {
  for (const { target, requests, costNanoUsd } of theirs) {
    const row = ours.find((one) => one.target === target);
    if (row?.requests_after !== requests)
      throw new Error(`${target}: ${row?.requests_after} requests here, ${requests} there.`);
    if (row.cost_after !== costNanoUsd)
      throw new Error(`${target}: ${row.cost_after} nano-dollars here, ${costNanoUsd} there.`);
  }
}
