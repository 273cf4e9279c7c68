import { drawnIdOf, duplicateSelection, marksOf } from '../../document/index.ts';
import { openAdd, openConnect, removeSelected } from '../key-actions.ts';
import { type Binding, letter, mod, modLetter, named } from './binding.ts';

/** Adding, connecting, changing and taking away. */
export const editKeys: readonly Binding[] = [
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
];
