import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type Policy, parsePolicy, writePolicy } from '#engine/policy/index.ts';
import { mergePolicies } from '../../../../studio/document/merge/index.ts';
import { someCommands } from '../arbitrary-commands.ts';
import { aPolicy, model, smallGraph } from '../builders.ts';

const base = aPolicy({ ...smallGraph, f: { kind: 'fallback', try: ['big', 'small'], on: ['timeout'] } });
const edited: fc.Arbitrary<Policy> = someCommands.map((commands) =>
  commands.reduce((now, command) => command(now), base),
);
/** Without what never conflicts: places, measures, what is folded, the order of members. */
const drawing = ({ layout: _layout, notes = {}, groups = {}, ...rest }: Policy) =>
  canonicalJson({
    ...rest,
    notes: Object.entries(notes)
      .map(([id, { text, colour }]) => [id, text, colour])
      .toSorted(),
    groups: Object.entries(groups)
      .map(([id, { name, nodes }]) => [id, name, nodes.toSorted()])
      .toSorted(),
  });

describe('every merge', () => {
  it('of one edit with none is that edit, whichever side it is on, and asks nothing', () => {
    fc.assert(
      fc.property(edited, (mine) => {
        const [left, right] = [mergePolicies(base, mine, base), mergePolicies(base, base, mine)];
        expect(left).toEqual({ policy: mine, conflicts: [] });
        expect(right.conflicts).toEqual([]);
        expect(drawing(right.policy)).toBe(drawing(mine));
      }),
      { numRuns: 150 },
    );
  });

  it('of an edit with itself is that edit', () => {
    fc.assert(
      fc.property(edited, (mine) => {
        expect(mergePolicies(base, mine, structuredClone(mine))).toEqual({ policy: mine, conflicts: [] });
      }),
      { numRuns: 100 },
    );
  });

  it('can be written and read, names only places where all differ, and is the same from either side where none does', () => {
    fc.assert(
      fc.property(edited, edited, (mine, theirs) => {
        const { policy, conflicts } = mergePolicies(base, mine, theirs);
        expect(parsePolicy(writePolicy(policy)).kind).toBe('ok');
        for (const { base: was, mine: own, theirs: other } of conflicts) {
          expect(own).not.toEqual(other);
          expect(own).not.toEqual(was);
          expect(other).not.toEqual(was);
        }
        const back = mergePolicies(base, theirs, mine, () => 'theirs');
        expect(back.conflicts.map(({ key }) => key).sort()).toEqual(conflicts.map(({ key }) => key).sort());
        expect(drawing(back.policy)).toBe(drawing(policy));
      }),
      { numRuns: 200 },
    );
  });

  it('of labels given to nodes asks exactly about nodes that both named differently', () => {
    const labels = fc.dictionary(fc.constantFrom('long', 'big', 'small', 'f'), fc.constantFrom('A', 'B'));
    fc.assert(
      fc.property(labels, labels, (mine, theirs) => {
        const { conflicts, policy } = mergePolicies(base, named(mine), named(theirs));
        const both = Object.keys(mine).filter((id) => id in theirs && mine[id] !== theirs[id]);
        expect(conflicts.map(({ path }) => path[1]).sort()).toEqual(both.sort());
        expect(policy).toEqual(named({ ...theirs, ...mine }));
      }),
      { numRuns: 100 },
    );
  });
});

function named(labels: Readonly<Record<string, string>>): Policy {
  const nodes = Object.entries(base.nodes).map(([id, node]) => [
    id,
    labels[id] === undefined ? node : { ...node, label: labels[id] },
  ]);
  return { ...base, nodes: Object.fromEntries(nodes) };
}

describe('a merge', () => {
  const withNode = (id: string, node: Policy['nodes'][string]): Policy => ({
    ...base,
    nodes: { ...base.nodes, [id]: node },
  });
  const without = (id: string): Policy => {
    const { [id]: _gone, ...nodes } = base.nodes;
    return { ...base, nodes };
  };

  it('asks where one deleted what the other changed, and does what was chosen', () => {
    const theirs = withNode('big', model('x/theirs'));
    const asked = mergePolicies(base, without('big'), theirs);
    expect(asked.conflicts.map(({ path }) => path)).toEqual([['nodes', 'big']]);
    expect(asked.policy.nodes.big).toBeUndefined();
    expect(mergePolicies(base, without('big'), theirs, () => 'theirs').policy.nodes.big).toEqual(
      theirs.nodes.big,
    );
  });

  it('merges cases by their ids: one changed here, one added there, one exit led elsewhere', () => {
    const long = base.nodes.long;
    if (long?.kind !== 'condition') throw new Error('The graph has changed.');
    const mine = withNode('long', {
      ...long,
      cases: [...long.cases, { id: 'huge', when: 'true', to: 'big' }],
    });
    const theirs = withNode('long', { ...long, cases: [{ ...long.cases[0], to: 'f' } as never] });
    const { policy, conflicts } = mergePolicies(base, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(policy.nodes.long).toMatchObject({
      cases: [
        { id: 'yes', when: 'request.tools > 0', to: 'f' },
        { id: 'huge', to: 'big' },
      ],
    });
  });

  it('keeps what is of different kinds apart: a node one turned into another kind is asked about whole', () => {
    const mine = withNode('big', { kind: 'refuse', status: 429, code: 'no', message: 'No.' });
    const { conflicts } = mergePolicies(base, mine, withNode('big', model('x/theirs')));
    expect(conflicts.map(({ path }) => path)).toEqual([['nodes', 'big']]);
  });

  it('never asks about places, and forgets those of nodes that are gone', () => {
    const mine: Policy = { ...base, layout: { long: [10, 10] } };
    const theirs: Policy = { ...without('f'), layout: { long: [90, 90], f: [5, 5], big: [1, 2] } };
    const { policy, conflicts } = mergePolicies(base, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(policy.layout).toEqual({ long: [10, 10], big: [1, 2] });
  });
});
