import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { defaultPriceBook, priceOf } from '#engine/catalogue/index.ts';
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
  postMessage,
  textDelta,
} from '../support/wire.ts';

describe('requests on their way to a provider', () => {
  it('pass byte for byte but for the model', async () => {
    const upstream = await anUpstream((res) => sendJson(res, 200, aCompletion()));
    const context = aContext({
      upstreams: [{ id: 'openai', kind: 'openai', baseUrl: `${upstream.url}/v1` }],
    });
    const url = await aGateway(context);
    const body =
      '{ "seed": 12345678901234567890,"messages":[{"role":"user","content":"\\"model\\": \\"x\\""}],\n "model":"openai/gpt-5-mini", "unknown_field": {"a": [1.0, null]} }';
    const response = await postChat(url, {}, { body });
    expect(await response.json()).toEqual(aCompletion());
    expect(upstream.seen[0]?.body).toBe(body.replace('openai/gpt-5-mini', 'gpt-5-mini'));
    expect(upstream.seen[0]?.url).toBe('/v1/chat/completions');
    expect(upstream.seen[0]?.headers.authorization).toBe('Bearer sk-upstream');
    expect(response.headers.get('x-waybill-sandbox')).toBeNull();
  });

  it('keep an Anthropic client’s query, version and beta flags, and send no key of Waybill’s', async () => {
    const upstream = await anUpstream((res) =>
      sendJson(res, 200, { type: 'message', usage: { input_tokens: 1, output_tokens: 1 } }),
    );
    const context = aContext({ upstreams: [{ id: 'anthropic', kind: 'anthropic', baseUrl: upstream.url }] });
    const url = await aGateway(context);
    const body = {
      model: 'anthropic/claude-opus-5',
      max_tokens: 10,
      messages: [{ role: 'user', content: 'Hello' }],
    };
    await fetch(`${url}/v1/messages?beta=true`, {
      method: 'POST',
      headers: {
        'x-api-key': testSecret,
        'anthropic-version': '2023-06-01',
        'anthropic-beta': 'context-1m-2025-08-07',
      },
      body: JSON.stringify(body),
    });
    const [seen] = upstream.seen;
    expect(seen?.url).toBe('/v1/messages?beta=true');
    expect(seen?.headers).toMatchObject({
      'x-api-key': 'sk-upstream',
      'anthropic-version': '2023-06-01',
      'anthropic-beta': 'context-1m-2025-08-07',
    });
    expect(JSON.stringify(seen?.headers)).not.toContain(testSecret);
  });

  it('carry what the policy changes', async () => {
    const upstream = await anUpstream((res) => sendJson(res, 200, aCompletion()));
    const m = {
      kind: 'model',
      target: 'local/llama',
      parameters: { max_output_tokens: 300, temperature: 0.1 },
    };
    const context = aContext({
      policies: { auto: { entry: 'm', nodes: { m } } },
      upstreams: [{ id: 'local', kind: 'openai-compatible', baseUrl: `${upstream.url}/v1` }],
    });
    await postChat(await aGateway(context), { max_tokens: 1_000 });
    expect(JSON.parse(upstream.seen[0]?.body ?? '')).toMatchObject({
      model: 'llama',
      max_tokens: 300,
      temperature: 0.1,
    });
  });

  it('follow no redirect', async () => {
    const elsewhere = await anUpstream((res) => sendJson(res, 200, aCompletion()));
    const upstream = await anUpstream((res) => {
      res.writeHead(307, { location: elsewhere.url });
      res.end();
    });
    const context = aContext({ upstreams: [{ id: 'openai', kind: 'openai', baseUrl: upstream.url }] });
    const response = await postChat(await aGateway(context), { model: 'openai/gpt-5' });
    expect(response.status).toBe(502);
    expect(elsewhere.seen).toEqual([]);
  });
});

describe('what an answer cost', () => {
  const model = 'openai/gpt-5-mini';

  it('is the provider’s usage, class by class, at the catalogue’s price', async () => {
    const usage = {
      prompt_tokens: 1_000,
      completion_tokens: 500,
      prompt_tokens_details: { cached_tokens: 600 },
      completion_tokens_details: { reasoning_tokens: 200 },
    };
    const upstream = await anUpstream((res) => sendJson(res, 200, { ...aCompletion(), usage }));
    const context = aContext({ upstreams: [{ id: 'openai', kind: 'openai', baseUrl: upstream.url }] });
    const response = await postChat(await aGateway(context), { model });
    const record = await context.log.next();
    expect(record).toMatchObject({
      'usage.input_tokens': 400,
      'usage.cache_read_tokens': 600,
      'usage.output_tokens': 300,
      'usage.reasoning_tokens': 200,
      'usage.source': 'provider',
      'cost.price_book': defaultPriceBook.version,
    });
    const price = priceOf(defaultPriceBook, model)!;
    const pico = 400 * price.input + 600 * price.cacheRead + 300 * price.output + 200 * price.reasoning;
    expect(record['cost.nano_usd']).toBe(pico / 1_000);
    expect(response.headers.get('x-waybill-cost')).toBe(String(pico / 1_000));
  });

  it('is unknown without a price, never nothing', async () => {
    const upstream = await anUpstream((res) => sendJson(res, 200, aCompletion()));
    const context = aContext({
      upstreams: [{ id: 'local', kind: 'openai-compatible', baseUrl: upstream.url }],
    });
    const response = await postChat(await aGateway(context), { model: 'local/llama' });
    expect((await context.log.next())['cost.nano_usd']).toBeNull();
    expect(response.headers.get('x-waybill-cost')).toBeNull();
  });

  it('is estimated, and marked so, where the provider states no usage', async () => {
    const upstream = await anUpstream((res) =>
      sendJson(res, 200, { ...aCompletion('x'.repeat(400)), usage: undefined }),
    );
    const context = aContext({ upstreams: [{ id: 'openai', kind: 'openai', baseUrl: upstream.url }] });
    await postChat(await aGateway(context), { model });
    const record = await context.log.next();
    expect(record).toMatchObject({ 'usage.source': 'estimated', 'usage.output_tokens': 100 });
    expect(record['usage.input_tokens']).toBe(record['request.input_tokens']);
  });

  it('is estimated for a stream that never states it, though it was asked for', async () => {
    const words = ['x'.repeat(200), 'y'.repeat(200)];
    const upstream = await anUpstream((res) => {
      const bytes = aChatStream(...words).replace(/data: \{[^\n]*"usage"[^\n]*\n\n/, '');
      sendEvents(res, bytes);
      res.end();
    });
    const context = aContext({ upstreams: [{ id: 'openai', kind: 'openai', baseUrl: upstream.url }] });
    await (await postChat(await aGateway(context), { model, stream: true })).text();
    expect(JSON.parse(upstream.seen[0]?.body ?? '')).toMatchObject({
      stream_options: { include_usage: true },
    });
    expect(await context.log.next()).toMatchObject({
      'usage.source': 'estimated',
      'usage.output_tokens': 100,
      'outcome.status': 'served',
    });
  });

  it('comes as a trailer behind a stream', async () => {
    const upstream = await anUpstream((res) => {
      sendEvents(res, aChatStream('Hi'));
      res.end();
    });
    const context = aContext({ upstreams: [{ id: 'openai', kind: 'openai', baseUrl: upstream.url }] });
    const response = await postChat(await aGateway(context), { model, stream: true });
    expect(response.headers.get('trailer')).toBe('x-waybill-cost');
    await response.text();
    expect((await context.log.next())['cost.nano_usd']).toBeGreaterThan(0);
  });
});

describe('streams on their way back', () => {
  it('pass byte for byte but for the usage that the client did not ask for', async () => {
    const bytes = aChatStream('Grü', 'ße', '!');
    const upstream = await anUpstream((res) => {
      sendEvents(res, bytes);
      res.end();
    });
    const context = aContext({ upstreams: [{ id: 'openai', kind: 'openai', baseUrl: upstream.url }] });
    const url = await aGateway(context);
    const model = 'openai/gpt-5-mini';
    const hidden = await (await postChat(url, { model, stream: true })).text();
    expect(hidden).toBe(bytes.replace(/data: \{[^\n]*"usage"[^\n]*\n\n/, ''));
    const asked = { model, stream: true, stream_options: { include_usage: true } };
    expect(await (await postChat(url, asked)).text()).toBe(bytes);
  });

  it('pass an Anthropic stream byte for byte', async () => {
    const bytes = [
      messageStart,
      messageEvent('ping'),
      blockStart,
      textDelta('Hi'),
      messageEvent('content_block_stop', { index: 0 }),
      messageEvent('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 3 } }),
      messageEvent('message_stop'),
    ].join('');
    const upstream = await anUpstream((res) => {
      sendEvents(res, bytes);
      res.end();
    });
    const context = aContext({ upstreams: [{ id: 'anthropic', kind: 'anthropic', baseUrl: upstream.url }] });
    const url = await aGateway(context);
    const text = await (await postMessage(url, { model: 'anthropic/claude-opus-5', stream: true })).text();
    expect(text).toBe(bytes);
    expect(await context.log.next()).toMatchObject({
      'usage.input_tokens': 100,
      'usage.output_tokens': 3,
      'usage.source': 'provider',
    });
  });

  it('are read by the official OpenAI client from a real provider’s bytes', async () => {
    const upstream = await anUpstream((res) => {
      sendEvents(res, aChatStream('Hello', ' world'));
      res.end();
    });
    const context = aContext({ upstreams: [{ id: 'openai', kind: 'openai', baseUrl: upstream.url }] });
    const openai = new OpenAI({
      baseURL: `${await aGateway(context)}/v1`,
      apiKey: testSecret,
      maxRetries: 0,
    });
    const final = await openai.chat.completions
      .stream({ model: 'openai/gpt-5-mini', messages: [{ role: 'user', content: 'Hi' }] })
      .finalChatCompletion();
    expect(final.choices[0]?.message.content).toBe('Hello world');
  });

  it('slow the upstream down when the client does not read', async () => {
    const event = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'x'.repeat(60_000) } }] })}\n\n`;
    const most = 1_000;
    let sent = 0;
    const upstream = await anUpstream((res, _seen, turn) => {
      if (turn > 1) return sendJson(res, 200, aCompletion());
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      const send = () => {
        while (sent < most) {
          sent += 1;
          if (!res.write(event)) return void res.once('drain', send);
        }
        res.end('data: [DONE]\n\n');
      };
      send();
    });
    const context = aContext({ upstreams: [{ id: 'openai', kind: 'openai', baseUrl: upstream.url }] });
    const url = await aGateway(context);
    const response = await postChat(url, { model: 'openai/gpt-5-mini', stream: true });
    // Meanwhile others are served: time enough for the whole 60 MB to come, if nothing held them up.
    for (let turn = 0; turn < 100; turn += 1)
      await (await postChat(url, { model: 'openai/gpt-5-mini' })).json();
    expect(sent).toBeLessThan(most / 2);
    expect(await response.text()).toHaveLength(event.length * most + 'data: [DONE]\n\n'.length);
  });
});
