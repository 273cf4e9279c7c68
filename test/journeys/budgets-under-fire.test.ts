import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aFolder } from '../server/store/builders.ts';
import { anErraticUpstream } from './support/erratic-upstream.ts';

const secrets = { a: 'wb-fire-a-0123456789', b: 'wb-fire-b-0123456789' };
const clients = 200;

interface Serving {
  readonly url: string;
  readonly end: (signal: NodeJS.Signals) => Promise<void>;
}

/** Waybill as `npm start` runs it, in a process of its own. */
async function serve(folder: string): Promise<Serving> {
  const child = spawn(process.execPath, ['server/run.mjs', 'start', '--json'], {
    env: {
      PATH: process.env.PATH ?? '',
      PORT: '0',
      NODE_ENV: 'production',
      WAYBILL_SANDBOX: 'off',
      WAYBILL_DATA: join(folder, 'data'),
      WAYBILL_CONFIG: join(folder, 'config.json'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  onTestFinished(() => void child.kill('SIGKILL'));
  const line = await new Promise<string>((resolve, reject) => {
    let out = '';
    child.once('exit', (code) => reject(new Error(`Waybill ended with ${code} before it listened.`)));
    child.stdout.on('data', (bytes) => {
      out += bytes;
      if (out.includes('\n')) resolve(out);
    });
  });
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return gone;
  };
  return { url: JSON.parse(line).address, end };
}

/** Numbers in [0, 1) that are the same every time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function writeConfig(folder: string, baseUrl: string): void {
  const models = [
    { id: 'dear', price_usd_per_million: { input: '1.37', output: '11.11' } },
    { id: 'small', price_usd_per_million: { input: '0.13', output: '0.57' } },
  ];
  const policy = {
    format: 1,
    id: 'try',
    name: 'Try',
    entry: 'both',
    nodes: {
      both: {
        kind: 'fallback',
        try: ['dear', 'small'],
        on: ['rate_limit', 'server_error', 'network', 'unavailable'],
      },
      dear: { kind: 'model', target: 'local/dear' },
      small: { kind: 'model', target: 'local/small' },
    },
  };
  const config = {
    providers: [{ id: 'local', kind: 'openai-compatible', base_url: baseUrl, api_key: 'none', models }],
    teams: [{ id: 'a', budget: { usd: 0.25, window: 'year' } }, { id: 'b' }],
    keys: [
      { id: 'a', team: 'a', project: 'p', tags: ['x'], secret: secrets.a },
      { id: 'b', team: 'b', project: 'q', tags: ['x', 'y'], secret: secrets.b },
    ],
    budgets: [
      { id: 'all', scope: { organisation: true }, usd: 1000, window: 'total' },
      { id: 'b-q', scope: { team: 'b', project: 'q' }, usd: 0.15, window: 'month', kind: 'rolling' },
      { id: 'tagged', scope: { tag: 'x' }, usd: 0.001, window: 'year', enforcement: 'soft' },
      { id: 'dear', scope: { model: 'local/de*' }, usd: 100, window: 'quarter', zone: 'Asia/Tokyo' },
    ],
    policies: 'policies',
    deployments: [{ alias: 'auto', policy: 'try' }],
  };
  mkdirSync(join(folder, 'policies'));
  writeFileSync(join(folder, 'policies', 'try.policy.json'), JSON.stringify(policy));
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
}

/** One client: asks, plain or streaming, for a cheap model or by policy, and leaves early now and then. */
async function ask(url: string, random: () => number): Promise<number> {
  const leaving = new AbortController();
  const patience = random() < 0.15 ? setTimeout(() => leaving.abort(), random() * 80) : undefined;
  const secret = random() < 0.5 ? secrets.a : secrets.b;
  try {
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      signal: leaving.signal,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: random() < 0.7 ? 'auto' : 'local/small',
        stream: random() < 0.5,
        messages: [{ role: 'user', content: 'How do I get there? '.repeat(1 + Math.floor(random() * 30)) }],
      }),
    });
    await response.text();
    return response.status;
  } catch {
    return 0;
  } finally {
    clearTimeout(patience);
  }
}

/** 200 clients, each asking again and again. Answers how often each status came; 0 for none. */
async function fire(
  url: string,
  random: () => number,
  rounds: number,
  onAnswer: (answered: number) => void = () => {},
): Promise<ReadonlyMap<number, number>> {
  const statuses = new Map<number, number>();
  let answered = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let round = 0; round < rounds; round += 1) {
        const status = await ask(url, random);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status !== 0) onAnswer(++answered);
      }
    }),
  );
  return statuses;
}

interface Standing {
  readonly id: string;
  readonly limitNanoUsd: number;
  readonly spentNanoUsd: number;
  readonly reservedNanoUsd: number;
}

async function standings(url: string): Promise<readonly Standing[]> {
  const { budgets } = await (await fetch(`${url}/api/budgets`)).json();
  return budgets;
}

/** How the budgets stand once nothing is reserved any more. */
async function settled(url: string): Promise<readonly Standing[]> {
  const leaked = async () => (await standings(url)).filter(({ reservedNanoUsd }) => reservedNanoUsd !== 0);
  await expect.poll(leaked, { timeout: 60_000 }).toEqual([]);
  return standings(url);
}

type Row = Readonly<Record<string, unknown>>;

async function allRecords(url: string): Promise<readonly Row[]> {
  const records: Row[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = await (await fetch(`${url}/api/records?limit=500${query}`)).json();
    records.push(...page.records);
    cursor = page.next;
  }
  return records;
}

const costOf = (row: Row) => Number(row['cost.nano_usd'] ?? 0);
const sum = (rows: readonly Row[]) => rows.reduce((total, row) => total + costOf(row), 0);

/** What every budget should hold, from the records alone. */
function expected(records: readonly Row[]): Readonly<Record<string, number>> {
  const dear = records.flatMap((row): readonly { target: string; cost_nano_usd: number }[] =>
    JSON.parse(String(row['outcome.attempts'])),
  );
  return {
    all: sum(records),
    'b-q': sum(records.filter((row) => row['caller.team'] === 'b')),
    tagged: sum(records),
    dear: dear.reduce(
      (total, { target, cost_nano_usd: cost }) => total + (target === 'local/dear' ? cost : 0),
      0,
    ),
    'team:a': sum(records.filter((row) => row['caller.team'] === 'a')),
  };
}

const spentOf = (all: readonly Standing[]) =>
  Object.fromEntries(all.map(({ id, spentNanoUsd }) => [id, spentNanoUsd]));

describe('budgets under fire', () => {
  it('are passed by no more than what was in flight, leak no lease, and agree with the records to the nano-dollar, through a kill -9 too', async () => {
    const folder = aFolder();
    const random = seeded(20_261_122);
    const upstream = await anErraticUpstream(random);
    onTestFinished(() => upstream.close());
    writeConfig(folder, upstream.url);

    const first = await serve(folder);
    // After 400 answers nearly all clients have their next request on the way.
    const broken = await fire(first.url, random, 4, (answered) => {
      if (answered === 400) void first.end('SIGKILL');
    });
    expect(broken.get(0) ?? 0).toBeGreaterThan(clients);

    const second = await serve(folder);
    const kept = await allRecords(second.url);
    expect(kept.length).toBeGreaterThan(0);
    expect(spentOf(await settled(second.url))).toEqual(expected(kept));
    const statuses = await fire(second.url, random, 5);
    expect(statuses.get(429) ?? 0).toBeGreaterThan(0);
    expect(statuses.get(200) ?? 0).toBeGreaterThan(0);
    const live = await settled(second.url);
    await second.end('SIGTERM');

    const third = await serve(folder);
    const records = await allRecords(third.url);
    expect(spentOf(live)).toEqual(expected(records));
    expect(spentOf(await settled(third.url))).toEqual(expected(records));
    for (const id of ['team:a', 'b-q']) {
      const { limitNanoUsd: limit, spentNanoUsd: spent } = live.find((one) => one.id === id) ?? failing(id);
      const costs = records.map(costOf).filter((cost) => cost > 0);
      // A lease is what a call is expected to cost, which is what calls cost on average.
      const inFlight = upstream.peak() * (costs.reduce((total, cost) => total + cost, 0) / costs.length);
      expect(spent).toBeGreaterThan(limit * 0.8);
      expect(spent).toBeLessThanOrEqual(limit + inFlight);
    }
    await third.end('SIGTERM');
  }, 300_000);
});

function failing(id: string): never {
  throw new Error(`There is no budget "${id}".`);
}
