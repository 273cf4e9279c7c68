import { leaveGroups } from '../../document/index.ts';
import { addNoteHere, foldGroup, makeGroup, resizeNoteBy, takeGroupAway } from '../key-actions.ts';
import { arrows, type Binding, letter, modLetter, plain } from './binding.ts';

const resizing = arrows.map(
  ([key, sign, , step]): Binding => ({
    group: 'Notes and groups',
    label: 'Resize the note',
    keys: ['Shift', 'Alt', sign],
    isPressed: (event) =>
      event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey && event.key === key,
    edits: true,
    run: (tools) => resizeNoteBy(tools, [step[0] * 2, step[1] * 2]),
  }),
);

/** Notes and groups. */
export const markKeys: readonly Binding[] = [
  {
    group: 'Notes and groups',
    label: 'Add a note',
    keys: ['N'],
    isPressed: letter('n'),
    edits: true,
    run: addNoteHere,
  },
  {
    group: 'Notes and groups',
    label: 'Group the selected nodes',
    keys: ['mod', 'G'],
    isPressed: modLetter('g'),
    edits: true,
    run: makeGroup,
  },
  {
    group: 'Notes and groups',
    label: 'Ungroup',
    keys: ['mod', 'Shift', 'G'],
    isPressed: modLetter('g', true),
    edits: true,
    run: takeGroupAway,
  },
  {
    group: 'Notes and groups',
    label: 'Fold the group to one card, or unfold it',
    keys: ['G'],
    isPressed: letter('g'),
    run: foldGroup,
  },
  {
    group: 'Notes and groups',
    label: 'Take out of the group',
    keys: ['Shift', 'G'],
    isPressed: (event) => plain(event) && event.shiftKey && event.code === 'KeyG',
    edits: true,
    run: ({ document }) => leaveGroups(document),
  },
  ...resizing,
];
