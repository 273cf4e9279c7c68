import { describe, expect, it } from 'vitest';
import { findCycles } from '#engine/policy/index.ts';
import {
  alignNodes,
  distributeNodes,
  layoutNodes,
  shiftExit,
  sizeOf,
} from '../../../studio/document/commands/index.ts';
import { outlineOf } from '../../../studio/document/outline.ts';
import { aPolicy, condition, model, smallGraph } from './builders.ts';

const lines = (policy: Parameters<typeof outlineOf>[0]) =>
  outlineOf(policy).map(({ level, exitLabel, node, kind }) => `${level} ${exitLabel} ${node} ${kind}`);

describe('the outline', () => {
  it('reads from the entry along the exits in their order', () => {
    const rows = outlineOf(aPolicy(smallGraph));
    expect(rows.map(({ node, level, parent }) => [node, level, parent])).toEqual([
      ['long', 1, null],
      ['big', 2, '@long'],
      ['small', 2, '@long'],
    ]);
    expect(rows[2]).toMatchObject({ key: 'long:else', position: 2, size: 2 });
  });

  it('unfolds a node that two exits lead to once', () => {
    const policy = aPolicy({ a: condition('b', 'c'), b: condition('c', null), c: model() });
    expect(lines(policy).map((line) => line.split(' ').slice(-2).join(' '))).toEqual([
      'a node',
      'b node',
      'c node',
      'null open',
      'c again',
    ]);
  });

  it('lists what no request reaches too, circles included', () => {
    const policy = { ...aPolicy({ a: model(), b: condition('c', null), c: condition('b', null) }) };
    expect(findCycles(policy)).not.toEqual([]);
    const nodes = outlineOf(policy).filter(({ kind }) => kind === 'node');
    expect(nodes.map(({ node }) => node)).toEqual(['a', 'b', 'c']);
  });
});

describe('moving a node among exits', () => {
  it('lets it change places with its neighbour', () => {
    const { long } = shiftExit({ node: 'long', port: 'else' }, -1)(aPolicy(smallGraph)).nodes;
    expect(long).toMatchObject({ cases: [{ to: 'small' }], else: 'big' });
  });

  it('reorders the tries of a fallback, and never into the place where one is added', () => {
    const tries = { kind: 'fallback', try: ['a', 'b'], on: ['timeout'] } as const;
    const policy = aPolicy({ f: tries as never, a: model(), b: model() });
    expect(shiftExit({ node: 'f', port: '1' }, 1)(policy).nodes.f).toMatchObject({ try: ['b', 'a'] });
    expect(shiftExit({ node: 'f', port: '2' }, 1)(policy)).toBe(policy);
  });
});

describe('placing a selection', () => {
  const policy = aPolicy({ a: model(), b: model(), c: model() }, { a: [0, 0], b: [310, 50], c: [900, 400] });

  it('aligns edges and middles', () => {
    expect(alignNodes(['a', 'b'], 'top')(policy).layout).toMatchObject({ a: [0, 0], b: [310, 0] });
    expect(alignNodes(['a', 'b', 'c'], 'right')(policy).layout.a).toEqual([900, 0]);
    expect(alignNodes(['a', 'c'], 'middle')(policy).layout).toMatchObject({ a: [0, 200], c: [900, 200] });
    expect(alignNodes(['a'], 'left')(policy)).toBe(policy);
  });

  it('leaves equal gaps between nodes, the outermost where they are', () => {
    const { layout } = distributeNodes(['c', 'a', 'b'], 'across')(policy);
    expect(layout).toMatchObject({ a: [0, 0], b: [450, 50], c: [900, 400] });
  });

  it('lays out the selection among itself and touches no other node', () => {
    const graph = aPolicy(smallGraph, { long: [500, 300], big: [510, 310], small: [-900, 0] });
    const { layout } = layoutNodes(['long', 'big'])(graph);
    expect(layout.small).toEqual([-900, 0]);
    expect(layout.long).toEqual([500, 300]);
    expect(layout.big?.[0]).toBeGreaterThanOrEqual(500 + sizeOf(model()).width);
  });
});
