import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Policy, parsePolicy } from '#engine/policy/index.ts';
import { card, gap, groupNodes, layoutAll } from '../../../studio/document/commands/index.ts';
import {
  addNote,
  changeGroup,
  drawnBoxOf,
  frameOf,
  inOrder,
  notesInside,
} from '../../../studio/document/index.ts';
import { aPolicy, condition, model } from './builders.ts';

const pitch = card.width + gap.x;
const leftOf = (policy: Policy, id: string): number => policy.layout[id]![0];
const topOf = (policy: Policy, id: string): number => policy.layout[id]![1];

/** `a` leads to `b` or out to `x`, and `x` leads back to `c`. */
const there = aPolicy({
  a: condition('b', 'x'),
  b: model(),
  x: condition('c', 'd'),
  c: model(),
  d: model(),
});

describe('tidying up groups', () => {
  it('leaves a policy without groups as it always was', () => {
    const read = parsePolicy(
      readFileSync(new URL('../../../policies/support.policy.json', import.meta.url), 'utf8'),
    );
    expect(read.kind === 'ok' && layoutAll()(read.policy).layout).toEqual({
      size: [0, 120],
      too_long: [310, 0],
      window: [310, 130],
      gemini: [620, 80],
      gpt: [930, 160],
      opus: [930, 290],
      task: [310, 460],
      strong: [620, 310],
      trial: [620, 540],
      mini: [930, 490],
      haiku: [930, 610],
    });
  });

  it('lets a way leave a group and come back above or below it, always forwards', () => {
    const policy = layoutAll()(groupNodes('g', 'There and back', ['a', 'b', 'c'])(there));
    expect(['a', 'x', 'c'].map((id) => leftOf(policy, id))).toEqual([0, pitch, 2 * pitch]);
    const frame = frameOf(policy, 'g')!;
    const x = drawnBoxOf(policy, 'x')!;
    expect(x.y >= frame.y + frame.height || x.y + x.height <= frame.y).toBe(true);
  });

  it('brings members of a group into one column where what they lead to lets them', () => {
    const nodes = {
      a: condition('near', 'b'),
      b: condition('c', 'far'),
      near: model(),
      far: model(),
      c: model(),
    };
    const policy = layoutAll()(groupNodes('g', 'Models', ['near', 'far'])(aPolicy(nodes)));
    expect(leftOf(policy, 'near')).toBe(leftOf(policy, 'far'));
  });

  it('keeps exits in order, whether they lead into a group or past it', () => {
    const nodes = { a: condition('b', 'c'), b: condition('d', 'e'), c: model(), d: model(), e: model() };
    for (const members of [['d'], ['e'], ['b', 'd'], ['c'], ['d', 'e'], ['b', 'd', 'e']]) {
      const policy = layoutAll()(groupNodes('g', 'Some', members)(aPolicy(nodes)));
      expect(topOf(policy, 'b')).toBeLessThan(topOf(policy, 'c'));
      expect(topOf(policy, 'd')).toBeLessThan(topOf(policy, 'e'));
    }
  });

  it('takes a folded group for the one card it is, and keeps what is in it in order', () => {
    const nodes = { a: condition('b', 'e'), b: condition('c', 'd'), c: model(), d: model(), e: model() };
    const open = groupNodes('g', 'Folded', ['b', 'c', 'd'])(aPolicy(nodes));
    const policy = layoutAll()(changeGroup('g', { collapsed: true })(open));
    const fold = drawnBoxOf(policy, 'group:g')!;
    const e = drawnBoxOf(policy, 'e')!;
    expect([fold.x, e.x]).toEqual([pitch, pitch]);
    expect(e.y - (fold.y + fold.height)).toBeLessThanOrEqual(gap.y + 10);
    expect(leftOf(policy, 'c') - leftOf(policy, 'b')).toBe(pitch);
    expect(topOf(policy, 'c')).toBeLessThan(topOf(policy, 'd'));
  });

  it('does not depend on where things lay, nor on the order in which a group names its nodes', () => {
    const one = groupNodes('g', 'G', ['a', 'b', 'c'])(there);
    const other = groupNodes('g', 'G', ['c', 'a', 'b'])({
      ...there,
      layout: { x: [900, -400], a: [70, 20] },
    });
    expect(layoutAll()(other).layout).toEqual(layoutAll()(one).layout);
  });

  it('keeps a note in its frame, clear of its nodes, where there is room, and puts a stranger out', () => {
    const laid = layoutAll()(groupNodes('g', 'There and back', ['a', 'b', 'c'])(there));
    const frame = frameOf(laid, 'g')!;
    const messy = inOrder(
      addNote('own', { at: [leftOf(laid, 'b'), topOf(laid, 'b')], size: [200, 60] }),
      addNote('strange', { at: [frame.x - 100, frame.y + 10], size: [240, 140] }),
    )(laid);
    const policy = layoutAll()(messy);
    expect(notesInside(policy, 'g')).toEqual(['own']);
    const box = { own: drawnBoxOf(policy, 'note:own')!, strange: drawnBoxOf(policy, 'note:strange')! };
    for (const id of ['a', 'b', 'c', 'x', 'd']) expect(overlap(box.own, drawnBoxOf(policy, id)!)).toBe(false);
    expect(overlap(box.strange, frame)).toBe(false);
    expect(layoutAll()(policy)).toBe(policy);
  });
});

type Box = NonNullable<ReturnType<typeof frameOf>>;

function overlap(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}
