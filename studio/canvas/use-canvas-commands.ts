import { useMemo } from 'react';
import { kindOf } from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import {
  type Alignment,
  alignNodes,
  type Direction,
  distributeNodes,
  markIn,
  marksOf,
  titleOf,
  titleOfMark,
  useDocument,
} from '../document/index.ts';
import { openMakeSubpolicy } from '../inspector/subpolicy/open-make-subpolicy.tsx';
import { type Command, useCommands } from '../shell/command-registry.ts';
import type { CanvasTools } from './canvas-tools.ts';
import { openAdd } from './key-actions.ts';
import { keymap } from './keymap.ts';

const alignments = [
  ['left', 'left edges'],
  ['centre', 'centres'],
  ['right', 'right edges'],
  ['top', 'top edges'],
  ['middle', 'middles'],
  ['bottom', 'bottom edges'],
] as const satisfies readonly (readonly [Alignment, string])[];
const directions = [
  ['across', 'side by side'],
  ['down', 'from top to bottom'],
] as const satisfies readonly (readonly [Direction, string])[];
const group = 'Canvas';

/** Everything keys do stands in the command palette too, what has no key of its own, and every node by name. */
export function useCanvasCommands(tools: CanvasTools, readOnly: boolean): void {
  const commands = useMemo(() => canvasCommands(tools, readOnly), [tools, readOnly]);
  const policy = useDocument((state) => state.policy);
  const places = useMemo(() => placeCommands(tools, policy), [tools, policy]);
  useCommands(commands);
  useCommands(places);
}

/** The key map and the placing of nodes as commands; undo and redo stand with the policy. */
export function canvasCommands(tools: CanvasTools, readOnly: boolean): readonly Command[] {
  const offered = keymap.filter(
    (binding) => binding.everywhere !== true && (!readOnly || binding.edits !== true),
  );
  const count = (label: string): number => offered.filter((one) => one.label === label).length;
  return [
    ...offered.map((binding): Command => {
      const keys = binding.keys.map((key) => (key === 'mod' ? 'Ctrl' : key)).join(' ');
      const way = count(binding.label) > 1 ? ` ${binding.keys.at(-1)}` : '';
      return {
        id: `canvas-${binding.label}${way}`,
        label: `${binding.label}${way}`,
        detail: keys,
        group,
        run: () => binding.run(tools),
      };
    }),
    ...(readOnly ? [] : [...subpolicies(tools), ...placing(tools)]),
  ];
}

/** Every node, note and group of the policy, to go to. */
export function placeCommands(
  { document }: Pick<CanvasTools, 'document'>,
  policy: Policy,
): readonly Command[] {
  const goTo = (node: string) => (): void => document.show({ node, focus: 'canvas' });
  return [
    ...Object.entries(policy.nodes).map(
      ([id, node]): Command => ({
        id: `node-${id}`,
        label: titleOf(node),
        detail: `${kindOf(node).form.title} · ${id}`,
        group: 'In this policy',
        run: goTo(id),
      }),
    ),
    ...marksOf(policy).flatMap((mark): readonly Command[] => {
      const found = markIn(policy, mark);
      if (found === undefined) return [];
      const detail =
        found.kind === 'note' ? 'Note' : found.group.subpolicy === undefined ? 'Group' : 'Sub-policy';
      return [{ id: mark, label: titleOfMark(found), detail, group: 'In this policy', run: goTo(mark) }];
    }),
  ];
}

function subpolicies(tools: CanvasTools): readonly Command[] {
  return [
    {
      id: 'canvas-insert-subpolicy',
      label: 'Insert a sub-policy…',
      detail: 'A published policy, in this one',
      group,
      run: () => openAdd(tools, 'subpolicies'),
    },
    {
      id: 'canvas-make-subpolicy',
      label: 'Make a sub-policy…',
      detail: 'Of what is selected',
      group,
      run: () => openMakeSubpolicy(tools.document),
    },
  ];
}

function placing({ document }: CanvasTools): readonly Command[] {
  const selected = () => document.store.getState().selection;
  return [
    ...alignments.map(
      ([alignment, words]): Command => ({
        id: `canvas-align-${alignment}`,
        label: `Align ${words}`,
        group,
        run: () => void document.run(alignNodes(selected(), alignment), `Align ${words}`),
      }),
    ),
    ...directions.map(
      ([direction, words]): Command => ({
        id: `canvas-distribute-${direction}`,
        label: `Distribute ${words}`,
        group,
        run: () => void document.run(distributeNodes(selected(), direction), `Distribute ${words}`),
      }),
    ),
  ];
}
