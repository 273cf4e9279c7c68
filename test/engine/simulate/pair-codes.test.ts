import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Pairs, pairCodes, pairUsed } from '#engine/simulate/pair-codes.ts';

const sizes = fc.tuple(
  fc.constantFrom(1, 3, 64, 70, 300, 5_000, 100_000),
  fc.constantFrom(1, 2, 65, 300, 5_000),
  fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 40 }),
);

describe('pairCodes', () => {
  it('tells rows apart by both columns, whatever their sizes', () => {
    fc.assert(fc.property(sizes, ([left, right, rows]) => agrees(pairCodes, left, right, rows)));
  });
});

describe('pairUsed', () => {
  it('gives codes only to the combinations that occur', () => {
    fc.assert(
      fc.property(sizes, ([left, right, rows]) => {
        agrees(pairUsed, left, right, rows);
        const pairs = pairUsed(codes(rows, 0, left), left, codes(rows, 1, right), right);
        expect(pairs.left).toHaveLength(new Set(pairs.codes).size);
      }),
    );
  });
});

type Rows = readonly (readonly [number, number])[];

function codes(rows: Rows, side: 0 | 1, size: number): Uint16Array | Uint32Array {
  const values = rows.map((row) => row[side] % size);
  return size <= 0x1_0000 ? Uint16Array.from(values) : Uint32Array.from(values);
}

function agrees(pair: typeof pairCodes, left: number, right: number, rows: Rows): void {
  const pairs: Pairs = pair(codes(rows, 0, left), left, codes(rows, 1, right), right);
  expect([...pairs.codes].map((code) => [pairs.left[code], pairs.right[code]])).toEqual(
    rows.map(([a, b]) => [a % left, b % right]),
  );
}
