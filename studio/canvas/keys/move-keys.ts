import { nudge, selectAlong, walkTo } from '../key-actions.ts';
import { arrows, type Binding, named, plain } from './binding.ts';

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

/** From node to node, and nodes from place to place. */
export const moveKeys: readonly Binding[] = [...walking, ...extending, ...nudging];
