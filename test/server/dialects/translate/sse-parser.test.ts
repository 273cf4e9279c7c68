import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SseParser } from '#server/dialects/translate/sse-parser.ts';
import { cuts } from './stream-tools.ts';

function eventsIn(chunks: Iterable<Uint8Array>): readonly (readonly [string, string])[] {
  const events: [string, string][] = [];
  const parser = new SseParser((name, data) => events.push([name, data]));
  for (const chunk of chunks) parser.push(chunk);
  parser.end();
  return events;
}

const read = (text: string) => eventsIn([Buffer.from(text)]);

describe('the parser of server-sent events', () => {
  it('reads names, several data lines and values without a space', () => {
    expect(read('event: a\ndata: 1\ndata:2\n\ndata:  3\n\n')).toEqual([
      ['a', '1\n2'],
      ['', ' 3'],
    ]);
  });

  it('passes over comments, ids, retry times, unknown fields and events without data', () => {
    expect(read(': hi\nid: 7\nretry: 5\ndate: x\nevents: y\n\nevent: lost\n\ndata\n\ndata: 1\n\n')).toEqual([
      ['', ''],
      ['', '1'],
    ]);
  });

  it('ends lines in LF, CRLF and CR alike', () => {
    expect(read('data: a\r\n\r\ndata: b\r\rdata: c\n\n')).toEqual([
      ['', 'a'],
      ['', 'b'],
      ['', 'c'],
    ]);
  });

  it('passes over a byte order mark at the beginning only', () => {
    expect(eventsIn([Buffer.from('\ufeffdata: \ufeffa\n\n')])).toEqual([['', '\ufeffa']]);
  });

  it('gives the last event though its blank line is missing', () => {
    expect(read('data: a\n\ndata: [DONE]')).toEqual([
      ['', 'a'],
      ['', '[DONE]'],
    ]);
  });

  it('replaces bytes that are no UTF-8 and goes on', () => {
    const bytes = Buffer.concat([
      Buffer.from('data: a'),
      Buffer.from([0xff, 0xc3]),
      Buffer.from('\n\ndata: b\n\n'),
    ]);
    expect(eventsIn([bytes])).toEqual([
      ['', 'a\ufffd\ufffd'],
      ['', 'b'],
    ]);
  });

  it('refuses a line without end instead of keeping all of it', () => {
    const parser = new SseParser(() => undefined);
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    expect(() => {
      for (let pushed = 0; pushed < 40; pushed += 1) parser.push(megabyte);
    }).toThrow(RangeError);
  });

  it('gives the same events wherever the chunks are cut', () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => `data: ${text.replace(/[\r\n]/g, '')}`),
      fc.constantFrom('event: ping', ': comment', '', ''),
    );
    const text = fc
      .array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 20 })
      .map((lines) => Buffer.from(lines.flat().join('')));
    fc.assert(
      fc.property(
        text.chain((bytes) => fc.tuple(fc.constant(bytes), cuts(bytes))),
        ([bytes, chunks]) => {
          expect(eventsIn(chunks)).toEqual(eventsIn([bytes]));
        },
      ),
    );
  });

  it('does not depend on the memory of a chunk after it was pushed', () => {
    const chunk = Buffer.from('data: abc');
    const events: string[] = [];
    const parser = new SseParser((_name, data) => events.push(data));
    parser.push(chunk);
    chunk.fill(0x7a);
    parser.push(Buffer.from('d\n\n'));
    expect(events).toEqual(['abcd']);
  });
});
