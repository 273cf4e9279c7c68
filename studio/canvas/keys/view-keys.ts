import { drawnIdOf } from '../../document/index.ts';
import { toggleOutline } from '../canvas-state.ts';
import { fitOptions } from '../fit-options.ts';
import { letGo, tidySelection, tidyUp } from '../key-actions.ts';
import { type Binding, letter, named, plain } from './binding.ts';

/** What is seen. */
export const viewKeys: readonly Binding[] = [
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
