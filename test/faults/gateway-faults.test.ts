import { describe, expect, it } from 'vitest';
import { aContext } from '../server/support/context.ts';
import { aGateway, anUpstream, sendEvents, sendJson } from '../server/support/servers.ts';
import { aChatStream, aCompletion, postChat, postMessage, roleChunk } from '../server/support/wire.ts';
import { type Answer, aDirect, aFallback } from './failing-upstreams.ts';

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
