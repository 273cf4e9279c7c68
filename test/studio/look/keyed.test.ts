import { describe, expect, it } from 'vitest';
import { keyed } from '../../../studio/look/keyed.ts';

const keysOf = (texts: readonly string[]) => keyed(texts, (text) => text).map(({ key }) => key);

describe('keys of things without a name', () => {
  it('differ, also where the same is said twice', () => {
    expect(new Set(keysOf(['a', 'a', 'b', 'a'])).size).toBe(4);
  });

  it('stay when others come before, change or go', () => {
    expect(keysOf(['new', 'a', 'b'])).toEqual(expect.arrayContaining(keysOf(['a', 'b'])));
    expect(keysOf(['b'])).toEqual([keysOf(['a', 'b'])[1]]);
  });
});
