import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareColumn } from '#engine/simulate/compare-column.ts';

const comparisons = {
  '==': (left: number, right: number) => left === right,
  '!=': (left: number, right: number) => left !== right,
  '<': (left: number, right: number) => left < right,
  '<=': (left: number, right: number) => left <= right,
  '>': (left: number, right: number) => left > right,
  '>=': (left: number, right: number) => left >= right,
} as const;

const small = fc.constantFrom(0, 1, 2, 63, 64, 126, 127);
const any = fc.oneof(
  small,
  fc.constantFrom(-1, 128, 0.5, 1e9, Number.NaN, Number.POSITIVE_INFINITY),
  fc.double(),
);
const constants = fc.oneof(
  small,
  fc.constantFrom(-1, -0.5, 0.5, 126.5, 127.5, 128, 1e12, Number.NaN, Infinity, -Infinity),
);

describe('compareColumn', () => {
  for (const values of [small, any]) {
    it(`answers as JavaScript does for ${values === small ? 'small whole numbers' : 'any numbers'}, unknown ones apart`, () => {
      fc.assert(
        fc.property(fc.array(values, { maxLength: 13 }), constants, (rows, constant) => {
          for (const [by, holds] of Object.entries(comparisons)) {
            const answers = compareColumn(
              by as keyof typeof comparisons,
              { kind: 'number', values: Float64Array.from(rows) },
              constant,
            );
            expect([...answers]).toEqual(
              rows.map((row) => (Number.isNaN(row) ? 2 : Number(holds(row, constant)))),
            );
          }
        }),
        { numRuns: 500 },
      );
    });
  }
});
