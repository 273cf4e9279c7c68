import { describe, expect, it } from 'vitest';
import { openaiChat } from '#server/dialects/openai-chat/index.ts';
import { isWireObject } from '#server/dialects/wire-value.ts';

const hints = { bytes: 10, session: '', user: '' };
const hello = [{ role: 'user', content: 'Hello' }];

function read(body: object, own = hints) {
  const reading = openaiChat.readRequest(body as never, own);
  if (reading.kind === 'bad') throw new Error(reading.message);
  return reading.request;
}

function change(
  text: string,
  parameters: object,
  lengthField: 'max_tokens' | 'max_completion_tokens' = 'max_completion_tokens',
) {
  const wire: unknown = JSON.parse(text);
  if (!isWireObject(wire)) throw new Error('no object');
  return openaiChat
    .changeRequest(Buffer.from(text), wire, { model: 'm', parameters, lengthField })
    .toString();
}

describe('reading a chat completion request', () => {
  it('counts pictures, and the texts of parts, calls and results', () => {
    const { messages } = read({
      model: 'auto',
      messages: [
        { role: 'developer', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image_url', image_url: { url: 'data:…' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ function: { name: 'look', arguments: '{"a":1}' } }],
        },
        { role: 'tool', tool_call_id: 'c', content: 'a cat' },
      ],
    });
    expect(messages).toMatchObject([
      { role: 'system', text: 'Be brief.', images: 0 },
      { role: 'user', text: 'What is this?', images: 1 },
      { role: 'assistant', text: 'look {"a":1}', images: 0 },
      { role: 'tool', text: 'a cat', images: 0 },
    ]);
  });

  it('knows the tools, their size and the wish for JSON', () => {
    const tools = [{ type: 'function', function: { name: 'look', parameters: {} } }];
    const request = read({ model: 'auto', messages: hello, tools, response_format: { type: 'json_schema' } });
    expect(request).toMatchObject({ tools: ['look'], jsonOutput: true });
    expect(request.toolCharacters).toBe(JSON.stringify(tools).length);
  });

  it('takes the session from the header, then the metadata, then the cache key', () => {
    const body = { model: 'auto', messages: hello, metadata: { session_id: 'm' }, prompt_cache_key: 'k' };
    expect(read(body, { ...hints, session: 'h' }).session).toBe('h');
    expect(read(body).session).toBe('m');
    expect(read({ ...body, metadata: {} }).session).toBe('k');
  });

  it('takes the user from the header, then the safety identifier, then the user field', () => {
    const body = { model: 'auto', messages: hello, safety_identifier: 's', user: 'u' };
    expect(read(body, { ...hints, user: 'h' }).user).toBe('h');
    expect(read(body).user).toBe('s');
    expect(read({ ...body, safety_identifier: undefined }).user).toBe('u');
  });

  it('keeps metadata that are texts, 32 at most', () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`k${at}`, 'v']));
    expect(Object.keys(read({ model: 'a', messages: hello, metadata: many }).metadata)).toHaveLength(32);
    expect(read({ model: 'a', messages: hello, metadata: { a: 1, b: 'x' } }).metadata).toEqual({ b: 'x' });
  });

  it.each([
    [{ messages: hello }, 'model'],
    [{ model: 7, messages: hello }, 'model'],
    [{ model: 'auto' }, 'messages'],
    [{ model: 'auto', messages: [] }, 'messages'],
    [{ model: 'auto', messages: [...hello, 'x'] }, 'messages.1'],
  ])('says where %j is wrong', (body, param) => {
    expect(openaiChat.readRequest(body, hints)).toMatchObject({ kind: 'bad', param });
  });
});

describe('changing a chat completion request', () => {
  it('caps the length by the smaller limit, in the field that the client used', () => {
    expect(change('{"model":"a","max_tokens":500}', { max_output_tokens: 200 })).toBe(
      '{"model":"m","max_tokens":200}',
    );
    expect(change('{"model":"a","max_completion_tokens":50}', { max_output_tokens: 200 })).toBe(
      '{"model":"m","max_completion_tokens":50}',
    );
  });

  it('caps the length in the provider’s own field where the client named none', () => {
    expect(change('{"model":"a"}', { max_output_tokens: 200 })).toBe(
      '{"model":"m","max_completion_tokens":200}',
    );
    expect(change('{"model":"a"}', { max_output_tokens: 200 }, 'max_tokens')).toBe(
      '{"model":"m","max_tokens":200}',
    );
  });

  it('replaces temperature and effort', () => {
    expect(change('{"model":"a","temperature":1}', { temperature: 0.2, reasoning_effort: 'low' })).toBe(
      '{"model":"m","temperature":0.2,"reasoning_effort":"low"}',
    );
  });

  it('asks a stream for its usage and keeps the other options', () => {
    expect(change('{"model":"a","stream":true,"stream_options":{"x":1}}', {})).toBe(
      '{"model":"m","stream":true,"stream_options":{"x":1,"include_usage":true}}',
    );
    expect(change('{"model":"a","stream":false}', {})).toBe('{"model":"m","stream":false}');
  });
});

describe('the usage of a chat completion', () => {
  it('is told by disjoint classes that add up to the total', () => {
    const usage = {
      prompt_tokens: 100,
      completion_tokens: 50,
      prompt_tokens_details: { cached_tokens: 60 },
      completion_tokens_details: { reasoning_tokens: 30 },
    };
    expect(openaiChat.readAnswer({ choices: [], usage })).toMatchObject({
      usage: { inputTokens: 40, cacheReadTokens: 60, outputTokens: 20, reasoningTokens: 30 },
    });
  });

  it('is unknown, with the characters to estimate from, where the server states none', () => {
    const choices = [{ message: { content: 'twelve chars' } }];
    expect(openaiChat.readAnswer({ choices })).toEqual({ kind: 'ok', usage: null, outputCharacters: 12 });
  });
});

describe('the class of an error', () => {
  it.each([
    [429, {}, 'rate_limit'],
    [408, {}, 'timeout'],
    [504, {}, 'timeout'],
    [500, {}, 'server_error'],
    [503, {}, 'server_error'],
    [401, {}, 'auth'],
    [403, {}, 'auth'],
    [402, {}, 'unavailable'],
    [413, {}, 'context_length'],
    [404, {}, 'invalid_request'],
    [422, {}, 'invalid_request'],
    [400, { error: { code: 'context_length_exceeded' } }, 'context_length'],
    [400, { error: { message: "This model's maximum context length is 8192 tokens." } }, 'context_length'],
    [400, { error: { code: 'content_filter' } }, 'content_filter'],
    [400, { error: { type: 'invalid_request_error' } }, 'invalid_request'],
    [200, { error: { type: 'server_error' } }, 'server_error'],
    [200, { error: { code: 429, message: 'slow down' } }, 'rate_limit'],
    [502, 'Bad gateway', 'server_error'],
  ])('of status %d with %j is %s', (status, body, error) => {
    expect(openaiChat.classifyError(status, body)).toBe(error);
  });
});
