import { useMemo } from 'react';
import { type Alignment, alignNodes, type Direction, distributeNodes } from '../document/index.ts';
import { type Command, useCommands } from '../shell/command-registry.ts';
import type { CanvasTools } from './canvas-tools.ts';
import { type Binding, keymap } from './keymap.ts';

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

/** Everything keys do stands in the command palette too, and what has no key of its own. */
export function useCanvasCommands(tools: CanvasTools, readOnly: boolean): void {
  const commands = useMemo(
    (): readonly Command[] => [
      ...keymap
        .filter((binding) => (!readOnly || binding.edits !== true) && !movesOnly(binding))
        .map(
          (binding): Command => ({
            id: `canvas-${binding.label}`,
            label: binding.label,
            detail: binding.keys.map((key) => (key === 'mod' ? 'Ctrl' : key)).join(' '),
            group,
            run: () => binding.run(tools),
          }),
        ),
      ...(readOnly ? [] : placing(tools)),
    ],
    [tools, readOnly],
  );
  useCommands(commands);
}

/** Steps from node to node make sense as keys only, and undo stands with the policy. */
function movesOnly(binding: Binding): boolean {
  return binding.everywhere === true || binding.group === 'Move around' || binding.label === 'Let go';
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
