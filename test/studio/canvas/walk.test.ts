import { describe, expect, it } from 'vitest';
import { along, walk } from '../../../studio/canvas/walk.ts';
import { layoutAll } from '../../../studio/document/commands/index.ts';
import { aPolicy, condition, model, smallGraph } from '../document/builders.ts';

const policy = layoutAll()(aPolicy(smallGraph));

describe('walking with the arrow keys', () => {
  it('goes right to where the first exit leads, and left back again', () => {
    expect(walk(policy, 'long', 'right')).toBe('big');
    expect(walk(policy, 'big', 'left')).toBe('long');
  });

  it('goes up and down between siblings', () => {
    expect(walk(policy, 'big', 'down')).toBe('small');
    expect(walk(policy, 'small', 'up')).toBe('big');
  });

  it('stays where nothing lies that way', () => {
    expect(walk(policy, 'big', 'right')).toBeNull();
    expect(walk(policy, 'long', 'left')).toBeNull();
  });

  it('goes down to an unconnected node too, so that every node can be reached', () => {
    const apart = layoutAll()(aPolicy({ a: condition(null, null), b: model() }));
    expect(walk(apart, 'a', 'down')).toBe('b');
  });
});

describe('selecting along the flow', () => {
  it('takes everything behind a node, or everything before it', () => {
    expect([...along(policy, ['long'], 'downstream')].sort()).toEqual(['big', 'long', 'small']);
    expect([...along(policy, ['small'], 'upstream')].sort()).toEqual(['long', 'small']);
  });
});
