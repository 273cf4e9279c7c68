import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { aContext } from '../server/support/context.ts';
import { testSecret } from '../server/support/fakes.ts';
import { aGateway, anUpstream, type FakeUpstream, sendEvents, sendJson } from '../server/support/servers.ts';
import {
  aChatStream,
  aCompletion,
  blockStart,
  chunk,
  messageEvent,
  messageStart,
  postChat,
  postMessage,
  roleChunk,
  textDelta,
} from '../server/support/wire.ts';

type Answer = Parameters<typeof anUpstream>[0];

/** Two OpenAI-compatible upstreams behind a fallback: `first` answers as told, `second` well. */
async function aFallback(first: Answer, node: object = {}, firstModel: object = {}) {
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
async function aDirect(answer: Answer, kind: 'openai' | 'anthropic' = 'openai', model: object = {}) {
  const upstream = await anUpstream(answer);
  const m = { kind: 'model', target: `${kind}/m`, ...model };
  const context = aContext({
    policies: { auto: { entry: 'm', nodes: { m } } },
    upstreams: [{ id: kind, kind, baseUrl: upstream.url }],
  });
  return { upstream, context, url: await aGateway(context) };
}

const failures: readonly (readonly [string, string, Answer])[] = [
  ['a 429', 'rate_limit', (res) => sendJson(res, 429, { error: { message: 'slow down' } })],
  ['a 500', 'server_error', (res) => sendJson(res, 500, { error: { message: 'oops' } })],
  ['a 504', 'timeout', (res) => sendJson(res, 504, {})],
  [
    'a 200 with an error inside',
    'server_error',
    (res) => sendJson(res, 200, { error: { type: 'server_error' } }),
  ],
  ['a page of HTML', 'server_error', (res) => void res.end('<html>')],
  ['a connection that is cut', 'network', (res) => void res.destroy()],
];
const streamFailures: typeof failures = [
  ...failures,
  [
    'an error as the first event',
    'rate_limit',
    (res) => {
      sendEvents(res, `${roleChunk}data: {"error":{"code":"insufficient_quota","message":"no money"}}\n\n`);
      res.end();
    },
  ],
  [
    'a stream that ends before its content',
    'network',
    (res) => {
      sendEvents(res, roleChunk);
      res.end();
    },
  ],
  [
    'a stream that is cut before its content',
    'network',
    (res) => {
      sendEvents(res, `${roleChunk}data: {"cho`);
      res.socket?.end();
    },
  ],
];

describe('a fallback', () => {
  it.each(failures)('answers from the next target after %s', async (_name, error, first) => {
    const { url, context } = await aFallback(first);
    const response = await postChat(url);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(aCompletion('from the second'));
    expect(response.headers.get('x-waybill-attempts')).toBe('2');
    expect(response.headers.get('x-waybill-target')).toBe('two/gpt');
    const record = await context.log.next();
    expect(record).toMatchObject({ 'outcome.status': 'served', 'outcome.target': 'two/gpt' });
    expect(JSON.parse(record['outcome.attempts'])).toMatchObject([
      { target: 'one/gpt', outcome: error },
      { target: 'two/gpt', outcome: 'served', status: 200 },
    ]);
  });

  it.each(streamFailures)(
    'streams from the next target, and nothing of the first, after %s',
    async (_n, error, first) => {
      const { url, context } = await aFallback(first);
      const response = await postChat(url, { stream: true });
      const text = await response.text();
      expect(text).toBe(aChatStream('from the second').replace(/data: \{[^\n]*"usage"[^\n]*\n\n/, ''));
      const record = await context.log.next();
      expect(record['outcome.status']).toBe('served');
      expect(JSON.parse(record['outcome.attempts'])[0]).toMatchObject({ target: 'one/gpt', outcome: error });
    },
  );

  it('moves on from a target that is silent past its deadline', async () => {
    const silent: Answer = () => {};
    const { url } = await aFallback(silent, {}, { deadlines: { first_token_ms: 20 } });
    expect((await postChat(url, { stream: true })).headers.get('x-waybill-target')).toBe('two/gpt');
    expect((await postChat(url)).headers.get('x-waybill-target')).toBe('two/gpt');
  });

  it('moves on from a stream that says nothing but that it has begun', async () => {
    const begun: Answer = (res) => sendEvents(res, roleChunk);
    const { url } = await aFallback(begun, {}, { deadlines: { first_token_ms: 20 } });
    expect(await (await postChat(url, { stream: true })).text()).toContain('from the second');
  });

  it('does not move on from a failure that it does not list', async () => {
    const { url, two } = await aFallback((res) => sendJson(res, 400, { error: { message: 'bad' } }));
    const response = await postChat(url);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: { message: 'bad' } });
    expect(two.seen).toEqual([]);
  });

  it('tries nothing more once its own deadline has passed', async () => {
    const { url, two, context } = await aFallback(() => {}, { deadline_ms: 30 });
    const response = await postChat(url);
    expect(response.status).toBe(504);
    expect(two.seen).toEqual([]);
    expect(await context.log.next()).toMatchObject({
      'outcome.status': 'failed',
      'outcome.error': 'timeout',
    });
  });

  it('moves past a target that nobody serves and one that answers in no dialect', async () => {
    const two = await anUpstream((res) => sendJson(res, 200, aCompletion('from the second')));
    const nodes = {
      f: { kind: 'fallback', try: ['a', 'b', 'c'] },
      a: { kind: 'model', target: 'nobody/gpt' },
      b: { kind: 'model', target: 'anthropic/claude-opus-5' },
      c: { kind: 'model', target: 'two/gpt' },
    };
    const context = aContext({
      policies: { auto: { entry: 'f', nodes } },
      upstreams: [
        { id: 'anthropic', kind: 'anthropic', baseUrl: two.url },
        { id: 'two', kind: 'openai-compatible', baseUrl: two.url },
      ],
    });
    const response = await postChat(await aGateway(context));
    expect(response.headers.get('x-waybill-attempts')).toBe('3');
    const attempts = JSON.parse((await context.log.next())['outcome.attempts']);
    expect(attempts.map((one: { outcome: string }) => one.outcome)).toEqual([
      'unavailable',
      'server_error',
      'served',
    ]);
  });
});

describe('when every target fails', () => {
  it('the client reads the last upstream’s status and words, with its retry-after', async () => {
    const answer = {
      error: { message: 'slow down', type: 'tokens', param: null, code: 'rate_limit_exceeded' },
    };
    const { url, context } = await aDirect((res) => sendJson(res, 429, answer, { 'retry-after': '7' }));
    const response = await postChat(url);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toEqual(answer);
    expect(await context.log.next()).toMatchObject({
      'outcome.status': 'failed',
      'outcome.error': 'rate_limit',
      'outcome.http_status': 429,
      'cost.nano_usd': 0,
    });
  });

  it('Anthropic’s overload comes through as it is', async () => {
    const overloaded = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
    const { url, context } = await aDirect((res) => sendJson(res, 529, overloaded), 'anthropic');
    const response = await postMessage(url);
    expect([response.status, await response.json()]).toEqual([529, overloaded]);
    expect((await context.log.next())['outcome.error']).toBe('server_error');
  });

  it('a target that cannot be reached is a 502 that names it', async () => {
    const context = aContext({
      upstreams: [{ id: 'openai', kind: 'openai', baseUrl: 'http://127.0.0.1:1' }],
    });
    const response = await postChat(await aGateway(context), { model: 'openai/gpt-5-mini' });
    expect(response.status).toBe(502);
    const { error } = (await response.json()) as { error: { message: string; code: string } };
    expect(error.code).toBe('network');
    expect(error.message).toContain('openai/gpt-5-mini failed (network)');
  });

  it('an answer that is none of its dialect is a 502 that says so', async () => {
    const { url } = await aDirect((res) => sendJson(res, 200, {}), 'anthropic');
    const response = await postChat(url);
    expect(response.status).toBe(502);
    expect(await response.text()).toContain('no answer of its API');
  });

  it('credentials that the upstream refuses are Waybill’s fault, not the client’s, and stay unseen', async () => {
    const { url, context } = await aDirect((res) =>
      sendJson(res, 401, { error: { message: 'Incorrect API key provided: sk-up…eam' } }),
    );
    const response = await postChat(url);
    expect(response.status).toBe(502);
    expect(await response.text()).not.toContain('sk-up');
    expect((await context.log.next())['outcome.error']).toBe('auth');
  });
});

describe('a stream that breaks after its first content', () => {
  const breaks: readonly (readonly [string, string, (upstream: Parameters<Answer>[0]) => void])[] = [
    ['the upstream ends it', 'network', (res) => void res.end()],
    ['the connection is cut', 'network', (res) => void res.socket?.end()],
    ['the upstream falls silent', 'timeout', () => {}],
  ];

  it.each(breaks)(
    'ends in OpenAI’s error event when %s, without a made-up finish',
    async (_name, error, end) => {
      const { url, context } = await aDirect(
        (res) => {
          sendEvents(res, `${roleChunk}${chunk({ content: 'Hel' })}data: {"half":`);
          end(res);
        },
        'openai',
        { deadlines: { idle_ms: 30 } },
      );
      const response = await postChat(url, { stream: true });
      const text = await response.text();
      const [opening, last = ''] = text.split(chunk({ content: 'Hel' }));
      expect(opening).toBe(roleChunk);
      expect(last).toMatch(/^data: \{"error":\{"message":"The answer of openai\/m broke off/);
      expect(text).not.toContain('[DONE]');
      expect(text).not.toContain('half');
      const record = await context.log.next();
      expect(record).toMatchObject({
        'outcome.status': 'failed',
        'outcome.error': error,
        'outcome.http_status': 200,
        'usage.source': 'estimated',
        'usage.output_tokens': 1,
      });
    },
  );

  it('makes the official OpenAI client throw', async () => {
    const { url } = await aDirect((res) => {
      sendEvents(res, roleChunk + chunk({ content: 'Hel' }));
      res.end();
    });
    const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: testSecret, maxRetries: 0 });
    const run = async () => {
      const stream = await openai.chat.completions.create({
        model: 'auto',
        stream: true,
        messages: [{ role: 'user', content: 'Hi' }],
      });
      for await (const _ of stream);
    };
    await expect(run()).rejects.toThrow(/broke off/);
  });

  it('makes the official Anthropic client throw', async () => {
    const { url, context } = await aDirect((res) => {
      sendEvents(res, messageStart + blockStart + textDelta('Hel'));
      res.end();
    }, 'anthropic');
    const anthropic = new Anthropic({ baseURL: url, apiKey: testSecret, maxRetries: 0 });
    const run = () =>
      anthropic.messages
        .stream({ model: 'auto', max_tokens: 50, messages: [{ role: 'user', content: 'Hi' }] })
        .finalMessage();
    await expect(run()).rejects.toThrow(/broke off/);
    expect(await context.log.next()).toMatchObject({
      'outcome.status': 'failed',
      'usage.input_tokens': 100,
      'usage.source': 'estimated',
    });
  });

  it('passes on the upstream’s own error event and adds none', async () => {
    const error = messageEvent('error', { error: { type: 'overloaded_error', message: 'Overloaded' } });
    const bytes = messageStart + blockStart + textDelta('Hel') + error;
    const { url } = await aDirect((res) => sendEvents(res, bytes), 'anthropic');
    expect(await (await postMessage(url, { stream: true })).text()).toBe(bytes);
  });
});

describe('a client that leaves', () => {
  /** Resolves when the upstream sees its connection close. */
  function seeingClose(answer: (res: Parameters<Answer>[0]) => void) {
    let closed = () => {};
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const listener: Answer = (res) => {
      res.on('close', closed);
      answer(res);
    };
    return { listener, isClosed };
  }

  /** Aborts once the upstream has the request. */
  async function leave(upstream: FakeUpstream, going: Promise<unknown>, controller: AbortController) {
    while (upstream.seen.length === 0) await new Promise(setImmediate);
    controller.abort();
    await expect(going).rejects.toThrow();
  }

  it('cancels the upstream at once while a plain answer is awaited', async () => {
    const { listener, isClosed } = seeingClose(() => {});
    const { url, upstream, context } = await aDirect(listener);
    const controller = new AbortController();
    await leave(upstream, postChat(url, {}, { signal: controller.signal }), controller);
    await isClosed;
    expect(await context.log.next()).toMatchObject({
      'outcome.status': 'abandoned',
      'outcome.http_status': 499,
      'usage.source': 'estimated',
      'usage.output_tokens': 0,
    });
  });

  it('cancels the upstream in the middle of a stream, and records what came through', async () => {
    const { listener, isClosed } = seeingClose((res) =>
      sendEvents(res, roleChunk + chunk({ content: 'x'.repeat(40) })),
    );
    const { url, context } = await aDirect(listener);
    const controller = new AbortController();
    const response = await postChat(url, { stream: true }, { signal: controller.signal });
    await response.body?.getReader().read();
    controller.abort();
    await isClosed;
    const record = await context.log.next();
    expect(record).toMatchObject({
      'outcome.status': 'abandoned',
      'outcome.http_status': 499,
      'usage.source': 'estimated',
      'usage.output_tokens': 10,
    });
    expect(record['latency.first_token_ms']).toBeGreaterThan(0);
  });

  it('is not followed by another attempt', async () => {
    const { listener, isClosed } = seeingClose(() => {});
    const { url, one, two, context } = await aFallback(listener);
    const controller = new AbortController();
    await leave(one, postChat(url, { stream: true }, { signal: controller.signal }), controller);
    await isClosed;
    expect((await context.log.next())['outcome.status']).toBe('abandoned');
    expect(two.seen).toEqual([]);
  });
});

describe('failures that the sandbox has by name', () => {
  it.each([
    ['sandbox/error-429', 429],
    ['sandbox/error-500', 500],
    ['sandbox/error-400', 400],
    ['sandbox/error-network', 502],
    ['sandbox/error-in-stream', 502],
  ])('%s gives a stream’s client %d', async (model, status) => {
    const context = aContext();
    const response = await postChat(await aGateway(context), { model, stream: true });
    expect(response.status).toBe(status);
    expect(response.headers.get('x-waybill-sandbox')).toBe('true');
    expect(await context.log.next()).toMatchObject({ 'outcome.status': 'failed', sandbox: true });
  });

  it('sandbox/broken-stream ends in an error event', async () => {
    const context = aContext();
    const response = await postChat(await aGateway(context), {
      model: 'sandbox/broken-stream',
      stream: true,
    });
    const text = await response.text();
    expect(text).toContain('This is a simula');
    expect(text).toContain('broke off');
    expect(text).not.toContain('[DONE]');
  });

  it('sandbox/silent runs into the deadline', async () => {
    const m = { kind: 'model', target: 'sandbox/silent', deadlines: { first_token_ms: 20 } };
    const context = aContext({ policies: { auto: { entry: 'm', nodes: { m } } } });
    const response = await postChat(await aGateway(context), { stream: true });
    expect(response.status).toBe(504);
  });
});
