import { createReadStream } from 'node:fs';

/** One line without its end. `bytes` counts everything read so far, for progress. */
export interface Line {
  readonly number: number;
  readonly text: string;
  readonly bytes: number;
}

const lineFeed = 0x0a;

/** The lines of a file of any size, one after another; a byte order mark is left out. */
export async function* readLines(path: string): AsyncGenerator<Line, void, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const block: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    bytes += chunk.length;
    let from = 0;
    for (let to = block.indexOf(lineFeed); to >= 0; to = block.indexOf(lineFeed, from)) {
      number += 1;
      yield { number, text: textOf(block, from, to, number), bytes };
      from = to + 1;
    }
    rest = block.subarray(from);
  }
  if (rest.length > 0) yield { number: number + 1, text: textOf(rest, 0, rest.length, number + 1), bytes };
}

function textOf(block: Buffer, from: number, to: number, number: number): string {
  const text = block.toString('utf8', from, to).replace(/\r$/, '');
  return number === 1 ? text.replace(/^\uFEFF/, '') : text;
}
