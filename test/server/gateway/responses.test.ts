import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { aContext } from '../support/context.ts';
import { testSecret } from '../support/fakes.ts';
import { aGateway, anUpstream, sendEvents, sendJson } from '../support/servers.ts';
import { aChatStream } from '../support/wire.ts';
import { aClient, mini, post } from './responses-client.ts';

/** One event of a response's stream, as bytes. */
function event(type: string, sequence_number: number, members: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number, ...members })}\n\n`;
}

const begun = { id: 'resp_up', object: 'response', status: 'in_progress', output: [], model: 'gpt-5-mini' };

const usage = {
  input_tokens: 100,
  input_tokens_details: { cached_tokens: 40, cache_write_tokens: 10 },
  output_tokens: 20,
  output_tokens_details: { reasoning_tokens: 5 },
  total_tokens: 120,
};

const item = { id: 'msg_up', type: 'message', role: 'assistant', status: 'in_progress', content: [] };

const opening = [
  event('response.created', 0, { response: begun }),
  event('response.output_item.added', 1, { output_index: 0, item }),
  event('response.content_part.added', 2, {
    item_id: 'msg_up',
    output_index: 0,
    content_index: 0,
    part: { type: 'output_text', text: '', annotations: [] },
  }),
].join('');

const delta = event('response.output_text.delta', 3, {
  item_id: 'msg_up',
  output_index: 0,
  content_index: 0,
  delta: 'Hi.',
});

const completed = event('response.completed', 4, { response: { ...begun, status: 'completed', usage } });

describe('the Responses client against the sandbox', () => {
  it('gets a whole answer and a streamed one, both marked as simulated', async () => {
    const context = aContext({});
    const client = new OpenAI({
      baseURL: `${await aGateway(context)}/v1`,
      apiKey: testSecret,
      maxRetries: 0,
    });
    const { data, response } = await client.responses.create({ model: mini, input: 'Hello' }).withResponse();
    expect(data).toMatchObject({ status: 'completed', object: 'response', error: null });
    expect(data.output_text).toContain("simulated answer from Waybill's sandbox");
    expect(response.headers.get('x-waybill-sandbox')).toBe('true');
    const record = await context.log.next();
    expect(record).toMatchObject({ 'request.dialect': 'openai-responses', 'outcome.status': 'served' });
    const streamed = await client.responses.stream({ model: mini, input: 'Hello' }).finalResponse();
    expect(streamed.output_text).toContain("simulated answer from Waybill's sandbox");
    expect(streamed.usage?.output_tokens).toBeGreaterThan(0);
  });
});

describe('the Responses client at OpenAI', () => {
  it('sends its own bytes, with the model put in, and gets the upstream’s', async () => {
    const answer = { ...begun, status: 'completed', usage, odd: 1 };
    const { upstream, context, url } = await aClient('openai', 'openai', (res) => sendJson(res, 200, answer));
    const response = await post(url, { model: mini, input: 'Hello', store: true, future_field: [1.0] });
    expect(await response.json()).toEqual(answer);
    expect(upstream.seen[0]).toMatchObject({
      url: '/v1/responses',
      body: '{"model":"gpt-5-mini","input":"Hello","store":true,"future_field":[1]}',
    });
    expect(response.headers.get('x-waybill-dropped')).toBeNull();
    expect(await context.log.next()).toMatchObject({
      'usage.cache_read_tokens': 40,
      'usage.cache_write_5m_tokens': 10,
      'usage.reasoning_tokens': 5,
      'usage.output_tokens': 15,
      'usage.source': 'provider',
    });
  });

  it('reads a stream byte for byte', async () => {
    const { context, url } = await aClient('openai', 'openai', (res) => {
      sendEvents(res, opening);
      res.end(delta + completed);
    });
    const response = await post(url, { model: mini, input: 'Hello', stream: true });
    expect(await response.text()).toBe(opening + delta + completed);
    expect(await context.log.next()).toMatchObject({ 'usage.output_tokens': 15, 'outcome.status': 'served' });
  });

  it('is told by response.failed, numbered on, that a stream broke off', async () => {
    const { client, context } = await aClient('openai', 'openai', (res) => {
      sendEvents(res, opening + delta);
      setImmediate(() => res.destroy());
    });
    const stream = await client.responses.create({ model: mini, input: 'Hello', stream: true });
    const types: string[] = [];
    const reading = (async () => {
      for await (const { type } of stream) types.push(type);
    })();
    await expect(reading).rejects.toThrow('broke off');
    expect(types.at(-1)).toBe('response.output_text.delta');
    expect(await context.log.next()).toMatchObject({ 'outcome.status': 'failed' });
  });

  it('is told by response.failed even where the upstream says no more than error', async () => {
    const { url } = await aClient('openai', 'openai', (res) => {
      sendEvents(res, opening + delta);
      res.end(event('error', 4, { code: 'server_error', message: 'Sorry.', param: null }));
    });
    const text = await (await post(url, { model: mini, input: 'Hello', stream: true })).text();
    const last = JSON.parse(text.trimEnd().split('\n').at(-1)?.slice('data: '.length) ?? '');
    expect(last).toMatchObject({
      type: 'response.failed',
      sequence_number: 5,
      response: { id: 'resp_up', status: 'failed', error: { message: expect.stringContaining('Sorry.') } },
    });
  });

  it('moves on when a stream fails before its first content', async () => {
    const broken = await anUpstream((res) => {
      sendEvents(res, event('response.created', 0, { response: begun }));
      const error = { code: 'rate_limit_exceeded', message: 'Slow down.' };
      res.end(event('response.failed', 1, { response: { ...begun, status: 'failed', error } }));
    });
    const whole = await anUpstream((res) => {
      sendEvents(res, aChatStream('Here.'));
      res.end();
    });
    const nodes = {
      f: { kind: 'fallback', try: ['a', 'b'] },
      a: { kind: 'model', target: mini },
      b: { kind: 'model', target: 'groq/openai/gpt-oss-20b' },
    };
    const context = aContext({
      policies: { auto: { entry: 'f', nodes } },
      upstreams: [
        { id: 'openai', kind: 'openai', baseUrl: `${broken.url}/v1` },
        { id: 'groq', kind: 'openai-compatible', baseUrl: `${whole.url}/v1` },
      ],
    });
    const client = new OpenAI({
      baseURL: `${await aGateway(context)}/v1`,
      apiKey: testSecret,
      maxRetries: 0,
    });
    const answer = await client.responses.stream({ model: 'auto', input: 'Hello' }).finalResponse();
    expect(answer.output_text).toBe('Here.');
    const record = await context.log.next();
    expect(JSON.parse(record['outcome.attempts'])).toMatchObject([
      { outcome: 'rate_limit' },
      { outcome: 'served' },
    ]);
  });
});

describe('a body that is no Responses request', () => {
  it('is refused with what would be right', async () => {
    const url = await aGateway(aContext({}));
    const missing = await (await post(url, { model: mini })).json();
    expect(missing).toMatchObject({ error: { param: 'input', message: expect.stringContaining('a list') } });
    const odd = await (await post(url, { model: mini, input: [{ role: 'user', content: 'Hi' }, 7] })).json();
    expect(odd).toMatchObject({ error: { param: 'input.1' } });
  });
});
