import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { totalInputTokens, totalTokens } from '#engine/catalogue/index.ts';
import {
  readAnthropicUsage,
  readOpenAiUsage,
  writeAnthropicUsage,
  writeOpenAiUsage,
} from '#server/dialects/translate/index.ts';
import { aCall } from './stream-tools.ts';

function answerOf(from: 'openai-chat' | 'anthropic-messages', status: number, wire: unknown, headers = {}) {
  const to = from === 'openai-chat' ? 'anthropic-messages' : 'openai-chat';
  const text = typeof wire === 'string' ? wire : JSON.stringify(wire);
  const answer = aCall(from, to).answer(status, headers, Buffer.from(text));
  return { ...answer, wire: JSON.parse(answer.body.toString()) };
}

const completion = (message: object, finish_reason: string) => ({
  id: 'chatcmpl-1',
  model: 'gpt-4.1',
  choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason }],
  usage: { prompt_tokens: 9, completion_tokens: 5, total_tokens: 14 },
});
const message = (content: object[], stop_reason: string, more = {}) => ({
  id: 'msg_1',
  type: 'message',
  model: 'claude-opus-5',
  content,
  stop_reason,
  stop_sequence: null,
  usage: { input_tokens: 3, cache_read_input_tokens: 4, output_tokens: 5 },
  ...more,
});

describe('an answer for an Anthropic client', () => {
  it('carries text, calls and usage', () => {
    const tool_calls = [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }];
    const { wire, usage } = answerOf(
      'anthropic-messages',
      200,
      completion({ content: 'Looking.', reasoning_content: 'Hm', tool_calls }, 'tool_calls'),
    );
    expect(wire).toMatchObject({
      type: 'message',
      role: 'assistant',
      id: 'chatcmpl-1',
      content: [
        { type: 'thinking', thinking: 'Hm' },
        { type: 'text', text: 'Looking.' },
        { type: 'tool_use', id: 'c', name: 'f', input: { a: 1 } },
      ],
      stop_reason: 'tool_use',
      usage: { input_tokens: 9, output_tokens: 5 },
    });
    expect(usage).toMatchObject({ inputTokens: 9, outputTokens: 5 });
  });

  it.each([
    ['stop', { content: 'x' }, 'end_turn'],
    ['length', { content: 'x' }, 'max_tokens'],
    ['content_filter', { content: '' }, 'refusal'],
    ['stop', { content: null, refusal: 'No.' }, 'refusal'],
    // A named tool's call ends in `stop` at OpenAI.
    ['stop', { tool_calls: [{ id: 'c', function: { name: 'f', arguments: '' } }] }, 'tool_use'],
    // Nothing was called: a client would wait for ever.
    ['tool_calls', { content: 'x' }, 'end_turn'],
  ])('turns %s of %j into %s', (reason, said, expected) => {
    expect(answerOf('anthropic-messages', 200, completion(said, reason)).wire.stop_reason).toBe(expected);
  });
});

describe('an answer for an OpenAI client', () => {
  it('carries text, thinking, calls and usage, and names what has no place', () => {
    const { wire, dropped, usage } = answerOf(
      'openai-chat',
      200,
      message(
        [
          { type: 'thinking', thinking: 'Hm', signature: 's' },
          { type: 'text', text: 'Look' },
          { type: 'text', text: 'ing.', citations: [{ type: 'char_location' }] },
          { type: 'tool_use', id: 't', name: 'f', input: {} },
        ],
        'tool_use',
      ),
    );
    expect(wire).toMatchObject({
      object: 'chat.completion',
      choices: [
        {
          finish_reason: 'tool_calls',
          message: {
            role: 'assistant',
            content: 'Looking.',
            reasoning_content: 'Hm',
            tool_calls: [{ id: 't', type: 'function', function: { name: 'f', arguments: '{}' } }],
          },
        },
      ],
      usage: { prompt_tokens: 7, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 4 } },
    });
    expect(dropped).toEqual(['content[].citations', 'thinking.signature']);
    expect(usage).toMatchObject({ inputTokens: 3, cacheReadTokens: 4 });
  });

  it.each([
    ['end_turn', 'stop', []],
    ['max_tokens', 'length', []],
    ['model_context_window_exceeded', 'length', []],
    ['stop_sequence', 'stop', ['stop_sequence']],
    ['pause_turn', 'stop', ['stop_reason.pause_turn']],
    ['refusal', 'content_filter', []],
  ])('turns %s into %s', (reason, expected, lost) => {
    const { wire, dropped } = answerOf('openai-chat', 200, message([{ type: 'text', text: 'x' }], reason));
    expect(wire.choices[0].finish_reason).toBe(expected);
    expect(dropped).toEqual(lost);
  });

  it('gives a long tool name back as the client knows it', () => {
    const name = `mcp__${'x'.repeat(80)}`;
    const call = aCall('anthropic-messages', 'openai-chat', { tools: [{ name, input_schema: {} }] });
    const request = JSON.parse(
      call
        .request(
          Buffer.from(
            JSON.stringify({
              model: 'm',
              max_tokens: 9,
              tools: [{ name, input_schema: {} }],
              messages: [],
            }),
          ),
        )
        .body.toString(),
    );
    const short = request.tools[0].function.name;
    const tool_calls = [{ id: 'c', function: { name: short, arguments: '{}' } }];
    const answer = call.answer(
      200,
      {},
      Buffer.from(JSON.stringify(completion({ tool_calls }, 'tool_calls'))),
    );
    expect(JSON.parse(answer.body.toString()).content[0].name).toBe(name);
  });
});

describe('an error', () => {
  it.each([
    [400, { message: 'Bad', type: 'invalid_request_error', param: 'x', code: null }, 'invalid_request_error'],
    [401, { message: 'Key', type: 'invalid_request_error', code: 'invalid_api_key' }, 'authentication_error'],
    [404, { message: 'No', type: 'invalid_request_error', code: 'model_not_found' }, 'not_found_error'],
    [429, { message: 'Slow', type: 'requests', code: 'rate_limit_exceeded' }, 'rate_limit_error'],
    [429, { message: 'Pay', type: 'insufficient_quota', code: 'insufficient_quota' }, 'rate_limit_error'],
    [500, { message: 'Oops', type: 'server_error' }, 'api_error'],
    [503, { message: 'Busy', type: 'server_error' }, 'overloaded_error'],
  ])('of OpenAI with status %i and %j is %s', (status, error, type) => {
    const answer = answerOf('anthropic-messages', status, { error });
    expect(answer.status).toBe(status);
    expect(answer.wire).toMatchObject({ type: 'error', error: { type, message: error.message } });
  });

  it.each([
    [400, 'invalid_request_error', 'invalid_request_error', 'invalid_request_error'],
    [401, 'authentication_error', 'invalid_request_error', 'invalid_api_key'],
    [429, 'rate_limit_error', 'rate_limit_error', 'rate_limit_exceeded'],
    [529, 'overloaded_error', 'server_error', 'overloaded_error'],
    [500, 'api_error', 'server_error', 'api_error'],
  ])('of Anthropic with status %i and %s is %s with code %s', (status, from, type, code) => {
    const body = { type: 'error', error: { type: from, message: 'Words' }, request_id: 'req_1' };
    const answer = answerOf('openai-chat', status, body);
    expect(answer.status).toBe(status);
    expect(answer.wire).toEqual({ error: { message: 'Words', type, param: null, code } });
  });

  it('keeps retry-after and speaks of its own bytes only', () => {
    const { headers, body } = answerOf(
      'openai-chat',
      429,
      { type: 'error', error: { type: 'rate_limit_error', message: 'x' } },
      { 'retry-after': '12', 'content-length': '9', 'content-encoding': 'gzip', 'request-id': 'req_1' },
    );
    expect(headers).toEqual({
      'retry-after': '12',
      'request-id': 'req_1',
      'content-type': 'application/json',
    });
    expect(body.length).toBeGreaterThan(9);
  });

  it('of a prompt that is too long is known by both sides', () => {
    const toAnthropic = answerOf('anthropic-messages', 400, {
      error: {
        message: "This model's maximum context length is 128000 tokens.",
        type: 'invalid_request_error',
        code: 'context_length_exceeded',
      },
    });
    expect(toAnthropic.wire.error.message).toMatch(/^prompt is too long: This model/);
    expect(toAnthropic.problem?.kind).toBe('context_length');
    const toOpenAi = answerOf('openai-chat', 400, {
      type: 'error',
      error: {
        type: 'invalid_request_error',
        message: 'prompt is too long: 210000 tokens > 200000 maximum',
      },
    });
    expect(toOpenAi.wire.error.code).toBe('context_length_exceeded');
  });

  it('inside an answer with status 200 is an error', () => {
    const answer = answerOf('anthropic-messages', 200, { error: { message: 'Down', code: 503 } });
    expect(answer).toMatchObject({ status: 503, problem: { kind: 'overloaded' } });
    expect(answer.wire.error.message).toBe('Down');
  });

  it.each([
    [502, '<html><h1>Bad gateway</h1></html>', 502],
    [200, '<html>Sign in</html>', 502],
    [200, '{"hello":1}', 502],
    [200, '', 502],
  ])('that is no JSON of the API (%i %s) is answered with %i', (status, text, expected) => {
    const answer = answerOf('openai-chat', status, text, { 'content-type': 'text/html; charset=utf-8' });
    expect(answer.status).toBe(expected);
    expect(answer.wire.error.message).toBe(
      `The upstream answered ${status} with text/html that is no answer of its API.`,
    );
  });
});

describe('usage', () => {
  const tokens = fc.nat(1_000_000);
  const usage = fc.record({
    inputTokens: tokens,
    cacheReadTokens: tokens,
    cacheWrite5mTokens: tokens,
    cacheWrite1hTokens: tokens,
    outputTokens: tokens,
    reasoningTokens: tokens,
  });

  it('of OpenAI adds up to the total it states, however the details lie', () => {
    const stated = fc.record({
      prompt: tokens,
      completion: tokens,
      cached: tokens,
      written: tokens,
      reasoned: tokens,
      beside: fc.boolean(),
    });
    fc.assert(
      fc.property(stated, ({ prompt, completion, cached, written, reasoned, beside }) => {
        const total = prompt + completion + (beside ? reasoned : 0);
        const read = readOpenAiUsage({
          prompt_tokens: prompt,
          completion_tokens: completion,
          total_tokens: total,
          prompt_tokens_details: { cached_tokens: cached, cache_write_tokens: written },
          completion_tokens_details: { reasoning_tokens: reasoned },
        })!;
        expect(totalTokens(read)).toBe(total);
        expect(totalInputTokens(read)).toBe(prompt);
        expect(Math.min(...Object.values(read))).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('written for Anthropic and read back is the same by class', () => {
    fc.assert(
      fc.property(usage, (one) => {
        expect(readAnthropicUsage(writeAnthropicUsage(one))).toEqual(one);
      }),
    );
  });

  it('written for OpenAI and read back keeps every class but the two sorts of cache write', () => {
    fc.assert(
      fc.property(usage, (one) => {
        const read = readOpenAiUsage(writeOpenAiUsage(one))!;
        expect(read).toEqual({
          ...one,
          cacheWrite5mTokens: one.cacheWrite5mTokens + one.cacheWrite1hTokens,
          cacheWrite1hTokens: 0,
        });
      }),
    );
  });

  it('that a provider does not state is null, never zero', () => {
    expect(readOpenAiUsage(undefined)).toBeNull();
    expect(readOpenAiUsage(null)).toBeNull();
    expect(readAnthropicUsage({})).toBeNull();
  });
});
