import { describe, expect, it } from 'vitest';
import { movedBy } from '../../../studio/traffic/use-anchor.ts';

const rows = (text: string) => [...text].map((id) => ({ id }));

describe('the place of who reads the log', () => {
  it('moves by as many rows as came in above it', () => {
    expect(movedBy(rows('cba'), rows('edcba'), 1)).toBe(2);
    expect(movedBy(rows('eca'), rows('edcba'), 1)).toBe(1);
    expect(movedBy(rows('edcba'), rows('edcba'), 0)).toBe(0);
  });

  it('stays where older rows came below, and where the row is gone', () => {
    expect(movedBy(rows('cb'), rows('cba'), 1)).toBe(0);
    expect(movedBy(rows('cba'), rows('zyx'), 1)).toBe(0);
    expect(movedBy([], rows('a'), 0)).toBe(0);
  });
});
