import { aContext } from '../server/support/context.ts';
import { aGateway, anUpstream, sendEvents, sendJson } from '../server/support/servers.ts';
import { aChatStream, aCompletion } from '../server/support/wire.ts';

/** What an upstream does with a call. */
export type Answer = Parameters<typeof anUpstream>[0];

/** Two OpenAI-compatible upstreams behind a fallback: `first` answers as told, `second` well. */
export async function aFallback(first: Answer, node: object = {}, firstModel: object = {}) {
  const one = await anUpstream(first);
  const two = await anUpstream((res, seen) => {
    if (!seen.body.includes('"stream":true')) return sendJson(res, 200, aCompletion('from the second'));
    sendEvents(res, aChatStream('from the second'));
    res.end();
  });
  const nodes = {
    f: { kind: 'fallback', try: ['a', 'b'], ...node },
    a: { kind: 'model', target: 'one/gpt', ...firstModel },
    b: { kind: 'model', target: 'two/gpt' },
  };
  const context = aContext({
    policies: { auto: { entry: 'f', nodes } },
    upstreams: [
      { id: 'one', kind: 'openai-compatible', baseUrl: one.url },
      { id: 'two', kind: 'openai-compatible', baseUrl: two.url },
    ],
  });
  return { one, two, context, url: await aGateway(context) };
}

/** One upstream of a kind, named by its target. */
export async function aDirect(answer: Answer, kind: 'openai' | 'anthropic' = 'openai', model: object = {}) {
  const upstream = await anUpstream(answer);
  const m = { kind: 'model', target: `${kind}/m`, ...model };
  const context = aContext({
    policies: { auto: { entry: 'm', nodes: { m } } },
    upstreams: [{ id: kind, kind, baseUrl: upstream.url }],
  });
  return { upstream, context, url: await aGateway(context) };
}
