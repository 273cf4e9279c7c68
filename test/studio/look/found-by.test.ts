import { describe, expect, it } from 'vitest';
import { isFoundBy } from '../../../studio/look/found-by.ts';

describe('what is looked for in a list', () => {
  it('is every word, in any order and case', () => {
    expect(isFoundBy('MONTH search', 'b12 Team search per month')).toBe(true);
    expect(isFoundBy('month other', 'b12 Team search per month')).toBe(false);
  });

  it('is everything while nothing is written', () => {
    expect(isFoundBy('', 'anything')).toBe(true);
    expect(isFoundBy('  any ', 'anything')).toBe(true);
  });
});
