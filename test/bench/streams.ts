import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, startChild } from './gateway/child.ts';
import { secret } from './gateway/waybill.ts';
import { median, printTable } from './print-table.ts';
import { type Asking, firstBytes, openStreams, readStreams } from './streams/load.ts';
import { startStreamingWaybill } from './streams/waybill.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const warmUp = 400;
const requests = 400;
const atOnce = 8;
const concurrent = 200;
const held = 500;

interface Way {
  readonly name: string;
  readonly child: Child;
  /** The bare proxy it is compared with. */
  readonly against: string;
  readonly asking: Asking;
}

const messages = Array.from({ length: 12 }, (_none, at) => ({
  role: at % 2 === 0 ? 'user' : 'assistant',
  content: `Message ${at}: ${'words of an everyday conversation '.repeat(8)}`,
}));
messages.push({ role: 'user', content: 'And now?' });

const paths = { openai: '/v1/chat/completions', anthropic: '/v1/messages' } as const;
type Vendor = keyof typeof paths;

function asking(child: Child, client: Vendor, upstream: Vendor): Asking {
  const authorization = `Bearer ${secret}`;
  return {
    url: child.url + paths[client],
    headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', authorization },
    body: JSON.stringify({ model: upstream, max_tokens: 900, stream: true, messages }),
  };
}

/**
 * What a stream of 200 deltas costs: CPU of the gateway process against a bare pass-through of the same upstream, the time it
 * adds to the first bytes with 200 streams open, and the memory of an open stream. Rounds are interleaved and within one run.
 */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-bench-'));
  const children: Child[] = [];
  const started = async (child: Promise<Child>) => {
    const one = await child;
    children.push(one);
    return one;
  };
  try {
    const upstream = await started(startChild('../streams/upstream.ts'));
    const bare = await started(startChild('../streams/bare-proxy.ts', [upstream.url]));
    const waybill = await started(startStreamingWaybill(upstream.url, folder));
    const way = (name: string, child: Child, client: Vendor, to: Vendor): Way => ({
      name,
      child,
      against: `bare proxy, ${to}`,
      asking: asking(child, client, to),
    });
    const ways = [
      way('bare proxy, openai', bare, 'openai', 'openai'),
      way('bare proxy, anthropic', bare, 'anthropic', 'anthropic'),
      way('waybill, openai', waybill, 'openai', 'openai'),
      way('waybill, anthropic', waybill, 'anthropic', 'anthropic'),
      way('waybill, anthropic client to openai', waybill, 'anthropic', 'openai'),
      way('waybill, openai client to anthropic', waybill, 'openai', 'anthropic'),
    ];
    await reportCpu(ways);
    if (process.env.BENCH_PROFILE !== undefined) return;
    await reportFirstBytes(ways);
    await reportMemory(ways);
  } finally {
    await Promise.all(children.map((child) => child.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function reportCpu(ways: readonly Way[]): Promise<void> {
  const brief = ways.map((way) => ({ ...way, asking: saying(way.asking, 'brief') }));
  for (const way of ways) await readStreams(way.asking, warmUp, atOnce);
  await ways.at(-1)?.child.profile('profile');
  const whole = await cpuOf(ways);
  await ways.at(-1)?.child.profile('profiled');
  const short = await cpuOf(brief);
  printTable(
    ['CPU of a stream, medians', '200 deltas µs', 'times bare', 'a few words µs', 'more than bare µs'],
    ways.map(({ name, against }) => [
      name,
      whole(name),
      (whole(name) / whole(against)).toFixed(2),
      short(name),
      short(name) - short(against),
    ]),
  );
  console.log('  Aims: 1.3 times in the same dialect, 2 times translated.\n');
}

/** CPU µs of a stream of each way, over interleaved rounds. */
async function cpuOf(ways: readonly Way[]): Promise<(name: string) => number> {
  const used = new Map<string, number[]>(ways.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, child, asking } of ways) {
      const before = await child.cpuSeconds();
      await readStreams(asking, requests, atOnce);
      used.get(name)?.push(((await child.cpuSeconds()) - before) / requests);
    }
  }
  return (name) => median(used.get(name) ?? []) * 1e6;
}

function saying(asking: Asking, word: string): Asking {
  return { ...asking, body: asking.body.replace('And now?', word) };
}

async function reportFirstBytes(ways: readonly Way[]): Promise<void> {
  const times = new Map<string, number[]>(ways.map(({ name }) => [name, []]));
  for (let round = 0; round < 2; round += 1) {
    for (const { name, asking } of ways) {
      times.get(name)?.push(...(await firstBytes(saying(asking, 'paced'), concurrent, 4_000)));
    }
  }
  const share = (name: string, at: number) => {
    const sorted = (times.get(name) ?? []).toSorted((left, right) => left - right);
    return sorted[Math.floor(sorted.length * at)] ?? 0;
  };
  const added = (name: string, against: string, at: number) =>
    (share(name, at) - share(against, at)).toFixed(1);
  printTable(
    [`${concurrent} streams open`, 'first bytes p50 ms', 'p99 ms', 'added p50', 'added p99'],
    ways.map(({ name, against }) => [
      name,
      share(name, 0.5),
      share(name, 0.99),
      added(name, against, 0.5),
      added(name, against, 0.99),
    ]),
  );
  console.log('');
}

async function reportMemory(ways: readonly Way[]): Promise<void> {
  const rows: (readonly [string, number, number])[] = [];
  for (const { name, child, asking } of ways) {
    const before = await child.memory();
    const letGo = await openStreams(saying(asking, 'held'), held);
    const after = await child.memory();
    rows.push([
      name,
      (after.heapUsed - before.heapUsed) / held / 1_024,
      (after.rss - before.rss) / held / 1_024,
    ]);
    await letGo();
  }
  printTable([`${held} open streams`, 'heap kB each', 'resident kB each'], rows);
}
