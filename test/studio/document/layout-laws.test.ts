import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edgesOf, type Policy } from '#engine/policy/index.ts';
import { layoutAll, layoutNodes } from '../../../studio/document/commands/index.ts';
import {
  type Box,
  drawingOf,
  drawnBoxOf,
  drawnNotes,
  groupMark,
  noteMark,
} from '../../../studio/document/index.ts';
import { arbitraryPolicy } from '../../laws/arbitrary-policy.ts';

/** Random policies whose nodes stand in up to four groups, open or folded, some with a note somewhere. */
const grouped: fc.Arbitrary<Policy> = fc
  .tuple(
    arbitraryPolicy,
    fc.array(fc.nat({ max: 7 }), { minLength: 14, maxLength: 14 }),
    fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    fc.array(fc.tuple(fc.integer({ min: -200, max: 1_500 }), fc.integer({ min: -200, max: 900 })), {
      maxLength: 3,
    }),
  )
  .map(([policy, chosen, folded, notes]) => {
    const ids = Object.keys(policy.nodes);
    const named = [0, 1, 2, 3].flatMap((group) => {
      const nodes = ids.filter((_, index) => chosen[index] === group);
      return nodes.length === 0
        ? []
        : [[`g${group}`, { name: `G${group}`, nodes, collapsed: folded[group] ?? false }] as const];
    });
    const written = notes.map(
      (at, index) =>
        [
          `t${index}`,
          { text: '', colour: 'amber' as const, at, size: [240, 140] as [number, number] },
        ] as const,
    );
    return { ...policy, groups: Object.fromEntries(named), notes: Object.fromEntries(written) };
  });

const tidied = grouped.map(layoutAll());

describe('tidying up', () => {
  it('places every node, frames clear of strangers and notes, and does nothing to a drawing that is tidy', () => {
    fc.assert(
      fc.property(tidied, (policy) => {
        expect(overlapsIn(policy)).toEqual([]);
        expect(notesUnderFrames(policy)).toEqual([]);
        expect(Object.keys(policy.layout).toSorted()).toEqual(Object.keys(policy.nodes).toSorted());
        expect(layoutAll()(policy)).toBe(policy);
      }),
      { numRuns: 80 },
    );
  });

  it('never leads backwards, also where a way leaves a group and comes back', () => {
    fc.assert(
      fc.property(grouped, (policy) => {
        const groups = Object.entries(policy.groups ?? {}).map(
          ([id, group]) => [id, { ...group, collapsed: false }] as const,
        );
        const { layout } = layoutAll()({ ...policy, groups: Object.fromEntries(groups) });
        for (const { from, to } of edgesOf(policy))
          expect(layout[from]?.[0]).toBeLessThan(layout[to]?.[0] ?? Number.NEGATIVE_INFINITY);
      }),
      { numRuns: 30 },
    );
  });

  it('lays out a policy whose groups hold nothing as if there were none', () => {
    fc.assert(
      fc.property(arbitraryPolicy, (policy) => {
        const { groups: _, ...without } = policy;
        expect(layoutAll()({ ...policy, groups: {} }).layout).toEqual(layoutAll()(without).layout);
      }),
      { numRuns: 20 },
    );
  });

  it('lays out some nodes with their groups, too', () => {
    fc.assert(
      fc.property(tidied, (policy) => {
        expect(overlapsIn(layoutNodes(Object.keys(policy.nodes))(policy))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

function notesUnderFrames(policy: Policy): readonly string[] {
  return drawnNotes(policy).flatMap((note) => {
    const box = boxOf(policy, noteMark(note));
    const frames = openGroups(policy).map((id) => boxOf(policy, groupMark(id)));
    return frames.some((frame) => overlap(box, frame) && !isInside(box, frame)) ? [note] : [];
  });
}

function overlapsIn(policy: Policy): readonly string[] {
  const frames = openGroups(policy).map((id) => ({ id, box: boxOf(policy, groupMark(id)) }));
  const cards = drawingOf(policy).boxes.map(({ id, ...box }) => ({ id, box }));
  const members = (group: string): readonly string[] => policy.groups?.[group]?.nodes ?? [];
  return [
    ...frames.flatMap(({ id, box }) =>
      cards
        .filter((card) => overlap(card.box, box) && !members(id).includes(card.id))
        .map((card) => `${card.id} in ${id}`),
    ),
    ...pairsOf(frames),
    ...pairsOf(cards),
  ];
}

function pairsOf(all: readonly { readonly id: string; readonly box: Box }[]): readonly string[] {
  return all.flatMap((one, index) =>
    all
      .slice(index + 1)
      .flatMap((other) => (overlap(one.box, other.box) ? [`${one.id} and ${other.id}`] : [])),
  );
}

function openGroups(policy: Policy): readonly string[] {
  return Object.entries(policy.groups ?? {}).flatMap(([id, group]) => (group.collapsed ? [] : [id]));
}

function boxOf(policy: Policy, id: string): Box {
  return drawnBoxOf(policy, id)!;
}

function isInside(box: Box, outer: Box): boolean {
  return (
    box.x >= outer.x &&
    box.y >= outer.y &&
    box.x + box.width <= outer.x + outer.width &&
    box.y + box.height <= outer.y + outer.height
  );
}

function overlap(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}
