import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dialect } from '#engine/signals/index.ts';
import { dialects, FrameCutter } from '#server/dialects/index.ts';

/** Wire bytes as the vendors send them, framing included. */
const chatStream = [
  'data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}\n\n',
  'data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Grüße"},"finish_reason":null}],"usage":null}\n\n',
  'data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t","function":{"name":"look","arguments":"{\\"a\\":"}}]},"finish_reason":null}],"usage":null}\n\n',
  'data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}],"usage":null}\n\n',
  'data: {"id":"c","object":"chat.completion.chunk","choices":[],"usage":{"prompt_tokens":20,"completion_tokens":9,"prompt_tokens_details":{"cached_tokens":8},"completion_tokens_details":{"reasoning_tokens":4}}}\n\n',
  'data: [DONE]\n\n',
].join('');

const messageStream = [
  'event: message_start\ndata: {"type":"message_start","message":{"id":"m","role":"assistant","content":[],"usage":{"input_tokens":10,"cache_creation_input_tokens":5,"cache_creation":{"ephemeral_5m_input_tokens":2,"ephemeral_1h_input_tokens":3},"cache_read_input_tokens":7,"output_tokens":1}}}\n\n',
  'event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\n\n',
  'event: ping\ndata: {"type": "ping"}\n\n',
  'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Grüße"}}\n\n',
  'event: content_block_stop\ndata: {"type":"content_block_stop","index":0}\n\n',
  'event: message_delta\ndata: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":12,"input_tokens":null,"output_tokens_details":{"thinking_tokens":4}}}\n\n',
  'event: message_stop\ndata: {"type":"message_stop"}\n\n',
].join('');

const responseStream = [
  'event: response.created\ndata: {"type":"response.created","sequence_number":0,"response":{"id":"r","status":"in_progress","output":[],"usage":null}}\n\n',
  'event: response.in_progress\ndata: {"type":"response.in_progress","sequence_number":1,"response":{"id":"r","status":"in_progress","output":[]}}\n\n',
  'event: response.output_item.added\ndata: {"type":"response.output_item.added","sequence_number":2,"output_index":0,"item":{"id":"m","type":"message","content":[]}}\n\n',
  'event: response.content_part.added\ndata: {"type":"response.content_part.added","sequence_number":3,"output_index":0,"content_index":0,"item_id":"m","part":{"type":"output_text","text":""}}\n\n',
  'event: response.output_text.delta\ndata: {"type":"response.output_text.delta","sequence_number":4,"output_index":0,"content_index":0,"item_id":"m","delta":"Grüße"}\n\n',
  'event: response.output_item.added\ndata: {"type":"response.output_item.added","sequence_number":5,"output_index":1,"item":{"id":"f","type":"function_call","call_id":"t","name":"look","arguments":""}}\n\n',
  'event: response.function_call_arguments.delta\ndata: {"type":"response.function_call_arguments.delta","sequence_number":6,"output_index":1,"item_id":"f","delta":"{\\"a\\":"}\n\n',
  'event: response.completed\ndata: {"type":"response.completed","sequence_number":7,"response":{"id":"r","status":"completed","output":[],"usage":{"input_tokens":20,"output_tokens":9,"input_tokens_details":{"cached_tokens":8},"output_tokens_details":{"reasoning_tokens":4}}}}\n\n',
].join('');

const borders = fc.array(fc.nat(), { maxLength: 20 });

function readAll(name: Dialect, stream: string, places: readonly number[]) {
  const bytes = Buffer.from(stream);
  const reader = dialects[name].makeStreamReader({ stream: true });
  const cutter = new FrameCutter();
  const kinds: string[] = [];
  let from = 0;
  for (const to of [...places.map((one) => one % bytes.length).sort((a, b) => a - b), bytes.length]) {
    for (const frame of cutter.push(bytes.subarray(from, to))) kinds.push(reader.read(frame).kind);
    from = Math.max(from, to);
  }
  return { reader, kinds };
}

describe('reading streams along', () => {
  it('understands an OpenAI stream wherever its chunks end', () => {
    fc.assert(
      fc.property(borders, (places) => {
        const { reader, kinds } = readAll('openai-chat', chatStream, places);
        expect(kinds).toEqual(['lifecycle', 'content', 'content', 'content', 'hidden', 'end']);
        expect(reader.finished).toBe(true);
        expect(reader.outputCharacters).toBe('Grüße'.length + 'look{"a":'.length);
        expect(reader.usage).toMatchObject({
          inputTokens: 12,
          cacheReadTokens: 8,
          outputTokens: 5,
          reasoningTokens: 4,
        });
      }),
    );
  });

  it('understands a stream of response events wherever its chunks end', () => {
    fc.assert(
      fc.property(borders, (places) => {
        const { reader, kinds } = readAll('openai-responses', responseStream, places);
        const begins = ['lifecycle', 'lifecycle', 'lifecycle', 'lifecycle'];
        expect(kinds).toEqual([...begins, 'content', 'content', 'content', 'end']);
        expect(reader.finished).toBe(true);
        expect(reader.outputCharacters).toBe('Grüße'.length + '{"a":'.length);
        expect(reader.usage).toMatchObject({
          inputTokens: 12,
          cacheReadTokens: 8,
          outputTokens: 5,
          reasoningTokens: 4,
        });
      }),
    );
  });

  it('understands an Anthropic stream wherever its chunks end; what comes later overrides and is never added', () => {
    fc.assert(
      fc.property(borders, (places) => {
        const { reader, kinds } = readAll('anthropic-messages', messageStream, places);
        expect(kinds).toEqual([
          'lifecycle',
          'lifecycle',
          'lifecycle',
          'content',
          'content',
          'content',
          'end',
        ]);
        expect(reader.finished).toBe(true);
        expect(reader.usage).toEqual({
          inputTokens: 10,
          cacheReadTokens: 7,
          cacheWrite5mTokens: 2,
          cacheWrite1hTokens: 3,
          outputTokens: 8,
          reasoningTokens: 4,
        });
      }),
    );
  });

  it('takes an OpenAI stream without [DONE] for finished once every choice has a finish reason', () => {
    const { reader } = readAll('openai-chat', chatStream.replace('data: [DONE]\n\n', ''), []);
    expect(reader.finished).toBe(true);
    const [first = '', second = ''] = chatStream.split(/(?<=\n\n)/);
    expect(readAll('openai-chat', first + second, []).reader.finished).toBe(false);
  });

  it('sees an error in either dialect, with its class and words', () => {
    const chat = dialects['openai-chat'].makeStreamReader({ stream: true });
    expect(
      chat.read(Buffer.from('data: {"error":{"code":"rate_limit_exceeded","message":"slow"}}\n\n')),
    ).toEqual({
      kind: 'error',
      error: 'rate_limit',
      message: 'slow',
    });
    const message = dialects['anthropic-messages'].makeStreamReader({});
    const event =
      'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n';
    expect(message.read(Buffer.from(event))).toEqual({
      kind: 'error',
      error: 'server_error',
      message: 'Overloaded',
    });
  });
});
