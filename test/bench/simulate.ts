import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import { forgetExits, type SimulationResult, sameTokens, simulate } from '#engine/simulate/index.ts';
import { askDuckdb, loadTable, type PeerRow } from './duckdb-peer.ts';
import { median, printTable } from './print-table.ts';
import { routingPlan, type Thresholds, usualThresholds } from './routing-policy.ts';
import { columnsOf, makeTraffic } from './sample-traffic.ts';
import { benchAnySize } from './simulate-any-size.ts';
import { benchEdits } from './simulate-edits.ts';

const records = 1_000_000;
const rounds = 21;
const warmUp = 10;

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
  const book = {
    columns,
    baseline: null,
    priceBook: defaultPriceBook,
    catalogue: defaultCatalogue,
    seed: 1,
    parts: 'totals',
    estimates: sameTokens,
  } as const;
  const hash = await timed(async () => columns.hash);
  const first = await timed(async () => simulate({ ...book, candidate: routingPlan(usualThresholds) }));
  const own: Spent[] = [];
  const rewired: Spent[] = [];
  const peer: Spent[] = [];
  const peerAlone: Spent[] = [];
  const whole: Spent[] = [];
  for (let round = 0; round < rounds + warmUp; round += 1) {
    const thresholds = moved(round);
    const candidate = routingPlan(thresholds);
    let result: SimulationResult | undefined;
    let rows: readonly PeerRow[] = [];
    const ask = async () => {
      rows = await askDuckdb(connection, thresholds);
    };
    forgetExits(columns);
    own.push(
      await timed(async () => {
        result = simulate({ ...book, candidate });
      }),
    );
    rewired.push(await timed(async () => simulate({ ...book, candidate })));
    if (round % 5 === 0)
      whole.push(await timed(async () => simulate({ ...book, candidate, parts: 'everything' })));
    peer.push(await timed(ask));
    requireAgreement(result?.by_target ?? [], rows);
    await connection.run('SET threads = 1');
    peerAlone.push(await timed(ask));
    await connection.run('RESET threads');
  }
  const wall = (spent: readonly Spent[]) => median(spent.slice(warmUp).map(({ ms }) => ms));
  const cpu = (spent: readonly Spent[]) => median(spent.slice(warmUp).map(({ cpuMs }) => cpuMs));
  printTable(
    ['1,000,000 records, medians', 'ms', 'times DuckDB', 'ms of CPU'],
    [
      ['waybill simulate, every condition new', wall(own), wall(own) / wall(peer), cpu(own)],
      ['waybill simulate, only the wiring new', wall(rewired), wall(rewired) / wall(peer), cpu(rewired)],
      ['duckdb, one CASE with sums, all cores', wall(peer), 1, cpu(peer)],
      ['duckdb, one core', wall(peerAlone), wall(peerAlone) / wall(peer), cpu(peerAlone)],
      ['waybill, the first of a record set', first.ms, first.ms / wall(peer), first.cpuMs],
      ['waybill, hash of a record set, once', hash.ms, hash.ms / wall(peer), hash.cpuMs],
    ],
  );
  const everything = median(whole.slice(2).map(({ ms }) => ms));
  printTable(
    ['1,000,000 records, everything the page shows', 'ms', 'times DuckDB'],
    [['with segments, bands, curves and all intervals', everything, everything / wall(peer)]],
  );
  benchEdits(columns, wall(peer));
  await benchAnySize();
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

interface Spent {
  readonly ms: number;
  /** Of all threads. */
  readonly cpuMs: number;
}

async function timed(act: () => Promise<unknown>): Promise<Spent> {
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  await act();
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1_000 };
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
