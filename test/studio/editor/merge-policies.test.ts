import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../engine/policy/index.ts';
import { mergePolicies } from '../../../studio/editor/merge-policies.ts';

const base: Policy = {
  format: 1,
  id: 'p',
  name: 'P',
  entry: 'a',
  nodes: {
    a: { kind: 'fallback', try: ['b', 'c'], on: ['timeout'] },
    b: { kind: 'model', target: 'x/one' },
    c: { kind: 'model', target: 'x/two' },
  },
  layout: { a: [0, 0] },
};

function withNode(policy: Policy, id: string, node: Policy['nodes'][string]): Policy {
  return { ...policy, nodes: { ...policy.nodes, [id]: node } };
}

describe('merging a colleague’s edits', () => {
  it('takes both where they touch different nodes', () => {
    const mine = withNode(base, 'b', { kind: 'model', target: 'x/mine' });
    const theirs = withNode(base, 'c', { kind: 'model', target: 'x/theirs' });
    expect(mergePolicies(base, mine, theirs)?.nodes).toEqual({
      a: base.nodes.a,
      b: mine.nodes.b,
      c: theirs.nodes.c,
    });
  });
  it('takes both where they touch different settings of one node', () => {
    const mine = withNode(base, 'b', { kind: 'model', target: 'x/one', label: 'Mine' });
    const theirs = withNode(base, 'b', { kind: 'model', target: 'x/theirs' });
    expect(mergePolicies(base, mine, theirs)?.nodes.b).toEqual({
      kind: 'model',
      target: 'x/theirs',
      label: 'Mine',
    });
  });
  it('asks where both changed the same setting', () => {
    const mine = withNode(base, 'b', { kind: 'model', target: 'x/mine' });
    const theirs = withNode(base, 'b', { kind: 'model', target: 'x/theirs' });
    expect(mergePolicies(base, mine, theirs)).toBeNull();
  });
  it('asks where one deleted what the other changed', () => {
    const { b: _gone, ...rest } = base.nodes;
    const theirs = withNode(base, 'b', { kind: 'model', target: 'x/theirs' });
    expect(mergePolicies(base, { ...base, nodes: rest }, theirs)).toBeNull();
  });
  it('lets a deletion stand where the other side left the node alone', () => {
    const { b: _gone, ...rest } = base.nodes;
    expect(mergePolicies(base, { ...base, nodes: rest }, base)?.nodes).toEqual(rest);
  });
  it('agrees where both made the same change', () => {
    const both = withNode(base, 'b', { kind: 'model', target: 'x/same' });
    expect(mergePolicies(base, both, structuredClone(both))).toEqual(both);
  });
  it('never asks about places, and forgets those of nodes that are gone', () => {
    const { c: _gone, ...rest } = base.nodes;
    const mine: Policy = { ...base, layout: { a: [10, 10] } };
    const theirs: Policy = { ...base, nodes: rest, layout: { a: [90, 90], c: [5, 5] } };
    expect(mergePolicies(base, mine, theirs)?.layout).toEqual({ a: [10, 10] });
  });
});
