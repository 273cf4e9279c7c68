import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, startChild } from './gateway/child.ts';
import { hasWrk, type Load, type LoadResult, loadByUndici, loadByWrk } from './gateway/load.ts';
import { secret, startWaybill } from './gateway/waybill.ts';
import { median, printTable } from './print-table.ts';

const rounds = 7;
const seconds = 2;
const connections = 64;

interface Variant {
  readonly name: string;
  readonly child: Child;
  readonly perCpuSecond: number[];
}

const limits = { rpm: 100_000_000, tpm: 1_000_000_000_000, concurrency: 100_000 };
const window = 'month';

/** What the bench's key is held to: budgets of all kinds at once, all three rates, a list of models. */
const governed = {
  teams: [{ id: 'bench', ...limits }],
  keys: [{ id: 'bench', team: 'bench', project: 'bench', tags: ['load'], secret, ...limits, models: ['*'] }],
  budgets: [
    { id: 'all', scope: { organisation: true }, usd: 9_000_000, window },
    { id: 'team', scope: { team: 'bench' }, usd: 9_000_000, window },
    { id: 'project', scope: { team: 'bench', project: 'bench' }, usd: 9_000_000, window },
    { id: 'key', scope: { key: 'bench' }, usd: 9_000_000, window: 'day', kind: 'rolling' },
    { id: 'tag', scope: { tag: 'load' }, usd: 9_000_000, window, enforcement: 'soft' },
  ],
};

/** The same among 10,000 keys and 1,000 budgets. */
const crowded = {
  ...governed,
  keys: [
    ...governed.keys,
    ...Array.from({ length: 9_999 }, (_, index) => ({
      id: `k${index}`,
      team: `t${index % 500}`,
      secret: `wb-crowd-0123456789-${index}`,
      rpm: 60,
    })),
  ],
  budgets: [
    ...governed.budgets,
    ...Array.from({ length: 995 }, (_, index) => ({
      id: `b${index}`,
      scope: index % 2 === 0 ? { team: `t${index % 500}` } : { key: `k${index}` },
      usd: 100,
      window,
    })),
  ],
};

/**
 * CPU a request with nothing to hold it to, with budgets, rates and scopes, and with those among ten thousand keys:
 * interleaved rounds, medians. The price book has no price for the bench's models, so they are given one.
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
    const upstream = await started(startChild('./upstream.ts'));
    const variants: Variant[] = [];
    for (const [name, settings] of [
      ['no limits (key check alone)', {}],
      ['5 budgets, 6 rates, models', governed],
      ['the same among 10,000 keys, 1,000 budgets', crowded],
    ] as const) {
      const own = mkdtempSync(join(folder, 'one-'));
      variants.push({
        name,
        child: await started(startWaybill(upstream.url, own, settings)),
        perCpuSecond: [],
      });
    }
    await measure(variants, folder);
    report(variants);
  } finally {
    await Promise.all(children.map((child) => child.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** 0.9 kB, as a support question with a system prompt is. No two questions are alike. */
const body = JSON.stringify({
  model: 'bench',
  messages: [
    { role: 'system', content: 'You answer questions of customers, briefly and kindly. '.repeat(8) },
    {
      role: 'user',
      content: `Order @@: ${'How do I change the address of an order that was sent? '.repeat(5)}`,
    },
  ],
  max_tokens: 500,
});
const headers = { 'content-type': 'application/json', authorization: `Bearer ${secret}` };

async function measure(variants: readonly Variant[], folder: string): Promise<void> {
  const wrk = await hasWrk();
  const generate = (load: Load): Promise<LoadResult> => (wrk ? loadByWrk(load, folder) : loadByUndici(load));
  console.log(`  ${body.length} B requests, ${connections} at a time, ${rounds} rounds of ${seconds} s`);
  for (let round = 0; round <= rounds; round += 1) {
    for (const { child, name, perCpuSecond } of variants) {
      const before = await child.cpuSeconds();
      const { requests, failures } = await generate({ url: child.url, headers, body, connections, seconds });
      const used = (await child.cpuSeconds()) - before;
      // The first round warms up.
      if (round === 0) continue;
      if (failures > 0)
        console.log(`  ${name}: ${failures} of ${requests} requests failed in round ${round}`);
      perCpuSecond.push((requests - failures) / used);
    }
  }
}

function report(variants: readonly Variant[]): void {
  const bare = median(variants[0]?.perCpuSecond ?? []);
  printTable(
    ['medians', 'requests/CPU s', 'CPU µs each', 'more CPU than without, %'],
    variants.map(({ name, perCpuSecond }) => {
      const own = median(perCpuSecond);
      return [name, own, 1e6 / own, 100 * (bare / own - 1)];
    }),
  );
  console.log('  Goal: at most 15 % more CPU, and no more among many keys and budgets.');
}
