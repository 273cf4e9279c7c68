import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
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

  it('looks at and copies a line of 10 MB a bounded number of times, however small its chunks', () => {
    const line = Buffer.alloc(10 * 1024 * 1024, 'x');
    const cutter = new FrameCutter();
    let copied = 0;
    let scanned = 0;
    const { copy, indexOf } = Buffer.prototype;
    vi.spyOn(Buffer.prototype, 'copy').mockImplementation(function (this: Buffer, ...rest) {
      const bytes = copy.apply(this, rest);
      copied += bytes;
      return bytes;
    });
    vi.spyOn(Buffer.prototype, 'indexOf').mockImplementation(function (this: Buffer, value, from) {
      scanned += this.length - Number(from ?? 0);
      return indexOf.call(this, value, from);
    });
    try {
      cutter.push(Buffer.from('data: '));
      for (let at = 0; at < line.length; at += 1_024) cutter.push(line.subarray(at, at + 1_024));
      const [frame] = cutter.push(Buffer.from('\n\n'));
      expect(frame).toHaveLength(line.length + 8);
    } finally {
      vi.restoreAllMocks();
    }
    expect(copied).toBeLessThanOrEqual(3 * line.length);
    expect(scanned).toBeLessThanOrEqual(2.1 * line.length);
  });
});
