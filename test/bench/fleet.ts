import { startEmbedded, startFleet } from '../fleet/support/a-fleet.ts';
import { aModelServer } from '../fleet/support/a-model-server.ts';
import { api, ask } from '../fleet/support/calls.ts';
import { median, printTable } from './print-table.ts';

const secret = 'wb-bench-fleet-0123456789';
const publishes = 60;
const rounds = 5;
const roundMs = 3_000;
const clients = 32;

/**
 * Four gateways on PostgreSQL and Redis: how long a publish takes to the last of them, one of them against an embedded one in
 * requests a second (both held to a budget, by turns within one run), and memory over the rounds.
 */
export async function run(): Promise<void> {
  const models = await aModelServer(0);
  const config = {
    providers: [
      {
        id: 'local',
        kind: 'openai-compatible',
        base_url: models.url,
        api_key: 'none',
        models: [{ id: 'one', price_usd_per_million: { input: 1, output: 1 } }],
      },
    ],
    teams: [{ id: 'bench', budget: { usd: 9_000_000, window: 'month' } }],
    keys: [{ id: 'bench', team: 'bench', secret }],
  };
  const fleet = await startFleet(4, { config });
  const embedded = await startEmbedded({ config });
  try {
    const urls = fleet.gateways.map(({ url }) => url);
    await publishing(urls);
    await throughput([
      { name: 'embedded', url: embedded.url },
      { name: 'PostgreSQL and Redis', url: urls[0] ?? '' },
    ]);
  } finally {
    await Promise.all([fleet.close(), embedded.close(), models.close()]);
  }
}

async function publishing(urls: readonly string[]): Promise<void> {
  const [first = ''] = urls;
  await api(first, 'POST', '/policies', { name: 'Bench', id: 'bench' });
  const { policy, revision: start } = await api(first, 'GET', '/policies/bench');
  const took: number[] = [];
  let revision = start;
  for (let version = 1; version <= publishes; version += 1) {
    const cap = { kind: 'limit', unit: 'requests', window: 'month', within: 'only', over: 'no' };
    const nodes = {
      cap: { ...cap, amount: 1_000_000 + version },
      only: { kind: 'model', target: 'local/one' },
      no: { kind: 'refuse', status: 429, code: 'over', message: 'Over.' },
    };
    const saved = await api(first, 'PUT', '/policies/bench', {
      policy: { ...policy, entry: 'cap', nodes },
      revision,
    });
    revision = saved.revision;
    const before = performance.now();
    await api(first, 'POST', '/policies/bench/publish', { revision, note: 'Bench.' });
    await Promise.all(urls.map((url) => served(url, String(version))));
    took.push(performance.now() - before);
  }
  const sorted = took.toSorted((left, right) => left - right);
  console.log(
    `  ${publishes} publishes, from the call to an answer of the last of ${urls.length} gateways under the new version: median ${median(took).toFixed(0)} ms, p99 ${sorted.at(-1)?.toFixed(0)} ms (the longest)\n`,
  );
}

async function served(url: string, version: string): Promise<void> {
  for (;;) {
    const answer = await ask(url, secret, { model: 'policy/bench', max_tokens: 1 });
    if (answer.version === version) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function throughput(
  variants: readonly { readonly name: string; readonly url: string }[],
): Promise<void> {
  const measured = variants.map((variant) => ({
    ...variant,
    perSecond: [] as number[],
    heap: [] as number[],
  }));
  for (const one of measured) await load(one.url);
  for (let round = 0; round < rounds; round += 1) {
    for (const one of measured) {
      one.heap.push(await heapOf(one.url));
      one.perSecond.push(await load(one.url));
    }
  }
  const base = median(measured[0]?.perSecond ?? []);
  printTable(
    ['', 'requests/s', 'to embedded', 'heap before, MB', 'heap after, MB'],
    measured.map(({ name, perSecond, heap }) => [
      name,
      median(perSecond),
      `${(median(perSecond) / base).toFixed(2)}`,
      heap[0] ?? 0,
      heap.at(-1) ?? 0,
    ]),
  );
}

async function load(url: string): Promise<number> {
  const until = performance.now() + roundMs;
  let answered = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < until)
        if ((await ask(url, secret, { model: 'local/one', max_tokens: 1 })).status === 200) answered += 1;
    }),
  );
  return (answered / roundMs) * 1_000;
}

/** What the process says of itself, MB. */
async function heapOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^nodejs_heap_size_used_bytes\S* (\S+)$/m.exec(text)?.[1] ?? Number.NaN) / 1e6;
}
