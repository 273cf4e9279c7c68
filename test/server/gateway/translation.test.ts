import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { costOf, defaultPriceBook, noUsage, priceOf } from '#engine/catalogue/index.ts';
import { aContext } from '../support/context.ts';
import { testSecret } from '../support/fakes.ts';
import { aGateway, anUpstream, sendEvents, sendJson } from '../support/servers.ts';
import {
  aChatStream,
  aCompletion,
  blockStart,
  messageEvent,
  messageStart,
  postChat,
  textDelta,
} from '../support/wire.ts';

const opus = 'anthropic/claude-opus-5';
const mini = 'openai/gpt-5-mini';

/** An Anthropic message as its API answers it. */
const aMessage = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-opus-5',
  content: [{ type: 'text', text: 'Bonjour.' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: {
    input_tokens: 10,
    cache_read_input_tokens: 200,
    cache_creation_input_tokens: 70,
    cache_creation: { ephemeral_5m_input_tokens: 30, ephemeral_1h_input_tokens: 40 },
    output_tokens: 5,
  },
};

async function anAnthropicGateway(answer: Parameters<typeof anUpstream>[0]) {
  const upstream = await anUpstream(answer);
  const context = aContext({ upstreams: [{ id: 'anthropic', kind: 'anthropic', baseUrl: upstream.url }] });
  return { upstream, context, url: await aGateway(context) };
}

describe('an OpenAI client whose policy picks an Anthropic model', () => {
  it('gets an answer in its own form, and the record the provider’s token classes and exact cost', async () => {
    const { upstream, context, url } = await anAnthropicGateway((res) => sendJson(res, 200, aMessage));
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: testSecret, maxRetries: 0 });
    const messages = [
      { role: 'system' as const, content: 'Be brief.' },
      { role: 'user' as const, content: 'Hello' },
    ];
    const { data, response } = await client.chat.completions
      .create({ model: opus, messages, logit_bias: { '1': 5 } })
      .withResponse();
    expect(data.choices[0]).toMatchObject({ message: { content: 'Bonjour.' }, finish_reason: 'stop' });
    expect(upstream.seen[0]?.url).toBe('/v1/messages');
    expect(JSON.parse(upstream.seen[0]?.body ?? '')).toMatchObject({
      model: 'claude-opus-5',
      system: 'Be brief.',
    });
    expect(response.headers.get('x-waybill-dropped')).toContain('logit_bias');
    const record = await context.log.next();
    const usage = {
      ...noUsage,
      inputTokens: 10,
      cacheReadTokens: 200,
      cacheWrite5mTokens: 30,
      cacheWrite1hTokens: 40,
      outputTokens: 5,
    };
    expect(record).toMatchObject({
      'usage.cache_write_5m_tokens': 30,
      'usage.cache_write_1h_tokens': 40,
      'usage.source': 'provider',
      'outcome.dropped': ['logit_bias'],
      'cost.nano_usd': costOf(usage, priceOf(defaultPriceBook, opus)),
    });
  });

  it('gets its stream chunk by chunk, and the usage it asked for', async () => {
    const { context, url } = await anAnthropicGateway((res) => {
      sendEvents(res, `${messageStart}${blockStart}${textDelta('Bon')}${textDelta('jour.')}`);
      res.end(
        messageEvent('content_block_stop', { index: 0 }) +
          messageEvent('message_delta', {
            delta: { stop_reason: 'end_turn', stop_sequence: null },
            usage: { output_tokens: 9 },
          }) +
          messageEvent('message_stop', {}),
      );
    });
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: testSecret, maxRetries: 0 });
    const stream = await client.chat.completions.create({
      model: opus,
      stream: true,
      stream_options: { include_usage: true },
      messages: [{ role: 'user', content: 'Hello' }],
    });
    let text = '';
    let total = 0;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      total = chunk.usage?.completion_tokens ?? total;
    }
    expect([text, total]).toEqual(['Bonjour.', 9]);
    expect(await context.log.next()).toMatchObject({
      'outcome.status': 'served',
      'usage.output_tokens': 9,
      'usage.source': 'provider',
    });
  });

  it('reads the upstream’s refusal in its own form, with its status and when to come back', async () => {
    const { context, url } = await anAnthropicGateway((res) =>
      sendJson(
        res,
        429,
        { type: 'error', error: { type: 'rate_limit_error', message: 'Slow down.' } },
        { 'retry-after': '7' },
      ),
    );
    const response = await postChat(url, { model: opus });
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining('Slow down.') },
    });
    expect(await context.log.next()).toMatchObject({ 'outcome.error': 'rate_limit', 'cost.nano_usd': 0 });
  });

  it('is never told that a broken stream was whole', async () => {
    const { context, url } = await anAnthropicGateway((res) => {
      sendEvents(res, `${messageStart}${blockStart}${textDelta('Half of')}`);
      setImmediate(() => res.destroy());
    });
    const text = await (await postChat(url, { model: opus, stream: true })).text();
    expect(text).toContain('Half of');
    expect(text).toContain('"error"');
    expect(text).not.toContain('[DONE]');
    expect(await context.log.next()).toMatchObject({
      'outcome.status': 'failed',
      'usage.source': 'estimated',
    });
  });
});

describe('an Anthropic client whose policy picks an OpenAI model', () => {
  it('gets whole and streamed answers in its own form', async () => {
    const upstream = await anUpstream((res, { body }) => {
      if (!JSON.parse(body).stream) return sendJson(res, 200, aCompletion('Salut.'));
      sendEvents(res, aChatStream('Sa', 'lut.'));
      res.end();
    });
    const context = aContext({
      upstreams: [{ id: 'openai', kind: 'openai', baseUrl: `${upstream.url}/v1` }],
    });
    const client = new Anthropic({ baseURL: await aGateway(context), apiKey: testSecret, maxRetries: 0 });
    const question = {
      model: mini,
      max_tokens: 100,
      messages: [{ role: 'user' as const, content: 'Hello' }],
    };
    const answer = await client.messages.create(question);
    expect(answer.content).toMatchObject([{ type: 'text', text: 'Salut.' }]);
    const streamed = await client.messages.stream(question).finalMessage();
    expect(streamed.content).toMatchObject([{ type: 'text', text: 'Salut.' }]);
    expect(streamed.usage.output_tokens).toBe(20);
    expect(upstream.seen.map((seen) => seen.url)).toEqual(['/v1/chat/completions', '/v1/chat/completions']);
  });

  it('falls back from one dialect to the other before the first content', async () => {
    const anthropic = await anUpstream((res) => {
      sendEvents(res, messageStart);
      res.end(messageEvent('error', { error: { type: 'overloaded_error', message: 'Busy.' } }));
    });
    const openai = await anUpstream((res) => {
      sendEvents(res, aChatStream('Here.'));
      res.end();
    });
    const nodes = {
      f: { kind: 'fallback', try: ['a', 'b'] },
      a: { kind: 'model', target: opus },
      b: { kind: 'model', target: mini },
    };
    const context = aContext({
      policies: { auto: { entry: 'f', nodes } },
      upstreams: [
        { id: 'anthropic', kind: 'anthropic', baseUrl: anthropic.url },
        { id: 'openai', kind: 'openai', baseUrl: `${openai.url}/v1` },
      ],
    });
    const client = new Anthropic({ baseURL: await aGateway(context), apiKey: testSecret, maxRetries: 0 });
    const message = await client.messages
      .stream({ model: 'auto', max_tokens: 50, messages: [{ role: 'user', content: 'Hello' }] })
      .finalMessage();
    expect(message.content).toMatchObject([{ type: 'text', text: 'Here.' }]);
    expect(await context.log.next()).toMatchObject({ 'outcome.target': mini, 'outcome.status': 'served' });
  });
});
