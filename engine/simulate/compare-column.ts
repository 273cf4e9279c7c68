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
  length: number,
): Uint8Array {
  const out = new Uint8Array(length);
  loops[by](values, constant, out);
  return out;
}

type Loop = (values: Float64Array, constant: number, out: Uint8Array) => void;

const loops: Readonly<Record<Comparison, Loop>> = {
  '==': (values, constant, out) => {
    for (let row = 0; row < out.length; row += 1) {
      const value = values[row] as number;
      out[row] = Number(value === constant) | (Number(Number.isNaN(value)) << 1);
    }
  },
  '!=': (values, constant, out) => {
    for (let row = 0; row < out.length; row += 1) {
      const value = values[row] as number;
      out[row] = Number(value !== constant) << Number(Number.isNaN(value));
    }
  },
  '<': (values, constant, out) => {
    for (let row = 0; row < out.length; row += 1) {
      const value = values[row] as number;
      out[row] = Number(value < constant) | (Number(Number.isNaN(value)) << 1);
    }
  },
  '<=': (values, constant, out) => {
    for (let row = 0; row < out.length; row += 1) {
      const value = values[row] as number;
      out[row] = Number(value <= constant) | (Number(Number.isNaN(value)) << 1);
    }
  },
  '>': (values, constant, out) => {
    for (let row = 0; row < out.length; row += 1) {
      const value = values[row] as number;
      out[row] = Number(value > constant) | (Number(Number.isNaN(value)) << 1);
    }
  },
  '>=': (values, constant, out) => {
    for (let row = 0; row < out.length; row += 1) {
      const value = values[row] as number;
      out[row] = Number(value >= constant) | (Number(Number.isNaN(value)) << 1);
    }
  },
};
