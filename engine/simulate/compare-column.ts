import type { Comparison } from '../expression/index.ts';
import { compareBytes, fourRowsOf } from './byte-column.ts';
import { hasGaps } from './column-gaps.ts';
import type { NumberColumn } from './columns.ts';

/** The comparison that means the same with its sides exchanged. */
export const flipped: Readonly<Record<Comparison, Comparison>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** How each comparison is worked out: one of three loops, its answer turned round or not. */
const ways: Readonly<Record<Comparison, { readonly by: '==' | '>' | '>='; readonly turned: boolean }>> = {
  '==': { by: '==', turned: false },
  '!=': { by: '==', turned: true },
  '<': { by: '>=', turned: true },
  '<=': { by: '>', turned: true },
  '>': { by: '>', turned: false },
  '>=': { by: '>=', turned: false },
};

const everyByte = 0x01010101;

/**
 * Numbers against a constant: 0, 1, and 2 where the number is unknown (NaN). Four rows make one word, and no loop
 * branches, since on mixed data a branch that guesses wrong costs more than all the rest.
 */
export function compareColumn(by: Comparison, column: NumberColumn, constant: number): Uint8Array {
  const { values } = column;
  const small = Number.isNaN(constant) ? null : fourRowsOf(column);
  if (small !== null) {
    const turn = ways[by].turned ? everyByte : 0;
    return new Uint8Array(compareBytes(ways[by].by, small, constant, turn).buffer, 0, values.length);
  }
  const words = new Int32Array(Math.ceil(values.length / 4));
  const out = new Uint8Array(words.buffer, 0, values.length);
  const way = ways[by];
  if (Number.isNaN(constant)) out.fill(by === '!=' ? 1 : 0);
  else {
    loops[way.by](values, constant, words, way.turned ? everyByte : 0);
    compareRest(way.by, values, constant, out, way.turned ? 1 : 0);
  }
  if (hasGaps(column)) markUnknown(values, out);
  return out;
}

type Loop = (values: Float64Array, constant: number, words: Int32Array, turn: number) => void;

const loops: Readonly<Record<'==' | '>' | '>=', Loop>> = {
  '==': (values, constant, words, turn) => {
    for (let word = 0, row = 0; row + 3 < values.length; word += 1, row += 4) {
      words[word] =
        turn ^
        (Number((values[row] as number) === constant) |
          (Number((values[row + 1] as number) === constant) << 8) |
          (Number((values[row + 2] as number) === constant) << 16) |
          (Number((values[row + 3] as number) === constant) << 24));
    }
  },
  '>': (values, constant, words, turn) => {
    for (let word = 0, row = 0; row + 3 < values.length; word += 1, row += 4) {
      words[word] =
        turn ^
        (Number((values[row] as number) > constant) |
          (Number((values[row + 1] as number) > constant) << 8) |
          (Number((values[row + 2] as number) > constant) << 16) |
          (Number((values[row + 3] as number) > constant) << 24));
    }
  },
  '>=': (values, constant, words, turn) => {
    for (let word = 0, row = 0; row + 3 < values.length; word += 1, row += 4) {
      words[word] =
        turn ^
        (Number((values[row] as number) >= constant) |
          (Number((values[row + 1] as number) >= constant) << 8) |
          (Number((values[row + 2] as number) >= constant) << 16) |
          (Number((values[row + 3] as number) >= constant) << 24));
    }
  },
};

/** The rows after the last whole word. */
function compareRest(
  by: '==' | '>' | '>=',
  values: Float64Array,
  constant: number,
  out: Uint8Array,
  turn: number,
): void {
  for (let row = values.length & ~3; row < values.length; row += 1) {
    const value = values[row] as number;
    const answer = by === '==' ? value === constant : by === '>' ? value > constant : value >= constant;
    out[row] = turn ^ Number(answer);
  }
}

function markUnknown(values: Float64Array, out: Uint8Array): void {
  for (let row = 0; row < out.length; row += 1) {
    if (Number.isNaN(values[row] as number)) out[row] = 2;
  }
}
