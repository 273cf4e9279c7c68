import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balanceShares, sumOfShares } from '../../../studio/inspector/balance-shares.ts';

describe('balancing shares', () => {
  it('always adds up to 1, in steps of 0.1 %', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }),
        (shares) => {
          const balanced = balanceShares(shares);
          expect(sumOfShares(balanced)).toBe(1);
          expect(
            balanced.every((share) => share >= 0 && Number.isInteger(Math.round(share * 1e9) / 1e6)),
          ).toBe(true);
        },
      ),
    );
  });

  it('keeps the proportions', () => {
    expect(balanceShares([0.5, 0.3])).toEqual([0.625, 0.375]);
  });

  it('shares equally where nothing is given', () => {
    expect(balanceShares([0, 0, 0])).toEqual([0.334, 0.333, 0.333]);
  });

  it('leaves shares that are whole already', () => {
    expect(balanceShares([0.9, 0.1])).toEqual([0.9, 0.1]);
  });
});
