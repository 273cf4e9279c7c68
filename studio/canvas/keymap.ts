import { drawnIdOf, duplicateSelection, leaveGroups, marksOf } from '../document/index.ts';
import { toggleOutline } from './canvas-state.ts';
import type { CanvasTools } from './canvas-tools.ts';
import { fitOptions } from './fit-options.ts';
import {
  addNoteHere,
  foldGroup,
  letGo,
  makeGroup,
  nudge,
  openAdd,
  openConnect,
  removeSelected,
  resizeNoteBy,
  selectAlong,
  takeGroupAway,
  tidySelection,
  tidyUp,
  walkTo,
} from './key-actions.ts';
import type { Direction } from './walk.ts';

/** A key and what it does. The sheet behind `?` is drawn from this very list. */
export interface Binding {
  readonly group: 'Add and connect' | 'Edit' | 'Move around' | 'Notes and groups' | 'View';
  readonly label: string;
  /** As written on the sheet. `mod` is ⌘ on a Mac, Ctrl elsewhere. */
  readonly keys: readonly string[];
  readonly isPressed: (event: KeyboardEvent) => boolean;
  /** Left out for readers. */
  readonly edits?: true;
  /** Works wherever the focus is, text fields apart; else only on the canvas. */
  readonly everywhere?: true;
  readonly run: (tools: CanvasTools) => void;
}

const plain = (event: KeyboardEvent): boolean => !event.ctrlKey && !event.metaKey && !event.altKey;
const mod = (event: KeyboardEvent): boolean => (event.ctrlKey || event.metaKey) && !event.altKey;

function letter(key: string): (event: KeyboardEvent) => boolean {
  return (event) => plain(event) && !event.shiftKey && event.key.toLowerCase() === key;
}

function named(...keys: readonly string[]): (event: KeyboardEvent) => boolean {
  return (event) => plain(event) && !event.shiftKey && keys.includes(event.key);
}

function modLetter(key: string, shift = false): (event: KeyboardEvent) => boolean {
  return (event) => mod(event) && event.shiftKey === shift && event.key.toLowerCase() === key;
}

const arrows: readonly (readonly [string, string, Direction, readonly [number, number]])[] = [
  ['ArrowRight', '→', 'right', [10, 0]],
  ['ArrowLeft', '←', 'left', [-10, 0]],
  ['ArrowUp', '↑', 'up', [0, -10]],
  ['ArrowDown', '↓', 'down', [0, 10]],
];

const walking = arrows.map(
  ([key, sign, direction]): Binding => ({
    group: 'Move around',
    label: {
      right: 'To where it leads',
      left: 'To what leads here',
      up: 'To the one above',
      down: 'To the one below',
    }[direction],
    keys: [sign],
    isPressed: named(key),
    run: (tools) => walkTo(tools, direction),
  }),
);

const nudging = arrows.map(
  ([key, sign, , step]): Binding => ({
    group: 'Move around',
    label: 'Move the node',
    keys: ['Alt', sign],
    isPressed: (event) =>
      event.altKey && !event.shiftKey && !event.ctrlKey && !event.metaKey && event.key === key,
    edits: true,
    run: (tools) => nudge(tools, step),
  }),
);

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

const extending = arrows.map(
  ([key, sign, direction]): Binding => ({
    group: 'Move around',
    label: {
      right: 'Select all behind it too',
      left: 'Select all before it too',
      up: 'Select the one above too',
      down: 'Select the one below too',
    }[direction],
    keys: ['Shift', sign],
    isPressed: (event) => plain(event) && event.shiftKey && event.key === key,
    run: (tools) => selectAlong(tools, direction),
  }),
);

/** Every key of the canvas. */
export const keymap: readonly Binding[] = [
  {
    group: 'Add and connect',
    label: 'Add a node behind the selected one',
    keys: ['A'],
    isPressed: letter('a'),
    edits: true,
    run: (tools) => openAdd(tools),
  },
  {
    group: 'Add and connect',
    label: 'Connect to…',
    keys: ['C'],
    isPressed: letter('c'),
    edits: true,
    run: openConnect,
  },
  {
    group: 'Add and connect',
    label: 'Duplicate',
    keys: ['mod', 'D'],
    isPressed: modLetter('d'),
    edits: true,
    run: ({ document }) => duplicateSelection(document),
  },
  {
    group: 'Edit',
    label: 'Open the settings',
    keys: ['Enter'],
    isPressed: named('Enter'),
    run: ({ document, canvas }) => {
      const { current } = canvas.getState();
      if (current === null) return;
      document.select([current]);
      document.show({ node: current, focus: 'inspector' });
    },
  },
  {
    group: 'Edit',
    label: 'Rename',
    keys: ['F2'],
    isPressed: named('F2'),
    edits: true,
    run: ({ canvas, document }) => {
      const { policy } = document.store.getState();
      canvas.setState(({ current, home }) => ({
        renaming: current === null || home === 'outline' ? current : drawnIdOf(policy, current),
      }));
    },
  },
  {
    group: 'Edit',
    label: 'Delete; what led to it leads on',
    keys: ['Del'],
    isPressed: named('Delete', 'Backspace'),
    edits: true,
    run: (tools) => removeSelected(tools, true),
  },
  {
    group: 'Edit',
    label: 'Delete and leave the exits open',
    keys: ['mod', 'Del'],
    isPressed: (event) => mod(event) && (event.key === 'Delete' || event.key === 'Backspace'),
    edits: true,
    run: (tools) => removeSelected(tools, false),
  },
  {
    group: 'Edit',
    label: 'Undo',
    keys: ['mod', 'Z'],
    isPressed: modLetter('z'),
    edits: true,
    everywhere: true,
    run: ({ document }) => document.undo(),
  },
  {
    group: 'Edit',
    label: 'Redo',
    keys: ['mod', 'Shift', 'Z'],
    isPressed: (event) => modLetter('z', true)(event) || modLetter('y')(event),
    edits: true,
    everywhere: true,
    run: ({ document }) => document.redo(),
  },
  {
    group: 'Edit',
    label: 'Select all',
    keys: ['mod', 'A'],
    isPressed: modLetter('a'),
    run: ({ document }) => {
      const { policy } = document.store.getState();
      document.select([...Object.keys(policy.nodes), ...marksOf(policy)]);
    },
  },
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
    edits: true,
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
  ...walking,
  ...extending,
  ...nudging,
  {
    group: 'View',
    label: 'Show everything',
    keys: ['1'],
    isPressed: letter('1'),
    run: ({ flow }) => void flow.fitView({ ...fitOptions, duration: 200 }),
  },
  {
    group: 'View',
    label: 'Actual size',
    keys: ['0'],
    isPressed: letter('0'),
    run: ({ flow }) => void flow.zoomTo(1, { duration: 200 }),
  },
  {
    group: 'View',
    label: 'Tidy up',
    keys: ['Shift', 'Alt', 'T'],
    isPressed: (event) => event.altKey && event.shiftKey && event.code === 'KeyT',
    edits: true,
    run: tidyUp,
  },
  {
    group: 'View',
    label: 'Tidy up the selection',
    keys: ['Shift', 'T'],
    isPressed: (event) => plain(event) && event.shiftKey && event.code === 'KeyT',
    edits: true,
    run: tidySelection,
  },
  {
    group: 'View',
    label: 'Outline',
    keys: ['O'],
    isPressed: letter('o'),
    run: ({ canvas }) => toggleOutline(canvas),
  },
  {
    group: 'View',
    label: 'Zoom to the selection',
    keys: ['2'],
    isPressed: letter('2'),
    run: ({ document, flow }) => {
      const { policy, selection, marks } = document.store.getState();
      const nodes = [...selection, ...marks].map((id) => ({ id: drawnIdOf(policy, id) }));
      void flow.fitView({ ...fitOptions, duration: 200, nodes });
    },
  },
  {
    group: 'View',
    label: 'Map',
    keys: ['M'],
    isPressed: letter('m'),
    run: ({ canvas }) => canvas.setState(({ minimap }) => ({ minimap: !minimap })),
  },
  {
    group: 'View',
    label: 'These keys',
    keys: ['?'],
    isPressed: (event) => plain(event) && event.key === '?',
    run: ({ canvas }) => canvas.setState({ open: { kind: 'keys' } }),
  },
  {
    group: 'View',
    label: 'Let go',
    keys: ['Esc'],
    isPressed: named('Escape'),
    run: letGo,
  },
];
