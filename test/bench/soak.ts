import { parseArgs } from 'node:util';
import pg from 'pg';
import { type Fleet, startFleet } from '../fleet/support/a-fleet.ts';
import { aModelServer, type ModelServer } from '../fleet/support/a-model-server.ts';
import { api, until } from '../fleet/support/calls.ts';
import { printTable, seededDraws } from './print-table.ts';
import { type Kind, secret, send, type Tally } from './soak/traffic.ts';
import { connectionsOf, growthAnHour, type Sample, sampleOf } from './soak/watch.ts';

const shares: readonly (readonly [Kind, number])[] = [
  ['plain', 0.4],
  ['stream', 0.3],
  ['left', 0.1],
  ['failing', 0.15],
  ['over', 0.05],
];

/**
 * A fleet under mixed traffic for as long as it is told: `npm run bench -- soak --minutes 30 --gateways 3 --rate 20`. Publishes
 * every 20 s, has the models fail for 5 s every two minutes, then holds what is left to nothing: leases, running requests, files, connections,
 * and the budget to the sum of the log. Ends with 1 where something does not hold.
 */
export async function run(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(2),
    allowPositionals: true,
    options: {
      minutes: { type: 'string', default: '30' },
      gateways: { type: 'string', default: '3' },
      rate: { type: 'string', default: '20' },
    },
  });
  const [minutes, gateways, rate] = [values.minutes, values.gateways, values.rate].map(Number);
  if (!minutes || !gateways || !rate)
    throw new Error('--minutes, --gateways and --rate are numbers above 0.');
  const models = await aModelServer(20);
  const fleet = await startFleet(gateways, { config: configOf(models.url) });
  const pool = new pg.Pool({ connectionString: fleet.databaseUrl, max: 1 });
  try {
    await publish(fleet, 1);
    await api(fleet.gateways[0]?.url ?? '', 'PUT', '/deployments/auto', { policy: 'soak', version: null });
    const before = await connectionsOf(pool);
    const { tally, samples, published } = await soak(fleet, models, minutes * 60, rate);
    const problems = await whatIsLeft(fleet, tally, samples);
    report({ tally, samples, published, connections: [before, await connectionsOf(pool)], problems });
    if (problems.length > 0) process.exitCode = 1;
  } finally {
    await pool.end();
    await Promise.all([fleet.close(), models.close()]);
  }
}

function configOf(url: string): object {
  const priced = (id: string) => ({ id, price_usd_per_million: { input: 1, output: 10 } });
  return {
    providers: [
      {
        id: 'local',
        kind: 'openai-compatible',
        base_url: url,
        api_key: 'none',
        models: [priced('cheap'), priced('flaky')],
      },
    ],
    teams: [
      { id: 'soak', budget: { usd: 100_000, window: 'month' } },
      { id: 'poor', budget: { usd: 0, window: 'month' } },
    ],
    keys: [
      { id: 'soak', team: 'soak', secret, rpm: 1_000_000 },
      { id: 'poor', team: 'poor', secret: `${secret}-poor` },
    ],
  };
}

async function publish({ gateways }: Fleet, version: number): Promise<void> {
  const url = gateways[version % gateways.length]?.url ?? '';
  if (version === 1) await api(url, 'POST', '/policies', { name: 'Soak', id: 'soak' });
  const { policy, revision } = await until(
    () => api(url, 'GET', '/policies/soak').catch(() => ({})),
    (draft) => draft.policy !== undefined,
  );
  const nodes = {
    cap: {
      kind: 'limit',
      unit: 'requests',
      amount: 9_000_000 + version,
      window: 'month',
      within: 'try',
      over: 'no',
    },
    try: {
      kind: 'fallback',
      try: ['flaky', 'cheap'],
      on: ['server_error', 'timeout', 'network', 'unavailable'],
    },
    flaky: { kind: 'model', target: 'local/flaky' },
    cheap: { kind: 'model', target: 'local/cheap' },
    no: { kind: 'refuse', status: 429, code: 'over', message: 'Over.' },
  };
  const saved = await api(url, 'PUT', '/policies/soak', {
    policy: { ...policy, entry: 'cap', nodes },
    revision,
  });
  await api(url, 'POST', '/policies/soak/publish', { revision: saved.revision, note: `Version ${version}.` });
}

async function soak(fleet: Fleet, models: ModelServer, seconds: number, rate: number) {
  const tally: Tally = { sent: 0, served: 0, refused: 0, failed: 0, left: 0, lost: 0 };
  const samples = fleet.gateways.map((): Sample[] => []);
  const draw = seededDraws(7);
  const running = new Set<Promise<void>>();
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1_000;
  const sampleEvery = Math.max(1, seconds / 120);
  let [published, nextPublish, nextSample] = [1, 20, 0];
  for (let turn = 0; elapsed() < seconds; turn += 1) {
    const request = send(fleet.url, kindOf(draw()), tally).finally(() => running.delete(request));
    running.add(request);
    models.fail(elapsed() % 120 > 115);
    if (elapsed() > nextSample) {
      nextSample += sampleEvery;
      for (const [index, { url }] of fleet.gateways.entries())
        samples[index]?.push(await sampleOf(url, elapsed()));
    }
    if (elapsed() > nextPublish) {
      nextPublish += 20;
      published += 1;
      await publish(fleet, published);
    }
    const due = start + ((turn + 1) * 1_000) / rate;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  }
  models.fail(false);
  await Promise.all(running);
  return { tally, samples, published };
}

function kindOf(draw: number): Kind {
  let sum = 0;
  for (const [kind, share] of shares) {
    sum += share;
    if (draw < sum) return kind;
  }
  return 'plain';
}

/** Sentences about what does not hold once everything has ended; none: all of it does. */
async function whatIsLeft(
  fleet: Fleet,
  tally: Tally,
  samples: readonly (readonly Sample[])[],
): Promise<readonly string[]> {
  const problems: string[] = [];
  const urls = fleet.gateways.map(({ url }) => url);
  const hold = (isSo: boolean, sentence: string) => {
    if (!isSo) problems.push(sentence);
  };
  const settled = await until(
    async () => {
      const { budgets } = await api(fleet.url, 'GET', '/budgets');
      const budget = budgets.find(({ id }: { id: string }) => id === 'team:soak');
      const { total } = await api(
        fleet.url,
        'GET',
        `/spend?from=${Date.now() - 86_400_000}&to=${Date.now() + 86_400_000}`,
      );
      const last = await Promise.all(urls.map((url) => sampleOf(url, 0)));
      return { budget, total, last };
    },
    ({ budget, total, last }) =>
      budget.reservedNanoUsd === 0 &&
      budget.spentNanoUsd === total.costNanoUsd &&
      total.requests === tally.sent &&
      last.every(({ inFlight }) => inFlight === 0),
  ).catch((cause: unknown) => String(cause));
  if (typeof settled === 'string') return [`Leases, running requests or sums: ${settled}`];
  hold(tally.lost === 0, `${tally.lost} requests had no answer.`);
  for (const [index, own] of samples.entries()) {
    const span = (own.at(-1)?.at ?? 0) / 3_600;
    const growth = growthAnHour(own, ({ heapMb }) => heapMb) * span * (2 / 3);
    const level = own.at(-1)?.heapMb ?? 0;
    hold(growth < 5 + level / 10, `The heap of gateway ${index + 1} grew by ${growth.toFixed(1)} MB.`);
    const [first, last] = [own[0]?.openFiles ?? 0, settled.last[index]?.openFiles ?? 0];
    hold(last <= first + 40, `Gateway ${index + 1} had ${first} files open and now has ${last}.`);
  }
  return problems;
}

function report({
  tally,
  samples,
  published,
  connections,
  problems,
}: {
  readonly tally: Tally;
  readonly samples: readonly (readonly Sample[])[];
  readonly published: number;
  readonly connections: readonly number[];
  readonly problems: readonly string[];
}): void {
  const { sent, served, refused, failed, left, lost } = tally;
  console.log(
    `  ${sent} requests: ${served} served, ${refused} refused by an empty budget, ${failed} failed with the models, ${left} left by their client, ${lost} lost; ${published} versions published; ${connections.join(' → ')} connections to PostgreSQL\n`,
  );
  printTable(
    [
      'gateway',
      'heap early, MB',
      'heap late, MB',
      'slope, MB/h',
      'RSS early, MB',
      'RSS late, MB',
      'files early',
      'files late',
    ],
    samples.map((own, index) => {
      const least = (part: readonly Sample[], read: (one: Sample) => number) => Math.min(...part.map(read));
      const early = own.slice(Math.floor(own.length / 3), Math.floor(own.length / 2));
      const late = own.slice(-Math.max(1, Math.floor(own.length / 6)));
      return [
        String(index + 1),
        least(early, ({ heapMb }) => heapMb),
        least(late, ({ heapMb }) => heapMb),
        growthAnHour(own, ({ heapMb }) => heapMb),
        least(early, ({ rssMb }) => rssMb),
        least(late, ({ rssMb }) => rssMb),
        least(early, ({ openFiles }) => openFiles),
        least(late, ({ openFiles }) => openFiles),
      ];
    }),
  );
  console.log(problems.length === 0 ? '\n  Everything holds.' : `\n  ${problems.join('\n  ')}`);
}
