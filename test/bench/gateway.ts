import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, startChild } from './gateway/child.ts';
import { hasWrk, type Load, type LoadResult, loadByUndici, loadByWrk } from './gateway/load.ts';
import { portkeyHeaders, startPortkey } from './gateway/portkey.ts';
import { secret, startWaybill } from './gateway/waybill.ts';
import { median, printTable } from './print-table.ts';

const rounds = 5;
const seconds = 3;
const connections = 64;

interface Variant {
  readonly name: string;
  readonly child: Child;
  readonly headers: Readonly<Record<string, string>>;
  readonly perCpuSecond: number[];
  readonly perSecond: number[];
}

/**
 * Requests a CPU second of the gateway process (all its threads) against a bare proxy and against Portkey: interleaved
 * rounds, medians. CPU time is what stays the same on a machine that others use too; requests a second stand beside it.
 */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-bench-'));
  const children: Child[] = [];
  const started = async (child: Promise<Child | undefined>) => {
    const one = await child;
    if (one !== undefined) children.push(one);
    return one;
  };
  try {
    const upstream = await started(startChild('./upstream.ts'));
    const url = upstream?.url ?? '';
    const bare = await started(startChild('./bare-proxy.ts', [url]));
    const waybill = await started(startWaybill(url, folder));
    const portkey = await started(startPortkey());
    const authorization = { authorization: `Bearer ${secret}` };
    const variants = [
      aVariant('bare proxy (node:http, undici dispatch)', bare, {}),
      aVariant('waybill (key, 12 nodes, fallback, log)', waybill, authorization),
      aVariant('portkey 1.15.2 (condition, fallback)', portkey, { ...authorization, ...portkeyHeaders(url) }),
    ].filter((one) => one !== undefined);
    await measure(variants, folder);
    report(variants);
  } finally {
    await Promise.all(children.map((child) => child.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

function aVariant(name: string, child: Child | undefined, headers: Variant['headers']): Variant | undefined {
  if (child === undefined) return undefined;
  const all = { 'content-type': 'application/json', ...headers };
  return { name, child, headers: all, perCpuSecond: [], perSecond: [] };
}

/** 0.9 kB, as a support question with a system prompt is. No two questions are alike. */
const body = JSON.stringify({
  model: 'bench',
  messages: [
    { role: 'system', content: 'You answer questions of customers, briefly and kindly. '.repeat(8) },
    {
      role: 'user',
      content: `Order @@: ${'How do I change the address of an order that was sent already? '.repeat(5)}`,
    },
  ],
  max_tokens: 500,
  temperature: 0.2,
});

async function measure(variants: readonly Variant[], folder: string): Promise<void> {
  const wrk = await hasWrk();
  const generate = (load: Load): Promise<LoadResult> => (wrk ? loadByWrk(load, folder) : loadByUndici(load));
  const generator = wrk ? 'wrk' : 'undici, for want of wrk';
  console.log(
    `  ${body.length} B requests, ${connections} at a time, ${rounds} rounds of ${seconds} s, load by ${generator}`,
  );
  for (let round = 0; round <= rounds; round += 1) {
    for (const { child, headers, perCpuSecond, perSecond, name } of variants) {
      const before = await child.cpuSeconds();
      const load = { url: child.url, headers, body, connections, seconds };
      const { requests, failures, perSecond: rate } = await generate(load);
      const used = (await child.cpuSeconds()) - before;
      // The first round warms up: Portkey's first seconds time some requests out.
      if (round === 0) continue;
      if (failures > 0)
        console.log(`  ${name}: ${failures} of ${requests} requests failed in round ${round}`);
      perCpuSecond.push((requests - failures) / used);
      perSecond.push(rate);
    }
  }
}

function report(variants: readonly Variant[]): void {
  const bare = median(variants[0]?.perCpuSecond ?? []);
  printTable(
    ['medians', 'requests/CPU s', 'CPU µs each', 'requests/s', 'of the bare proxy'],
    variants.map(({ name, perCpuSecond, perSecond }) => {
      const own = median(perCpuSecond);
      return [name, own, 1e6 / own, median(perSecond), own / bare];
    }),
  );
  const [, waybill, portkey] = variants.map(({ perCpuSecond }) => median(perCpuSecond));
  if (waybill !== undefined && portkey !== undefined) {
    console.log(
      `\n  Waybill does ${(waybill / portkey).toFixed(1)} times as many requests a CPU second as Portkey.`,
    );
  }
  console.log('  Goals: two thirds of the bare proxy, ten times Portkey.');
}
