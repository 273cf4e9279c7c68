import { describe, expect, it } from 'vitest';
import type { Dialect } from '#engine/signals/index.ts';
import { defaultPatience } from '#server/gateway/stream-line.ts';
import { aContext } from '../server/support/context.ts';
import { aGateway, anUpstream, sendEvents, sendJson } from '../server/support/servers.ts';
import { aDirectoryOf } from '../server/support/speaking-provider.ts';
import { aChatStream, postChat } from '../server/support/wire.ts';
import { ask, type Client, clients } from './clients.ts';
import { wires } from './wires.ts';

type Answer = Parameters<typeof anUpstream>[0];

const patience = { headersMs: 20, heartbeatMs: 15 };

const ways: readonly (readonly [keyof typeof clients, Dialect])[] = [
  ['openai-chat', 'openai-chat'],
  ['openai-chat', 'anthropic-messages'],
  ['openai-responses', 'openai-responses'],
  ['anthropic-messages', 'anthropic-messages'],
  ['anthropic-messages', 'openai-chat'],
  ['openai-completions', 'openai-completions'],
  ['google-generate', 'google-generate'],
  ['google-generate as an array', 'openai-chat'],
];

async function anInstallation(dialect: Dialect, answer: Answer, deadlines: object = {}) {
  const upstream = await anUpstream(answer);
  const providers = aDirectoryOf('up', upstream.url, [dialect]);
  const m = { kind: 'model', target: 'up/m', deadlines };
  const context = aContext({ providers, patience, policies: { auto: { entry: 'm', nodes: { m } } } });
  return { context, url: await aGateway(context) };
}

/** Reads a stream until it holds this, and answers what it holds then. */
async function readUntil(reader: ReadableStreamDefaultReader<Uint8Array>, wanted: RegExp): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  while (!wanted.test(text)) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`The stream ended with ${text}`);
    text += decoder.decode(value, { stream: true });
  }
  return text;
}

describe.each(ways)('a client of %s that streams from a silent upstream of %s', (name, dialect) => {
  const client: Client = clients[name];
  const wire = wires[dialect];
  const isArray = name === 'google-generate as an array';

  it('gets headers and signs of life before the first content, and then the whole answer', async () => {
    let asked = (_go: () => void) => {};
    const isAsked = new Promise<() => void>((resolve) => {
      asked = resolve;
    });
    const { url, context } = await anInstallation(dialect, (res) => {
      asked(() => {
        sendEvents(res, wire.head + wire.part('Hi') + wire.tail);
        res.end();
      });
    });
    const response = await ask(url, client, true);
    expect(response.status).toBe(200);
    expect(response.headers.get('x-waybill-request-id')).toBe('r-1');
    expect(response.headers.get('x-waybill-target')).toBeNull();
    const reader = response.body!.getReader();
    const before = await readUntil(reader, isArray ? /\n\n/ : /: keep-alive\n\n: keep-alive\n\n/);
    (await isAsked)();
    let after = '';
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      after += new TextDecoder().decode(piece.value);
    }
    expect(client.hear?.(before + after)).toMatchObject({ finished: true, text: 'Hi', errors: [] });
    expect(await context.log.next()).toMatchObject({
      'outcome.status': 'served',
      'usage.source': 'provider',
    });
  });

  it('gets signs of life in the middle of the answer', async () => {
    let go = () => {};
    const { url } = await anInstallation(dialect, (res) => {
      go = () => res.end(wire.part(' there') + wire.tail);
      sendEvents(res, wire.head + wire.part('Hi'));
    });
    const reader = (await ask(url, client, true)).body!.getReader();
    const sign = isArray ? '\\}\n\n' : name === 'anthropic-messages' ? 'event: ping\n' : ': keep-alive\n\n';
    const alive = new RegExp(`"Hi"[^]*${sign}`);
    const before = await readUntil(reader, alive);
    go();
    let after = '';
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      after += new TextDecoder().decode(piece.value);
    }
    expect(client.hear?.(before + after)).toMatchObject({ finished: true, text: 'Hi there', errors: [] });
  });

  it('is told in an event what went wrong after its headers', async () => {
    const { url, context } = await anInstallation(dialect, () => {}, { first_token_ms: 60 });
    const response = await ask(url, client, true);
    expect(response.status).toBe(200);
    const heard = client.hear?.(await response.text());
    expect(heard).toMatchObject({ finished: false, text: '' });
    expect(heard?.errors).toHaveLength(1);
    expect(client.problemIn(heard?.errors[0])).toMatch(/no answer within 60 ms/);
    expect(JSON.stringify(heard?.errors[0])).toContain('r-1');
    expect(await context.log.next()).toMatchObject({
      'outcome.status': 'failed',
      'outcome.error': 'timeout',
      'outcome.http_status': 200,
    });
  });
});

describe('after the headers have gone out', () => {
  async function aFallback(first: Answer, second: Answer) {
    const one = await anUpstream(first);
    const two = await anUpstream(second);
    const nodes = {
      f: { kind: 'fallback', try: ['a', 'b'] },
      a: { kind: 'model', target: 'one/gpt', deadlines: { first_token_ms: 60 } },
      b: { kind: 'model', target: 'two/gpt' },
    };
    const context = aContext({
      patience,
      policies: { auto: { entry: 'f', nodes } },
      upstreams: [
        { id: 'one', kind: 'openai-compatible', baseUrl: one.url },
        { id: 'two', kind: 'openai-compatible', baseUrl: two.url },
      ],
    });
    return { context, url: await aGateway(context) };
  }

  it('another target may still answer, since no event has gone out', async () => {
    const { url, context } = await aFallback(
      () => {},
      (res) => {
        sendEvents(res, aChatStream('from the second'));
        res.end();
      },
    );
    const text = await (await postChat(url, { stream: true })).text();
    expect(text).toMatch(/^: keep-alive\n\n/);
    expect(clients['openai-chat'].hear?.(text)).toMatchObject({ text: 'from the second', finished: true });
    expect(await context.log.next()).toMatchObject({
      'outcome.target': 'two/gpt',
      'outcome.status': 'served',
    });
  });

  it('the last upstream’s words become the event', async () => {
    const { url } = await aFallback(
      () => {},
      (res) =>
        sendJson(res, 429, { error: { message: 'Slow down.', type: 'tokens', code: 'rate_limit_exceeded' } }),
    );
    const heard = clients['openai-chat'].hear?.(await (await postChat(url, { stream: true })).text());
    expect(heard?.errors).toMatchObject([
      { error: { code: 'rate_limit_exceeded', message: expect.stringContaining('Slow down.') } },
    ]);
  });

  it('an answer in one piece can only be told of', async () => {
    const { url } = await aFallback(
      () => {},
      (res) => sendJson(res, 200, wires['openai-chat'].whole('Hi')),
    );
    const heard = clients['openai-chat'].hear?.(await (await postChat(url, { stream: true })).text());
    expect(heard?.errors).toMatchObject([{ error: { message: expect.stringContaining('in one piece') } }]);
  });
});

it('nobody waits longer for headers than the strictest of the usual proxies does', () => {
  expect(defaultPatience).toEqual({ headersMs: 20_000, heartbeatMs: 15_000 });
});
