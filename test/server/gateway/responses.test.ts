import OpenAI from 'openai';
import type { ResponseInput } from 'openai/resources/responses/responses';
import { describe, expect, it } from 'vitest';
import type { ProviderSetting } from '#server/config/config.ts';
import { aContext } from '../support/context.ts';
import { testSecret } from '../support/fakes.ts';
import { aGateway, anUpstream, sendEvents, sendJson } from '../support/servers.ts';
import {
  aChatStream,
  aCompletion,
  blockStart,
  chunk,
  doneFrame,
  messageEvent,
  messageStart,
  roleChunk,
  textDelta,
  usageChunk,
} from '../support/wire.ts';

const opus = 'anthropic/claude-opus-5';
const mini = 'openai/gpt-5-mini';

async function aClient(
  kind: ProviderSetting['kind'],
  id: string,
  answer: Parameters<typeof anUpstream>[0],
  path = '/v1',
) {
  const upstream = await anUpstream(answer);
  const context = aContext({ upstreams: [{ id, kind, baseUrl: `${upstream.url}${path}` }] });
  const url = await aGateway(context);
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: testSecret, maxRetries: 0 });
  return { upstream, context, url, client };
}

function post(url: string, body: object) {
  return fetch(`${url}/v1/responses`, {
    method: 'POST',
    headers: { authorization: `Bearer ${testSecret}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

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

const weather = {
  type: 'function' as const,
  name: 'get_weather',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
  strict: false,
};

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

/** Two calls that grow in turns. */
const call = (index: number, id: string | undefined, name: string | undefined, args: string) =>
  chunk({
    tool_calls: [
      { index, ...(id === undefined ? {} : { id, type: 'function' }), function: { name, arguments: args } },
    ],
  });
const interleaved = [
  roleChunk,
  chunk({ content: 'Let me look.' }),
  call(0, 'call_a', 'get_weather', '{"city":'),
  call(1, 'call_b', 'get_weather', '{"ci'),
  call(0, undefined, undefined, '"Rome"}'),
  call(1, undefined, undefined, 'ty":"Oslo"}'),
  chunk({}, 'tool_calls'),
  usageChunk,
  doneFrame,
].join('');

describe('the Responses client at a server that speaks Chat Completions', () => {
  const groq = 'groq/openai/gpt-oss-20b';

  it('calls tools and gives their results', async () => {
    const { client, upstream } = await aClient('openai-compatible', 'groq', (res, _seen, turn) => {
      if (turn === 2) return sendJson(res, 200, aCompletion('Rome is warmer.'));
      sendEvents(res, interleaved);
      res.end();
    });
    const question = { role: 'user' as const, content: 'Rome or Oslo?' };
    const asked = {
      model: groq,
      instructions: 'Be brief.',
      tools: [weather],
      store: false,
    };
    const first = await client.responses.stream({ ...asked, input: [question] }).finalResponse();
    expect(first.output).toMatchObject([
      { type: 'message', content: [{ type: 'output_text', text: 'Let me look.' }] },
      { type: 'function_call', call_id: 'call_a', name: 'get_weather', arguments: '{"city":"Rome"}' },
      { type: 'function_call', call_id: 'call_b', name: 'get_weather', arguments: '{"city":"Oslo"}' },
    ]);
    const results = ['call_a', 'call_b'].map((call_id) => ({
      type: 'function_call_output' as const,
      call_id,
      output: `It is fine (${call_id}).`,
    }));
    const input = [question, ...first.output, ...results] as ResponseInput;
    const second = await client.responses.create({ ...asked, input });
    expect(second.output_text).toBe('Rome is warmer.');
    expect(second.usage).toMatchObject({ input_tokens: 100, output_tokens: 20, total_tokens: 120 });
    expect(JSON.parse(upstream.seen[1]?.body ?? '').messages).toMatchObject([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Rome or Oslo?' },
      { role: 'assistant', content: 'Let me look.', tool_calls: [{ id: 'call_a' }, { id: 'call_b' }] },
      { role: 'tool', tool_call_id: 'call_a', content: 'It is fine (call_a).' },
      { role: 'tool', tool_call_id: 'call_b' },
    ]);
  });

  it('says what could not be carried, and refuses what only OpenAI has stored', async () => {
    const { url, upstream } = await aClient('openai-compatible', 'groq', (res) =>
      sendJson(res, 200, aCompletion()),
    );
    const tools = [weather, { type: 'web_search' }];
    const carried = await post(url, { model: groq, input: 'Hello', store: true, tools });
    expect(carried.headers.get('x-waybill-dropped')).toBe('tools.web_search, store');
    const refused = await post(url, { model: groq, input: 'Hello', previous_response_id: 'resp_1' });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      error: { code: 'invalid_request', message: expect.stringContaining('previous_response_id') },
    });
    expect(upstream.seen).toHaveLength(1);
  });
});

describe('the Responses client at Anthropic', () => {
  const thinking = [
    messageStart,
    messageEvent('content_block_start', { index: 0, content_block: { type: 'thinking', thinking: '' } }),
    messageEvent('content_block_delta', { index: 0, delta: { type: 'thinking_delta', thinking: 'Hmm.' } }),
    messageEvent('content_block_delta', { index: 0, delta: { type: 'signature_delta', signature: 'sig' } }),
    messageEvent('content_block_stop', { index: 0 }),
    blockStart.replace('"index":0', '"index":1'),
    textDelta('Bonjour.').replace('"index":0', '"index":1'),
    messageEvent('content_block_stop', { index: 1 }),
    messageEvent('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9 } }),
    messageEvent('message_stop'),
  ].join('');

  it('gets thinking with its signature, and gives it back on the next turn', async () => {
    const { client, upstream, context } = await aClient(
      'anthropic',
      'anthropic',
      (res) => {
        sendEvents(res, thinking);
        res.end();
      },
      '',
    );
    const image = {
      type: 'input_image' as const,
      image_url: 'data:image/png;base64,AAAA',
      detail: 'auto' as const,
    };
    const asked = { role: 'user' as const, content: [{ type: 'input_text' as const, text: 'Hello' }, image] };
    const question = {
      model: opus,
      include: ['reasoning.encrypted_content' as const],
      max_output_tokens: 900,
    };
    const first = await client.responses.stream({ ...question, input: [asked] }).finalResponse();
    expect(first.output).toMatchObject([
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hmm.' }] },
      { type: 'message', content: [{ type: 'output_text', text: 'Bonjour.' }] },
    ]);
    expect(first.usage).toMatchObject({ input_tokens: 100, output_tokens: 9 });
    expect((await context.log.next())['outcome.dropped']).not.toContain('thinking.signature');
    const again = { role: 'user' as const, content: 'Again' };
    await client.responses
      .stream({ ...question, input: [asked, ...first.output, again] as ResponseInput })
      .finalResponse();
    const sent = JSON.parse(upstream.seen[1]?.body ?? '');
    expect(sent.max_tokens).toBe(900);
    expect(sent.messages).toMatchObject([
      { role: 'user', content: [{ type: 'text', text: 'Hello' }, { type: 'image' }] },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hmm.', signature: 'sig' },
          { type: 'text', text: 'Bonjour.' },
        ],
      },
      { role: 'user', content: 'Again' },
    ]);
  });

  it('throws what the upstream refused, with its status', async () => {
    const { client } = await aClient(
      'anthropic',
      'anthropic',
      (res) =>
        sendJson(res, 400, {
          type: 'error',
          error: { type: 'invalid_request_error', message: 'prompt is too long: 9 tokens' },
        }),
      '',
    );
    await expect(client.responses.create({ model: opus, input: 'Hello' })).rejects.toMatchObject({
      status: 400,
      code: 'context_length_exceeded',
    });
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
