import { describe, expect, it } from 'vitest';
import { aContext } from '../support/context.ts';
import { aGateway, anUpstream, listen, sendJson } from '../support/servers.ts';
import { aCompletion, postChat } from '../support/wire.ts';

const models = {
  cheap: { kind: 'model', target: 'openai/gpt-5-mini' },
  strong: { kind: 'model', target: 'openai/gpt-5' },
} as const;

/** A policy that sends refunds to the strong model, as its own classifier sees them. */
function aPolicy(classifier: object, confidence = 0.5) {
  return {
    entry: 'what',
    classifiers: { topic: classifier },
    nodes: {
      what: {
        kind: 'classifier',
        classifier: 'topic',
        ports: { refund: 'strong' },
        otherwise: 'cheap',
        confidence,
      },
      ...models,
    },
  };
}

const ask = (url: string, content: string) =>
  postChat(url, { model: 'p', messages: [{ role: 'user', content }] });

async function aSetup(
  classifier: object,
  answer: (body: {
    readonly model: string;
    readonly messages?: readonly { readonly content: string }[];
    readonly input?: readonly string[];
  }) => object,
) {
  const upstream = await anUpstream((res, { body }) => sendJson(res, 200, answer(JSON.parse(body))));
  const context = aContext({
    policies: { p: aPolicy(classifier) },
    upstreams: [{ id: 'openai', kind: 'openai', baseUrl: upstream.url }],
  });
  return { context, upstream, url: await aGateway(context) };
}

describe('a policy’s own classifier', () => {
  it('goes by rules: words and conditions', async () => {
    const rules = {
      kind: 'rules',
      rules: [
        { label: 'refund', keywords: ['money back'] },
        { label: 'refund', when: 'request.input_tokens > 1000' },
      ],
    };
    const { url, context } = await aSetup(rules, () => aCompletion());
    const says = async (text: string) => (await ask(url, text)).headers.get('x-waybill-path');
    expect(await says('I want my MONEY-BACK now')).toBe('what:refund>strong');
    expect(await says('moneyback?')).toBe('what:otherwise>cheap');
    expect(await says('word '.repeat(2_000))).toBe('what:refund>strong');
    expect(context.log.records[0]).toMatchObject({
      'classifiers.label': { topic: 'refund' },
      'classifiers.confidence': { topic: 1 },
    });
  });

  it('goes by examples, offline, and leaves what is like none of them to “otherwise”', async () => {
    const examples = {
      kind: 'examples',
      labels: {
        refund: ['I want my money back', 'please refund the payment', 'how do I get a refund', 'refund me'],
        hours: [
          'when are you open',
          'opening hours please',
          'are you open on sunday',
          'what time do you close',
        ],
      },
    };
    const { url, upstream } = await aSetup(examples, () => aCompletion());
    const path = async (text: string) => (await ask(url, text)).headers.get('x-waybill-path');
    expect(await path('can I get a refund for this payment')).toBe('what:refund>strong');
    expect(await path('what time are you open on monday')).toBe('what:otherwise>cheap');
    expect(await path('def f(x): return x ** 2')).toBe('what:otherwise>cheap');
    expect(upstream.seen).toHaveLength(3);
  });

  it('asks a model as a judge, bills it to the request, and asks the same only once', async () => {
    const judge = {
      kind: 'judge',
      target: 'openai/gpt-5-nano',
      prompt: 'Is it about a refund?',
      labels: { refund: 'wants money back', other: 'anything else' },
      deadline_ms: 5_000,
    };
    const { url, upstream, context } = await aSetup(judge, ({ model }) =>
      model === 'gpt-5-nano' ? aCompletion('{"label":"refund","confidence":0.9}') : aCompletion('Done.'),
    );
    const first = await ask(url, 'I was charged twice and want it undone');
    expect(first.headers.get('x-waybill-path')).toBe('what:refund>strong');
    const record = await context.log.next();
    const attempts = JSON.parse(record['outcome.attempts']);
    expect(attempts).toMatchObject([{ target: 'openai/gpt-5-nano' }, { target: 'openai/gpt-5' }]);
    expect(record['cost.nano_usd']).toBe(attempts[0].cost_nano_usd + attempts[1].cost_nano_usd);
    expect(attempts[0].cost_nano_usd).toBeGreaterThan(0);
    await ask(url, 'I was charged twice and want it undone');
    expect(upstream.seen.filter(({ body }) => body.includes('gpt-5-nano'))).toHaveLength(1);
  });

  it('abstains when the judge says nothing usable', async () => {
    const judge = {
      kind: 'judge',
      target: 'openai/gpt-5-nano',
      prompt: 'x',
      labels: { refund: 'y', other: 'z' },
      deadline_ms: 5_000,
    };
    const { url } = await aSetup(judge, () => aCompletion('I cannot say.'));
    expect((await ask(url, 'hello')).headers.get('x-waybill-path')).toBe('what:otherwise>cheap');
  });

  it('asks an HTTP endpoint, which sees the text and nothing else', async () => {
    const seen: string[] = [];
    const endpoint = await listen((req, res) => {
      req.on('data', (chunk) => seen.push(String(chunk)));
      req.on('end', () => sendJson(res, 200, { label: 'refund', confidence: 0.8 }));
    });
    const { url } = await aSetup({ kind: 'http', url: endpoint, labels: ['refund', 'other'] }, () =>
      aCompletion(),
    );
    expect((await ask(url, 'hello')).headers.get('x-waybill-path')).toBe('what:refund>strong');
    expect(seen).toEqual(['{"text":"hello"}']);
  });

  it('learns from a provider’s embeddings of its examples', async () => {
    const examples = {
      kind: 'examples',
      embeddings: 'openai/text-embedding-3-small',
      labels: { refund: ['a', 'b'], other: ['c', 'd'] },
    };
    const vectors: Readonly<Record<string, readonly number[]>> = {
      a: [1, 0],
      b: [0.9, 0.1],
      c: [0, 1],
      d: [0.1, 0.9],
    };
    const { url, upstream } = await aSetup(examples, ({ input }) =>
      input === undefined
        ? aCompletion()
        : {
            object: 'list',
            model: 'text-embedding-3-small',
            data: input.map((text, index) => ({
              object: 'embedding',
              index,
              embedding: vectors[text] ?? [0.95, 0.05],
            })),
            usage: { prompt_tokens: 4, total_tokens: 4 },
          },
    );
    expect((await ask(url, 'give it back')).headers.get('x-waybill-path')).toBe('what:refund>strong');
    expect(upstream.seen.map((one) => one.url)).toEqual(['/embeddings', '/embeddings', '/chat/completions']);
  });

  it('is not waited for when it does not answer', async () => {
    const endpoint = await listen(() => undefined);
    const slow = { kind: 'http', url: endpoint, labels: ['refund', 'other'], deadline_ms: 30 };
    const { url } = await aSetup(slow, () => aCompletion());
    expect((await ask(url, 'hello')).headers.get('x-waybill-path')).toBe('what:otherwise>cheap');
  });
});
