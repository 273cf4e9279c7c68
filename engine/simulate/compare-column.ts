import type { Comparison } from '../expression/index.ts';

/** The comparison that means the same with its sides exchanged. */
export const flipped: Readonly<Record<Comparison, Comparison>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/**
 * Numbers against a constant, a row at a time: 0, 1, and 2 where the number is unknown (NaN). One loop a comparison and
 * no branch in it, since on mixed data a branch that guesses wrong costs more than all the rest.
 */
export function compareColumn(
  by: Comparison,
  values: Float64Array,
  constant: number,
  gaps: boolean,
): Uint8Array {
  const out = new Uint8Array(values.length);
  loops[by](values, constant, out);
  if (gaps) markUnknown(values, out);
  return out;
}

function markUnknown(values: Float64Array, out: Uint8Array): void {
  for (let row = 0; row < out.length; row += 1) {
    if (Number.isNaN(values[row] as number)) out[row] = 2;
  }
}

type Loop = (values: Float64Array, constant: number, out: Uint8Array) => void;

const loops: Readonly<Record<Comparison, Loop>> = {
  '==': (values, constant, out) => {
    for (let row = 0; row < out.length; row += 1) out[row] = Number((values[row] as number) === constant);
  },
  '!=': (values, constant, out) => {
    for (let row = 0; row < out.length; row += 1) out[row] = Number((values[row] as number) !== constant);
  },
  '<': (values, constant, out) => {
    for (let row = 0; row < out.length; row += 1) out[row] = Number((values[row] as number) < constant);
  },
  '<=': (values, constant, out) => {
    for (let row = 0; row < out.length; row += 1) out[row] = Number((values[row] as number) <= constant);
  },
  '>': (values, constant, out) => {
    for (let row = 0; row < out.length; row += 1) out[row] = Number((values[row] as number) > constant);
  },
  '>=': (values, constant, out) => {
    for (let row = 0; row < out.length; row += 1) out[row] = Number((values[row] as number) >= constant);
  },
};
