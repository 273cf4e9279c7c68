import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnthropicEventReader, OpenAiEventReader } from '#server/dialects/translate/index.ts';
import type { AnswerEvent, EventReader } from '#server/dialects/translate/neutral-answer.ts';

type MakeReader = (sink: (event: AnswerEvent) => void) => EventReader;

/** What a reader says of frames as one piece, where deltas are recognised, and byte by byte, where none can be. */
function readings(make: MakeReader, frames: readonly string[]) {
  const read = (pieces: Iterable<Uint8Array>) => {
    const events: AnswerEvent[] = [];
    const reader = make((event) => events.push(event));
    for (const piece of pieces) reader.push(piece);
    reader.end();
    return events;
  };
  const bytes = Buffer.from(frames.join(''));
  return { whole: read([bytes]), bytewise: read(Array.from(bytes, (byte) => Buffer.from([byte]))) };
}

const said = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }),
  fc.constantFrom('', '"', '\\', 'é', '{"a":1}', '\n'),
);

const chatFrames = fc.array(
  fc
    .record({
      key: fc.constantFrom('content', 'content', 'content', 'reasoning_content', 'refusal', 'tool_calls'),
      text: said,
      index: fc.constantFrom(0, 0, 0, 0, 1),
      usage: fc.constantFrom(null, null, null, { prompt_tokens: 1, completion_tokens: 1 }),
      obfuscation: fc.string({ unit: fc.constantFrom('x'), maxLength: 4 }),
    })
    .map(({ key, text, index, usage, obfuscation }) => {
      const call = [{ index: 0, id: 'call_1', type: 'function', function: { name: 'f', arguments: text } }];
      const delta = { [key]: key === 'tool_calls' ? call : text };
      const choices = [{ index, delta, logprobs: null, finish_reason: null }];
      return `data: ${JSON.stringify({ id: 'c', model: 'm', choices, usage, obfuscation })}\n\n`;
    }),
  { minLength: 3, maxLength: 25 },
);

const messageFrames = fc
  .array(
    fc.record({
      index: fc.constantFrom(0, 0, 0, 1),
      key: fc.constantFrom('text', 'text', 'thinking', 'partial_json'),
      text: said,
      event: fc.constantFrom('delta', 'delta', 'delta', 'delta', 'stop', 'start'),
      spaces: fc.constantFrom('', '  '),
    }),
    { minLength: 3, maxLength: 25 },
  )
  .map((list) => {
    const types = {
      text: 'text_delta',
      thinking: 'thinking_delta',
      partial_json: 'input_json_delta',
    } as const;
    const frame = (wire: object, spaces = '') => `data: ${JSON.stringify(wire).slice(0, -1)}${spaces}}\n\n`;
    const start = (index: number) =>
      frame({ type: 'content_block_start', index, content_block: { type: 'text', text: '' } });
    return [
      start(0),
      start(1),
      ...list.map(({ index, key, text, event, spaces }) => {
        if (event === 'start') return start(index);
        if (event === 'stop') return frame({ type: 'content_block_stop', index });
        const delta = { type: types[key as keyof typeof types], [key]: text };
        return frame({ type: 'content_block_delta', index, delta }, spaces);
      }),
    ];
  });

describe('deltas that are recognised', () => {
  it('say of an OpenAI stream what they say when they are parsed, whatever grows in turns', () => {
    fc.assert(
      fc.property(chatFrames, (frames) => {
        const { whole, bytewise } = readings((sink) => new OpenAiEventReader(sink), frames);
        expect(whole).toEqual(bytewise);
      }),
      { numRuns: 500 },
    );
  });

  it('say of an Anthropic stream what they say when they are parsed', () => {
    fc.assert(
      fc.property(messageFrames, (frames) => {
        const { whole, bytewise } = readings((sink) => new AnthropicEventReader(sink), frames);
        expect(whole).toEqual(bytewise);
      }),
      { numRuns: 500 },
    );
  });
});
