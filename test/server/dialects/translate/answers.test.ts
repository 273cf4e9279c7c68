import { describe, expect, it } from 'vitest';
import { aCall, answerOf } from './stream-tools.ts';

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
