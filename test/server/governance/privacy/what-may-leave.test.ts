import { describe, expect, it } from 'vitest';
import { ask, clients } from '../../../faults/clients.ts';
import { testSecret } from '../../support/fakes.ts';
import { listen, sendJson } from '../../support/servers.ts';
import { aGovernedGateway } from '../a-governed-gateway.ts';

const kept = { kind: 'model', target: 'openai/gpt-5-mini' };
const unknown = { kind: 'model', target: 'other/small' };
const labels = { refund: 'money back', hours: 'opening hours' };
const examples = {
  refund: ['money back please', 'refund me'],
  hours: ['when are you open', 'opening hours'],
};

function chosenBy(classifier: object) {
  return {
    entry: 'what',
    classifiers: { topic: classifier },
    nodes: {
      what: {
        kind: 'classifier',
        classifier: 'topic',
        ports: { refund: 'a' },
        otherwise: 'b',
        confidence: 0.5,
      },
      a: kept,
      b: unknown,
    },
  };
}

function aCascade(first: string, second: string, accept: object) {
  return Object.fromEntries(
    Object.entries({ kind: 'cascade', first, next: second, accept }).map(([key, value]) => [
      key === 'next' ? 'then' : key,
      value,
    ]),
  );
}

/** Everything in a policy that may send something of a request away. */
const ways: Readonly<Record<string, (url: string) => { readonly entry: string; readonly nodes: object }>> = {
  'a model': () => ({ entry: 'a', nodes: { a: kept } }),
  'a model of which nothing is known': () => ({ entry: 'b', nodes: { b: unknown } }),
  'every rung of a fallback': () => ({
    entry: 'all',
    nodes: { all: { kind: 'fallback', try: ['a', 'b'] }, a: kept, b: unknown },
  }),
  'a pool': () => ({
    entry: 'p',
    nodes: { p: { kind: 'pool', candidates: ['openai/gpt-5*', 'other/*'], require: [], objective: 'cost' } },
  }),
  'a cascade': () => ({
    entry: 'c',
    nodes: {
      c: aCascade('a', 'b', { min_characters: 5 }),
      a: kept,
      b: unknown,
    },
  }),
  'a judge that labels': () => chosenBy({ kind: 'judge', target: 'openai/gpt-5', prompt: 'Which?', labels }),
  'embeddings of the message': () =>
    chosenBy({ kind: 'examples', labels: examples, embeddings: 'openai/text-embedding-3-small' }),
  'an endpoint that labels': (url) => chosenBy({ kind: 'http', url, labels: ['refund', 'hours'] }),
};
const held = [
  ['zero retention', { retention: 'zero' }],
  ['one region', { regions: ['eu'] }],
] as const;
const cases = Object.keys(ways).flatMap((way) => held.map(([name, key]) => [name, way, key] as const));

describe('a key that is held to', () => {
  it.each(cases)('%s sends nothing to %s, in any dialect, streamed or not', async (_, way, key) => {
    const asked: string[] = [];
    const endpoint = await listen((req, res) => {
      asked.push(req.url ?? '');
      sendJson(res, 200, { label: 'refund' });
    });
    const graph = ways[way]?.(endpoint);
    if (graph === undefined) throw new Error(way);
    const { url, upstream, log } = await aGovernedGateway({
      policies: { auto: graph },
      key,
      provider: { retention: 'retains', region: 'us' },
    });
    for (const client of Object.values(clients))
      for (const stream of client.hear === undefined ? [false] : [false, true]) {
        const answer = await ask(url, client, stream);
        const text = await answer.text();
        expect([text, answer.status >= 400]).toEqual([text, true]);
      }
    expect([upstream.seen.map((seen) => seen.url), asked]).toEqual([[], []]);
    for (const record of log.records) expect(['refused', 'failed']).toContain(record['outcome.status']);
    expect(log.records.length).toBeGreaterThan(10);
  });

  it.each(held)('%s has its answers judged by nobody who may keep them', async (_, key) => {
    const judge = { target: 'openai/gpt-5', question: 'Is it good?', at_least: 0.5 };
    const { url, upstream, log } = await aGovernedGateway({
      policies: {
        auto: {
          entry: 'c',
          nodes: { c: aCascade('b', 'a', { judge }), a: kept, b: unknown },
        },
      },
      key,
      provider: { retention: 'retains', region: 'us' },
      other: { retention: 'zero', region: 'eu' },
    });
    for (const name of ['openai-chat', 'anthropic-messages', 'openai-responses'] as const)
      for (const stream of [false, true]) {
        const answer = await ask(url, clients[name], stream);
        await answer.text();
        expect(answer.headers.get('x-waybill-target') ?? 'other/small').toBe('other/small');
      }
    expect(new Set(upstream.seen.map(({ body }) => JSON.parse(body).model))).toEqual(new Set(['small']));
    expect(log.records[0]?.['outcome.notes']).toContain('accept_judge_silent');
  });

  it.each(held)('%s has its tokens estimated here, and names no model that may keep', async (_, key) => {
    const { url, upstream } = await aGovernedGateway({
      policies: { auto: { entry: 'a', nodes: { a: kept } } },
      key,
      provider: { retention: 'retains', region: 'us' },
    });
    const post = (path: string, body: object) =>
      fetch(url + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${testSecret}` },
        body: JSON.stringify(body),
      });
    const messages = [{ role: 'user', content: 'Hello' }];
    for (const model of ['auto', 'openai/gpt-5-mini']) {
      const counts = [
        await post('/v1/messages/count_tokens', { model, messages }),
        await post('/v1/responses/input_tokens', { model, input: 'Hello' }),
        await post(`/v1beta/models/${model}:countTokens`, {
          contents: [{ role: 'user', parts: [{ text: 'Hello' }] }],
        }),
      ];
      for (const count of counts)
        expect([count.status, count.headers.get('x-waybill-estimated')]).toEqual([200, 'true']);
    }
    expect((await post('/v1/chat/completions', { model: 'openai/gpt-5-mini', messages })).status).toBe(403);
    expect(
      (await post('/v1/embeddings', { model: 'openai/text-embedding-3-small', input: 'Hello' })).status,
    ).toBe(403);
    expect(upstream.seen).toEqual([]);
  });
});
