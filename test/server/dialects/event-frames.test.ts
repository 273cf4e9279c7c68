import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameCutter, readEvent } from '#server/dialects/event-frames.ts';

/** The bytes in chunks with borders at random. */
function inChunks(bytes: Buffer, borders: readonly number[]): Buffer[] {
  const places = [...new Set(borders.map((one) => one % (bytes.length + 1)))].sort((a, b) => a - b);
  const chunks: Buffer[] = [];
  let from = 0;
  for (const to of [...places, bytes.length]) {
    chunks.push(Buffer.from(bytes.subarray(from, to)));
    from = to;
  }
  return chunks;
}

function cut(chunks: readonly Buffer[]): { frames: Buffer[]; rest: Buffer } {
  const cutter = new FrameCutter();
  const frames = chunks.flatMap((chunk) => [...cutter.push(chunk)]);
  return { frames, rest: cutter.rest };
}

const borders = fc.array(fc.nat(), { maxLength: 12 });
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');

describe('cutting a stream into frames', () => {
  it('gives the same events wherever the chunks end, for every kind of line end', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).map((value) => value.replace(/[\r\n]/g, ' '));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), lineEnd, borders, (values, end, places) => {
        const bytes = Buffer.from(values.map((value) => `event: e${end}data: ${value}${end}${end}`).join(''));
        const events = cut(inChunks(bytes, places)).frames.map(readEvent);
        expect(events.filter((event) => event !== null)).toEqual(values.map((data) => ({ name: 'e', data })));
      }),
    );
  });

  it('loses and adds no byte, whatever comes', () => {
    const noise = fc
      .array(fc.constantFrom('\n', '\r', '\r\n', '\n\n', 'data: x', ': ping', ' ', 'é'))
      .map((parts) => Buffer.from(parts.join('')));
    fc.assert(
      fc.property(noise, borders, (bytes, places) => {
        const { frames, rest } = cut(inChunks(bytes, places));
        expect(Buffer.concat([...frames, rest]).equals(bytes)).toBe(true);
      }),
    );
  });

  it('joins the lines of one event’s data and sees no event in a comment', () => {
    expect(readEvent(Buffer.from('data: a\ndata:b\n\n'))).toEqual({ name: '', data: 'a\nb' });
    expect(readEvent(Buffer.from(': ping\n\n'))).toBeNull();
  });
});
