import type { MetricSources } from '#server/telemetry/gauges.ts';
import { makeMetrics } from '#server/telemetry/metrics.ts';
import type { Observer } from '#server/telemetry/observed.ts';
import type { Telemetry } from '#server/telemetry/telemetry.ts';
import { aContext, type ContextWishes } from '../support/context.ts';
import { aGateway, anUpstream, sendJson } from '../support/servers.ts';
import { aChatStream, aCompletion, postChat } from '../support/wire.ts';

export const sources: MetricSources = {
  version: '9.9.9',
  process: true,
  health: () => [
    {
      target: 'openai/gpt-5',
      state: 'open',
      waitMs: 1_000,
      errorRate: 0.25,
      firstTokenMs: 10,
      tokensPerSecond: 50,
      lastCallAt: 1,
      lastError: 'timeout',
    },
  ],
  stores: async () => [
    { store: 'postgres', problem: null, stops: false },
    { store: 'redis', problem: 'Redis cannot be reached.', stops: false },
  ],
  clockAheadMs: () => 1_500,
  budgets: async () => [{ budget: 'search', used: 0.8 }],
  deployments: () => [{ alias: 'auto', policy: 'auto', version: 3 }],
};

/** Telemetry that tells one observer and counts what runs. */
export function telemetryOf(
  observer: Observer,
  metrics = makeMetrics({ ...sources, process: false }),
): Telemetry {
  return {
    begin: () => metrics.begin(),
    observe: (observed) => {
      metrics.observe(observed);
      observer.observe(observed);
    },
    text: () => metrics.text(),
    close: async () => undefined,
  };
}

const policy = {
  entry: 'first',
  nodes: {
    first: { kind: 'fallback', try: ['dear', 'cheap'], on: ['server_error', 'rate_limit'] },
    dear: { kind: 'model', target: 'openai/gpt-5' },
    cheap: { kind: 'model', target: 'openai/gpt-5-mini' },
  },
};

/** A gateway before an upstream whose `gpt-5` fails: what is asked of `auto` falls back to `gpt-5-mini`. */
export async function aFallingBackGateway(telemetry: Telemetry, wishes: ContextWishes = {}): Promise<string> {
  const upstream = await anUpstream((res, { body }) => {
    const { model, stream } = JSON.parse(body) as { model: string; stream?: boolean };
    if (model === 'gpt-5') return sendJson(res, 500, { error: { message: 'no', type: 'server_error' } });
    if (stream !== true) return sendJson(res, 200, aCompletion());
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.end(aChatStream('Hello'));
  });
  const context = aContext({
    policies: { auto: policy },
    upstreams: [{ id: 'openai', kind: 'openai', baseUrl: `${upstream.url}/v1` }],
    telemetry,
    ...wishes,
  });
  return aGateway(context);
}

/** The page of metrics after a few requests of every sort: served, streamed, fallen back, failed, refused. */
export async function aBusyHour(): Promise<string> {
  const metrics = makeMetrics(sources);
  const url = await aFallingBackGateway(telemetryOf({ observe: () => undefined }, metrics));
  await (await postChat(url)).text();
  await (await postChat(url, { stream: true })).text();
  await (await postChat(url, { model: 'openai/gpt-5' })).text();
  await (await postChat(url, { model: 'nothing-like-this' })).text();
  await (await postChat(url, { model: 'openai/made-here-without-a-price' })).text();
  return (await metrics.text()).body;
}
