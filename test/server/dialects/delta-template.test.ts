import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeltaTemplate } from '#server/dialects/delta-template.ts';
import { dialects, FrameCutter, type StreamReader } from '#server/dialects/index.ts';

/** Reads frames as one stream, and as streams of one frame each, where no template has been learned. */
function meanings(
  name: 'openai-chat' | 'anthropic-messages' | 'openai-responses',
  frames: readonly string[],
) {
  const whole = dialects[name].makeStreamReader({});
  const cutter = new FrameCutter();
  const together = cutter.push(Buffer.from(frames.join(''))).map((frame) => whole.read(frame).kind);
  const alone: StreamReader[] = frames.map(() => dialects[name].makeStreamReader({}));
  const apart = frames.map((frame, at) => alone[at]!.read(Buffer.from(frame)).kind);
  const characters = alone.reduce((sum, reader) => sum + reader.outputCharacters, 0);
  return { together, apart, characters: [whole.outputCharacters, characters] };
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.constantFrom('', '"', '\\', '\n', '"}}', ',"usage":{', 'é', '🌍'),
);
const padding = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 5 });

const chatFrame = fc
  .record({
    key: fc.constantFrom('content', 'content', 'content', 'reasoning_content', 'refusal'),
    text,
    index: fc.constantFrom(0, 0, 0, 1),
    finish: fc.constantFrom(null, null, null, 'stop'),
    usage: fc.constantFrom(null, null, null, { prompt_tokens: 1, completion_tokens: 1 }),
    error: fc.constantFrom(undefined, undefined, undefined, { message: 'no' }),
    obfuscation: padding,
  })
  .map(({ key, text: said, index, finish, usage, error, obfuscation }) => {
    const choices = [{ index, delta: { [key]: said }, finish_reason: finish }];
    return `data: ${JSON.stringify({ id: 'c', choices, usage, error, obfuscation })}\n\n`;
  });

const messageFrame = fc
  .record({
    type: fc.constantFrom('text', 'text', 'thinking', 'partial_json'),
    text,
    event: fc.constantFrom('content_block_delta', 'content_block_delta', 'content_block_delta', 'ping'),
    spaces: fc.constantFrom('', ' ', '     '),
  })
  .map(({ type, text: said, event, spaces }) => {
    const data = JSON.stringify({ type: event, index: 0, delta: { type: 'x', [type]: said } });
    return `event: ${event}\ndata: ${data.slice(0, -1)}${spaces}}\n\n`;
  });

const responseFrame = fc
  .record({
    type: fc.constantFrom(
      'response.output_text.delta',
      'response.output_text.delta',
      'response.output_text.done',
    ),
    delta: text,
    sequence_number: fc.nat(),
    obfuscation: padding,
  })
  .map((data) => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`);

describe('frames that are recognised without being parsed', () => {
  const kinds = [
    ['openai-chat', chatFrame],
    ['anthropic-messages', messageFrame],
    ['openai-responses', responseFrame],
  ] as const;

  it.each(kinds)('of %s mean and hold what they do when they are parsed', (name, frame) => {
    fc.assert(
      fc.property(fc.array(frame, { minLength: 2, maxLength: 20 }), (frames) => {
        const { together, apart, characters } = meanings(name, frames);
        expect(together).toEqual(apart);
        expect(characters[0]).toBe(characters[1]);
      }),
      { numRuns: 500 },
    );
  });

  it('are told by everything but the text, the padding and the number', () => {
    const template = new DeltaTemplate();
    const frame = (said: string, more = '') => Buffer.from(`data: {"delta":"${said}"${more}}\n\n`);
    template.learn(frame('Hi'), 'delta', 'Hi');
    expect(template.matches(frame('there'))).toBe(true);
    expect(template.matches(frame(''))).toBe(false);
    expect(template.matches(frame('a\\"b'))).toBe(false);
    expect(template.matches(frame('a","error":"b'))).toBe(false);
    expect(template.matches(frame('there', ',"error":{}'))).toBe(false);
    expect(template.matches(frame('there').subarray(0, -1))).toBe(false);
  });

  it('remember the number of the last event, which an error continues', () => {
    const reader = dialects['openai-responses'].makeStreamReader({});
    for (const number of [4, 5, 6]) {
      const data = { type: 'response.output_text.delta', sequence_number: number, delta: 'x' };
      reader.read(Buffer.from(`data: ${JSON.stringify(data)}\n\n`));
    }
    const problem = { status: 502, code: 'network', message: 'x', param: null, requestId: 'r' };
    expect(dialects['openai-responses'].errorFrame(problem, reader)).toContain('"sequence_number":7');
  });
});
