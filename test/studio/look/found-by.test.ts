import { describe, expect, it } from 'vitest';
import { finderOf } from '../../../studio/look/found-by.ts';

describe('what is looked for in a list', () => {
  it('is every word, in any order and case', () => {
    expect(finderOf('MONTH search')('b12 Team search per month')).toBe(true);
    expect(finderOf('month other')('b12 Team search per month')).toBe(false);
  });

  it('is everything while nothing is written', () => {
    expect(finderOf('')('anything')).toBe(true);
    expect(finderOf('  any ')('anything')).toBe(true);
  });
});
