import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hearResponses } from './hear-responses.ts';
import { hearAnthropic, hearOpenAi } from './legality.ts';
import { aCall, cuts, fixture, translateStream } from './stream-tools.ts';

const toAnthropicClient = (name: string) => {
  const { text, stream } = translateStream(aCall('anthropic-messages', 'openai-chat'), [fixture(name)]);
  return { heard: hearAnthropic(text), stream, text };
};
const toOpenAiClient = (name: string, request: object = {}) => {
  const { text, stream } = translateStream(aCall('openai-chat', 'anthropic-messages', request), [
    fixture(name),
  ]);
  return { heard: hearOpenAi(text), stream, text };
};

describe('an OpenAI stream for an Anthropic client', () => {
  it('carries text, its end and the usage by class', () => {
    const { heard, stream } = toAnthropicClient('openai-text.sse');
    expect(heard).toMatchObject({
      ending: 'complete',
      text: 'Grüße, 世界 🌍!\n"quoted" \\ ',
      stopReason: 'end_turn',
      usage: {
        input_tokens: 201,
        cache_read_input_tokens: 1024,
        cache_creation_input_tokens: 0,
        output_tokens: 48,
        output_tokens_details: { thinking_tokens: 20 },
      },
    });
    expect(stream).toMatchObject({ finished: true, hasContent: true, problem: null });
    expect(stream.usage).toMatchObject({ inputTokens: 201, cacheReadTokens: 1024, reasoningTokens: 20 });
  });

  it('puts tool calls that grow in turns one after another', () => {
    const { heard } = toAnthropicClient('openai-parallel-tools.sse');
    expect(heard.kinds).toEqual(['text', 'tool_use', 'tool_use']);
    expect(heard.calls).toEqual([
      { id: 'call_rome', name: 'get_weather', json: '{"city":"Rome"}' },
      { id: 'call_oslo', name: 'get_weather', json: '{"city":"Oslo"}' },
    ]);
    expect(heard.stopReason).toBe('tool_use');
  });

  it('tells what was thought apart, and counts reasoning that stands beside the completion', () => {
    const { heard, stream } = toAnthropicClient('openai-reasoning.sse');
    expect(heard).toMatchObject({
      kinds: ['thinking', 'text'],
      thinking: 'Two plus two.',
      text: 'Four.',
      stopReason: 'max_tokens',
    });
    expect(stream.usage).toMatchObject({ inputTokens: 9, outputTokens: 6, reasoningTokens: 4 });
  });

  it('says the estimated input in message_start, which agents measure their context by', () => {
    const { text } = toAnthropicClient('openai-text.sse');
    expect(text.slice(0, 600)).toContain('"input_tokens":77');
  });

  it('writes a second call as it comes once the first one is whole', () => {
    const stream = aCall('anthropic-messages', 'openai-chat').stream();
    const push = (calls: object[]) =>
      stream.push(
        Buffer.from(
          `data: ${JSON.stringify({ id: 'x', model: 'm', choices: [{ index: 0, delta: { tool_calls: calls } }] })}\n\n`,
        ),
      );
    push([{ index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: '{"x":1}' } }]);
    const frames = push([
      { index: 1, id: 'b', type: 'function', function: { name: 'g', arguments: '{"y"' } },
    ]);
    expect(frames.join('')).toContain('"partial_json":"{\\"y\\""');
  });
});

describe('an Anthropic stream for an OpenAI client', () => {
  it('carries text, its end and the usage', () => {
    const { heard, stream } = toOpenAiClient('anthropic-text.sse');
    expect(heard).toMatchObject({
      ending: 'complete',
      text: 'Grüße, 世界 🌍',
      stopReason: 'stop',
      usage: {
        prompt_tokens: 5321,
        completion_tokens: 15,
        total_tokens: 5336,
        prompt_tokens_details: { cached_tokens: 5000, cache_write_tokens: 300 },
      },
    });
    expect(stream.usage).toMatchObject({ cacheWrite5mTokens: 100, cacheWrite1hTokens: 200 });
    expect(stream.dropped).toEqual(['stop_sequence']);
  });

  it('carries thinking and tool calls, and names what has no place', () => {
    const { heard, stream } = toOpenAiClient('anthropic-thinking-tools.sse');
    expect(heard).toMatchObject({
      thinking: 'The user wants the weather.',
      text: 'Let me look.',
      stopReason: 'tool_calls',
      calls: [
        { id: 'toolu_rome', name: 'get_weather', json: '{"city": "Rome"}' },
        { id: 'toolu_now', name: 'get_time', json: '{}' },
      ],
    });
    expect(stream.dropped).toEqual(['thinking.signature', 'redacted_thinking']);
    expect(stream.usage).toMatchObject({ outputTokens: 49, reasoningTokens: 40, inputTokens: 21 });
  });

  it('writes usage only for a client that asked', () => {
    const { heard, text } = toOpenAiClient('anthropic-text.sse', { stream_options: undefined });
    expect(heard.usage).toBeNull();
    expect(text).not.toContain('"usage"');
  });
});

describe('a stream for a Responses client', () => {
  const hear = (name: string, to: 'openai-chat' | 'anthropic-messages', request: object = {}) => {
    const { text, stream } = translateStream(aCall('openai-responses', to, request), [fixture(name)]);
    return { heard: hearResponses(text), stream };
  };

  it('puts tool calls that grow in turns one after another', () => {
    const { heard } = hear('openai-parallel-tools.sse', 'openai-chat');
    expect(heard.kinds).toEqual(['message', 'function_call', 'function_call']);
    expect(heard.calls).toEqual([
      { id: 'call_rome', name: 'get_weather', json: '{"city":"Rome"}' },
      { id: 'call_oslo', name: 'get_weather', json: '{"city":"Oslo"}' },
    ]);
  });

  it('says that an answer was cut at its limit', () => {
    const { heard } = hear('openai-reasoning.sse', 'openai-chat');
    expect(heard).toMatchObject({
      kinds: ['reasoning', 'message'],
      thinking: 'Two plus two.',
      text: 'Four.',
      stopReason: 'max_output_tokens',
    });
  });

  it('keeps a signature for a client that sends reasoning back, and names it for any other', () => {
    const name = 'anthropic-thinking-tools.sse';
    const include = ['reasoning.encrypted_content'];
    expect(hear(name, 'anthropic-messages', { include }).stream.dropped).toEqual([]);
    expect(hear(name, 'anthropic-messages').stream.dropped).toEqual([
      'thinking.signature',
      'redacted_thinking',
    ]);
  });

  it('that breaks ends in response.failed with what came before', () => {
    expect(hear('anthropic-error.sse', 'anthropic-messages').heard).toMatchObject({ ending: 'error' });
  });

  it('that breaks anywhere before its end never looks finished', () => {
    const bytes = fixture('openai-parallel-tools.sse');
    const complete = bytes.indexOf('"finish_reason":"t');
    for (let cut = 0; cut < complete; cut += 7) {
      const { text } = translateStream(aCall('openai-responses', 'openai-chat'), [bytes.subarray(0, cut)]);
      expect(hearResponses(text).ending).toBe('error');
    }
  });
});

describe('a stream that breaks', () => {
  const broken: [string, () => { heard: ReturnType<typeof hearOpenAi>; stream: { finished: boolean } }][] = [
    ['an OpenAI error', () => toAnthropicClient('openai-error.sse')],
    ['an Anthropic error', () => toOpenAiClient('anthropic-error.sse')],
  ];
  it.each(broken)('by %s ends in the error event of the client, with what came before', (_name, run) => {
    const { heard, stream } = run();
    expect(heard).toMatchObject({ ending: 'error', text: 'So far', stopReason: null });
    expect(stream.finished).toBe(false);
  });

  it('keeps the meaning of the error', () => {
    expect(toOpenAiClient('anthropic-error.sse').stream.problem).toMatchObject({
      kind: 'overloaded',
      status: 529,
      message: 'Overloaded',
    });
    expect(toAnthropicClient('openai-error.sse').text).toContain('"type":"api_error"');
  });

  it('anywhere before its end never looks finished', () => {
    const streams = [
      ['openai-parallel-tools.sse', 'anthropic-messages', 'openai-chat', hearAnthropic, '"finish_reason":"t'],
      ['anthropic-thinking-tools.sse', 'openai-chat', 'anthropic-messages', hearOpenAi, '"stop_reason": "t'],
    ] as const;
    for (const [name, from, to, hear, end] of streams) {
      const bytes = fixture(name);
      const complete = bytes.indexOf(end);
      for (let cut = 0; cut < complete; cut += 7) {
        const { text, stream } = translateStream(aCall(from, to), [bytes.subarray(0, cut)]);
        expect(hear(text).ending).toBe('error');
        expect(stream.problem).not.toBeNull();
      }
    }
  });

  it('by a deadline ends in an error event, once', () => {
    const stream = aCall('anthropic-messages', 'openai-chat').stream();
    const frames = stream.push(fixture('openai-parallel-tools.sse').subarray(0, 700));
    frames.push(...stream.fail({ status: 504, message: 'No byte for 30 s.' }));
    frames.push(...stream.fail({ status: 502, message: 'Again.' }), ...stream.end());
    expect(hearAnthropic(frames.join(''))).toMatchObject({ ending: 'error' });
    expect(frames.join('')).toContain('"timeout_error"');
    expect(frames.join('')).not.toContain('Again.');
  });

  it('says nothing after it is complete', () => {
    const stream = aCall('openai-chat', 'anthropic-messages').stream();
    stream.push(fixture('anthropic-text.sse'));
    expect([
      ...stream.push(fixture('anthropic-text.sse')),
      ...stream.end(),
      ...stream.fail({ status: 502, message: 'x' }),
    ]).toEqual([]);
  });

  it('by something that is no JSON, or by an HTML page, says so', () => {
    for (const bytes of ['data: {"id":\n\n', '<html>Bad gateway</html>', '']) {
      const { text } = translateStream(aCall('anthropic-messages', 'openai-chat'), [Buffer.from(bytes)]);
      expect(hearAnthropic(text).ending).toBe('error');
    }
  });

  it('holds nothing a client would miss before its first content', () => {
    const stream = aCall('anthropic-messages', 'openai-chat').stream();
    const bytes = fixture('openai-text.sse');
    stream.push(bytes.subarray(0, bytes.indexOf('"Gr')));
    expect(stream.hasContent).toBe(false);
    stream.push(bytes.subarray(bytes.indexOf('"Gr')));
    expect(stream.hasContent).toBe(true);
  });
});

describe('every fixture', () => {
  const all = [
    ['openai-text.sse', 'anthropic-messages', 'openai-chat'],
    ['openai-parallel-tools.sse', 'anthropic-messages', 'openai-chat'],
    ['openai-reasoning.sse', 'anthropic-messages', 'openai-chat'],
    ['openai-error.sse', 'anthropic-messages', 'openai-chat'],
    ['anthropic-text.sse', 'openai-chat', 'anthropic-messages'],
    ['anthropic-thinking-tools.sse', 'openai-chat', 'anthropic-messages'],
    ['anthropic-error.sse', 'openai-chat', 'anthropic-messages'],
    ['openai-parallel-tools.sse', 'openai-responses', 'openai-chat'],
    ['openai-reasoning.sse', 'openai-responses', 'openai-chat'],
    ['openai-error.sse', 'openai-responses', 'openai-chat'],
    ['anthropic-thinking-tools.sse', 'openai-responses', 'anthropic-messages'],
  ] as const;
  it.each(all)('%s gives the same frames wherever the chunks are cut', (name, from, to) => {
    const bytes = fixture(name);
    const whole = translateStream(aCall(from, to), [bytes]).text;
    fc.assert(
      fc.property(cuts(bytes), (chunks) => {
        expect(translateStream(aCall(from, to), chunks).text).toBe(whole);
      }),
      { numRuns: 60 },
    );
    const single = Array.from(bytes, (_byte, at) => bytes.subarray(at, at + 1));
    expect(translateStream(aCall(from, to), single).text).toBe(whole);
  });
});
