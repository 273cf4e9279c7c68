import { describe, expect, it } from 'vitest';
import type { Policy } from '#engine/policy/index.ts';
import {
  addNote,
  changeGroup,
  changeNote,
  clipOf,
  deleteNodes,
  groupNodes,
  layoutAll,
  membersOf,
  resizeNote,
} from '../../../studio/document/commands/index.ts';
import {
  boundaryOf,
  deleteSelection,
  drawingOf,
  duplicateSelection,
  foldSelection,
  frameOf,
  groupSelection,
  insertNote,
  leaveGroups,
  moveSelectionBy,
  notesInside,
  pasteClip,
  placesOf,
  readClip,
  rewordMark,
  sizeOf,
  ungroupSelection,
  writeClip,
} from '../../../studio/document/index.ts';
import { mergePolicies, placeOfConflict, tellIncoming } from '../../../studio/document/merge/index.ts';
import { aDocument, aPolicy, condition, model, smallGraph } from './builders.ts';

const base = aPolicy(smallGraph, { long: [0, 0], big: [400, 0], small: [400, 200] });
const withGroup = groupNodes('answers', 'Answers', ['big', 'small'])(base);
const policyOf = (document: ReturnType<typeof aDocument>): Policy => document.store.getState().policy;

describe('a note', () => {
  it('is added selected, edited, recoloured and taken away, each one step that undo takes back', () => {
    const document = aDocument(base);
    expect(insertNote(document, [13, 27])).toBe('note:note');
    expect([...document.store.getState().marks]).toEqual(['note:note']);
    rewordMark(document, 'note:note', '# Why\nBecause.');
    document.run(changeNote('note', { colour: 'green' }), 'Colour');
    expect(policyOf(document).notes?.note).toEqual({
      text: '# Why\nBecause.',
      colour: 'green',
      at: [10, 30],
      size: [240, 140],
    });
    deleteSelection(document);
    expect(policyOf(document)).not.toHaveProperty('notes');
    for (let step = 0; step < 4; step += 1) document.undo();
    expect(policyOf(document)).toBe(base);
  });

  it('is refused a text that is too long, and measures beyond what it may have', () => {
    const policy = addNote('why', { at: [0, 0], text: 'short' })(base);
    expect(changeNote('why', { text: 'x'.repeat(4_001) })(policy)).toBe(policy);
    expect(resizeNote('why', [9_999, 1])(policy).notes?.why?.size).toEqual([1_200, 60]);
  });

  it('goes along with the node it lies nearest to when everything is tidied up', () => {
    const policy = addNote('why', { at: [400, 320] })(base);
    const tidy = layoutAll()(policy);
    const shift = (tidy.layout.small?.[1] ?? 0) - 200;
    expect(tidy.notes?.why?.at[1]).toBe(320 + shift);
  });

  it('moves with the keyboard as one entry a burst', () => {
    const document = aDocument(base, { now: () => 0 });
    insertNote(document, [0, 0]);
    for (let step = 0; step < 3; step += 1) moveSelectionBy(document, [10, 0], 'nudge');
    expect(policyOf(document).notes?.note?.at).toEqual([30, 0]);
    expect(document.store.getState().history.past).toEqual(['Add note', 'Move 1 note']);
  });
});

describe('a group', () => {
  it('is made of the selected nodes, which leave the group they were in', () => {
    const document = aDocument(withGroup);
    document.select(['big', 'long']);
    expect(groupSelection(document)).toBe('group:group');
    expect(policyOf(document).groups).toEqual({
      answers: { name: 'Answers', nodes: ['small'], collapsed: false },
      group: { name: 'Group', nodes: ['big', 'long'], collapsed: false },
    });
    document.select([]);
    groupSelection(document);
    expect(document.store.getState().announcement.text).toBe('Select the nodes to group first.');
  });

  it('moves its nodes and the notes inside its frame, and nothing else', () => {
    const document = aDocument(
      addNote('far', { at: [-600, 0] })(addNote('in', { at: [390, 100], size: [120, 60] })(withGroup)),
    );
    expect(notesInside(policyOf(document), 'answers')).toEqual(['in']);
    document.select(['group:answers']);
    moveSelectionBy(document, [50, 20]);
    const { layout, notes } = policyOf(document);
    expect(layout).toEqual({ long: [0, 0], big: [450, 20], small: [450, 220] });
    expect([notes?.in?.at, notes?.far?.at]).toEqual([
      [440, 120],
      [-600, 0],
    ]);
  });

  it('frames its nodes with room for its head', () => {
    const box = frameOf(withGroup, 'answers');
    const { height } = sizeOf(model());
    expect(box).toEqual({ x: 380, y: -50, width: 276, height: 200 + height + 70 });
  });

  it('folds to one card that leads where its nodes lead, entrances and exits named', () => {
    const policy = changeGroup('way', { collapsed: true })(
      groupNodes('way', 'Way', ['mid', 'big'])(
        aPolicy({
          long: condition('mid', 'small'),
          mid: condition('big', 'small'),
          big: model(),
          small: model(),
        }),
      ),
    );
    expect(boundaryOf(policy, 'way')).toEqual({
      ins: [{ id: 'mid', node: 'mid', text: 'Condition', beyond: ['Condition'] }],
      outs: [
        { id: 'mid:else', node: 'mid', text: expect.stringContaining('Condition: '), beyond: ['gpt-5-mini'] },
      ],
      holdsEntry: false,
    });
    const { boxes, edges, foldedIn } = drawingOf(policy);
    expect(boxes.map(({ id }) => id)).toEqual(['long', 'small', 'group:way']);
    expect([...foldedIn.keys()]).toEqual(['mid', 'big']);
    expect(edges.map(({ id, from, handle, to, entrance }) => [id, from, handle, to, entrance])).toEqual([
      ['long:yes', 'long', 'yes', 'group:way', 'in:mid'],
      ['long:else', 'long', 'else', 'small', 'in'],
      ['mid:else', 'group:way', 'mid:else', 'small', 'in'],
    ]);
  });

  it('loses deleted nodes, and goes with the last', () => {
    expect(deleteNodes(['big'])(withGroup).groups?.answers?.nodes).toEqual(['small']);
    expect(deleteNodes(['big', 'small'])(withGroup)).not.toHaveProperty('groups');
  });

  it('is taken away by deleting, its nodes stay and are selected', () => {
    const document = aDocument(withGroup);
    document.select(['group:answers']);
    deleteSelection(document);
    expect(Object.keys(policyOf(document).nodes)).toEqual(['long', 'big', 'small']);
    expect(policyOf(document)).not.toHaveProperty('groups');
    expect([...document.store.getState().selection]).toEqual(['big', 'small']);
    expect(document.store.getState().announcement.text).toBe('Ungroup Answers');
  });

  it('is folded, unfolded, left and taken away from a node of it', () => {
    const document = aDocument(withGroup);
    document.select(['big']);
    foldSelection(document);
    expect(policyOf(document).groups?.answers?.collapsed).toBe(true);
    foldSelection(document);
    document.select(['big']);
    leaveGroups(document);
    expect(membersOf(policyOf(document)).get('answers')).toEqual(['small']);
    document.select(['small']);
    ungroupSelection(document);
    expect(policyOf(document)).not.toHaveProperty('groups');
  });
});

describe('notes and groups on the clipboard', () => {
  const annotated = addNote('why', { at: [400, -100], text: 'Why' })(withGroup);

  it('travel as text to another policy, where they get ids of their own', () => {
    const text = writeClip(clipOf(annotated, ['big', 'small'], ['why']));
    const there = aDocument(annotated);
    const clip = readClip(text);
    if (clip === undefined) throw new Error('The clip could not be read.');
    pasteClip(there, clip, [1_000, 0]);
    const { notes, groups, layout } = policyOf(there);
    expect(notes?.['why-2']).toMatchObject({ text: 'Why', at: [1_000, 0] });
    expect(groups?.['answers-2']).toMatchObject({ name: 'Answers', nodes: ['big-2', 'small-2'] });
    expect(layout['big-2']).toEqual([1_000, 100]);
  });

  it('leave the group behind where only some of its nodes come along', () => {
    expect(clipOf(annotated, ['big'])).not.toHaveProperty('groups');
  });

  it('are doubled with what a group holds', () => {
    const document = aDocument(annotated);
    document.select(['group:answers', 'note:why']);
    duplicateSelection(document);
    expect(Object.keys(policyOf(document).groups ?? {})).toEqual(['answers', 'answers-2']);
    expect([...document.store.getState().marks]).toEqual(['note:why-2']);
    expect(Object.keys(placesOf(policyOf(document)))).toContain('small-2');
  });
});

describe('notes and groups that two people edit', () => {
  const annotated = addNote('why', { at: [0, -200], text: 'Why' })(withGroup);

  it('merge words and members of both, and ask only where both reworded one', () => {
    const mine = changeGroup('answers', { name: 'Replies' })(
      changeNote('why', { at: [50, -200] })(annotated),
    );
    const theirs = deleteNodes(['big'])(changeNote('why', { text: 'Because', at: [90, 90] })(annotated));
    const { policy, conflicts } = mergePolicies(annotated, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(policy.groups?.answers).toEqual({ name: 'Replies', nodes: ['small'], collapsed: false });
    expect(policy.notes?.why).toMatchObject({ text: 'Because', at: [50, -200] });

    const clash = mergePolicies(annotated, changeNote('why', { text: 'Mine' })(annotated), theirs);
    expect(clash.conflicts.map(({ path }) => path)).toEqual([['notes', 'why', 'text']]);
    expect(clash.conflicts.map((one) => placeOfConflict(one, annotated))).toEqual(['Note “Why”: text']);
    expect(clash.policy.notes?.why?.text).toBe('Mine');
  });

  it('stay two where both added one, and are told by name', () => {
    const document = aDocument(base);
    insertNote(document, [0, 0], { text: 'Mine' });
    const theirs = addNote('note', { at: [500, 500], text: 'Theirs' })(base);
    document.rebase(theirs, 2);
    const texts = Object.values(policyOf(document).notes ?? {}).map(({ text }) => text);
    expect(texts.toSorted()).toEqual(['Mine', 'Theirs']);
    expect(tellIncoming(base, theirs)).toBe('note “Theirs”');
  });
});
