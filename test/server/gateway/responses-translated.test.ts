import type { ResponseInput } from 'openai/resources/responses/responses';
import { describe, expect, it } from 'vitest';
import { sendEvents, sendJson } from '../support/servers.ts';
import {
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
import { aClient, opus, post } from './responses-client.ts';

const weather = {
  type: 'function' as const,
  name: 'get_weather',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
  strict: false,
};

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
