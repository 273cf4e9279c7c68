import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { testSecret } from '../server/support/fakes.ts';
import { type FakeUpstream, sendEvents } from '../server/support/servers.ts';
import {
  blockStart,
  chunk,
  messageEvent,
  messageStart,
  postChat,
  postMessage,
  roleChunk,
  textDelta,
} from '../server/support/wire.ts';
import { type Answer, aDirect, aFallback } from './failing-upstreams.ts';

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
