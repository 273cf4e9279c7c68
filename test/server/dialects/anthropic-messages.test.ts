import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '#server/dialects/anthropic-messages/index.ts';
import { isWireObject } from '#server/dialects/wire-value.ts';

const hints = { bytes: 10, session: '', user: '' };
const hello = [{ role: 'user', content: 'Hello' }];

function read(body: object) {
  const reading = anthropicMessages.readRequest(body as never, hints);
  if (reading.kind === 'bad') throw new Error(reading.message);
  return reading.request;
}

function change(text: string, parameters: object) {
  const wire: unknown = JSON.parse(text);
  if (!isWireObject(wire)) throw new Error('no object');
  return anthropicMessages
    .changeRequest(Buffer.from(text), wire, { model: 'm', parameters, lengthField: 'max_tokens' })
    .toString();
}

describe('reading an Anthropic request', () => {
  it('puts the system prompt first, and tells results of tools from turns of the user', () => {
    const { messages } = read({
      model: 'auto',
      system: [{ type: 'text', text: 'Be brief.' }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Look' },
            { type: 'image', source: {} },
          ],
        },
        { role: 'assistant', content: [{ type: 'tool_use', name: 'look', input: { a: 1 } }] },
        { role: 'user', content: [{ type: 'tool_result', content: [{ type: 'text', text: 'a cat' }] }] },
        {
          role: 'user',
          content: [
            { type: 'tool_result', content: 'a dog' },
            { type: 'text', text: 'And now?' },
          ],
        },
      ],
    });
    expect(messages).toMatchObject([
      { role: 'system', text: 'Be brief.', images: 0 },
      { role: 'user', text: 'Look', images: 1 },
      { role: 'assistant', text: 'look {"a":1}', images: 0 },
      { role: 'tool', text: 'a cat', images: 0 },
      { role: 'user', text: 'a dog\nAnd now?', images: 0 },
    ]);
  });

  it('finds the session that Claude Code writes into the user id', () => {
    const session = '0b6b0a3e-1111-4222-8333-444455556666';
    const old = { user_id: `user_abc_account__session_${session}` };
    expect(read({ model: 'a', messages: hello, metadata: old })).toMatchObject({
      session,
      user: 'user_abc_account_',
    });
    const json = { user_id: JSON.stringify({ device_id: 'd', session_id: session }) };
    expect(read({ model: 'a', messages: hello, metadata: json })).toMatchObject({ session, user: 'd' });
  });

  it.each([
    [{ thinking: { type: 'disabled' } }, 'none'],
    [{ thinking: { type: 'enabled', budget_tokens: 2_000 } }, 'low'],
    [{ thinking: { type: 'enabled', budget_tokens: 30_000 } }, 'high'],
    [{ output_config: { effort: 'xhigh' } }, 'xhigh'],
    [{}, ''],
  ])('reads the effort from %j', (fields, effort) => {
    expect(read({ model: 'a', messages: hello, ...fields }).reasoningEffort).toBe(effort);
  });
});

describe('changing an Anthropic request', () => {
  it('shrinks a thinking budget along with the limit it has to stay below', () => {
    const body = '{"model":"a","max_tokens":9000,"thinking":{"type":"enabled","budget_tokens":8000}}';
    expect(change(body, { max_output_tokens: 4_000 })).toBe(
      '{"model":"m","max_tokens":4000,"thinking":{"type":"enabled","budget_tokens":3999}}',
    );
    expect(change(body, { max_output_tokens: 500 })).toBe(
      '{"model":"m","max_tokens":500,"thinking":{"type":"disabled"}}',
    );
  });

  it('says effort in Anthropic’s words', () => {
    expect(change('{"model":"a","output_config":{"format":{}}}', { reasoning_effort: 'minimal' })).toBe(
      '{"model":"m","output_config":{"format":{},"effort":"low"}}',
    );
    expect(change('{"model":"a"}', { reasoning_effort: 'none' })).toBe(
      '{"model":"m","thinking":{"type":"disabled"}}',
    );
  });
});

describe('the usage of an Anthropic answer', () => {
  it('keeps cache reads and both kinds of cache writes apart', () => {
    const usage = {
      input_tokens: 10,
      cache_creation_input_tokens: 30,
      cache_creation: { ephemeral_5m_input_tokens: 20, ephemeral_1h_input_tokens: 10 },
      cache_read_input_tokens: 40,
      output_tokens: 50,
      output_tokens_details: { thinking_tokens: 15 },
    };
    expect(anthropicMessages.readAnswer({ type: 'message', usage })).toMatchObject({
      usage: {
        inputTokens: 10,
        cacheReadTokens: 40,
        cacheWrite5mTokens: 20,
        cacheWrite1hTokens: 10,
        outputTokens: 35,
        reasoningTokens: 15,
      },
    });
  });

  it('counts cache writes without a breakdown once, as written for five minutes', () => {
    const usage = { input_tokens: 1, cache_creation_input_tokens: 30, output_tokens: 2 };
    expect(anthropicMessages.readAnswer({ usage })).toMatchObject({
      usage: { cacheWrite5mTokens: 30, cacheWrite1hTokens: 0 },
    });
  });

  it('adds what a compaction cost, which stands in no other count', () => {
    const usage = {
      input_tokens: 10,
      output_tokens: 5,
      iterations: [
        { type: 'compaction', input_tokens: 1_000, output_tokens: 100 },
        { type: 'message', input_tokens: 10, output_tokens: 5 },
      ],
    };
    expect(anthropicMessages.readAnswer({ usage })).toMatchObject({
      usage: { inputTokens: 1_010, outputTokens: 105 },
    });
  });
});

describe('the class of an Anthropic error', () => {
  it.each([
    [429, 'rate_limit_error', '', 'rate_limit'],
    [529, 'overloaded_error', '', 'server_error'],
    [500, 'api_error', '', 'server_error'],
    [504, 'timeout_error', '', 'timeout'],
    [401, 'authentication_error', '', 'auth'],
    [403, 'permission_error', '', 'auth'],
    [413, 'request_too_large', '', 'context_length'],
    [400, 'invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum', 'context_length'],
    [400, 'invalid_request_error', 'max_tokens: field required', 'invalid_request'],
    [404, 'not_found_error', 'model: x', 'invalid_request'],
  ])('of status %d and type %s (%s) is %s', (status, type, message, error) => {
    expect(anthropicMessages.classifyError(status, { type: 'error', error: { type, message } })).toBe(error);
  });
});
