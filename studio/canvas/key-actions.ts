import {
  deleteSelection,
  drawnIdOf,
  foldSelection,
  groupSelection,
  insertNote,
  isMark,
  layoutAll,
  layoutNodes,
  markIn,
  moveSelectionBy,
  newNoteSize,
  placeForNote,
  resizeSelectedNote,
  ungroupSelection,
} from '../document/index.ts';
import { closeOpen, focusNode, writeNewNote } from './canvas-state.ts';
import type { CanvasTools } from './canvas-tools.ts';
import { exitsAt } from './exits-at.ts';
import { fitOptions } from './fit-options.ts';
import { along, type Direction, walk } from './walk.ts';
import { walkDrawn } from './walk-drawn.ts';

/** Lays everything out anew and shows it. */
export function tidyUp({ document, flow }: CanvasTools): void {
  document.run(layoutAll(), 'Tidy up');
  requestAnimationFrame(() => void flow.fitView({ ...fitOptions, duration: 200 }));
}

/** Lays out the selected nodes among themselves; the others stay. */
export function tidySelection({ document }: CanvasTools): void {
  const { selection } = document.store.getState();
  if (selection.size < 2) document.announce('Select several nodes first.');
  else document.run(layoutNodes(selection), `Tidy up ${selection.size} nodes`);
}

/** Shift and an arrow: sideways everything behind or before joins the selection, up and down the next sibling. */
export function selectAlong({ document, canvas, reveal }: CanvasTools, direction: Direction): void {
  const { policy, selection } = document.store.getState();
  const { current } = canvas.getState();
  const from = current !== null && Object.hasOwn(policy.nodes, current) ? current : policy.entry;
  if (from === null) return;
  const start = new Set([...selection, from]);
  const sideways = direction === 'right' ? 'downstream' : direction === 'left' ? 'upstream' : null;
  const next = sideways === null ? walk(policy, from, direction) : null;
  const after =
    sideways === null ? new Set(next === null ? start : [...start, next]) : along(policy, start, sideways);
  document.select(after);
  document.announce(after.size === 1 ? '1 node selected.' : `${after.size} nodes selected.`);
  if (next === null) return;
  reveal(next);
  focusNode(canvas, next);
}

/** The picker beside what is selected, for its first open exit; without one, on its own. */
export function openAdd({ document, canvas, pointBeside }: CanvasTools, only?: 'subpolicies'): void {
  const { policy } = document.store.getState();
  const { current } = canvas.getState();
  const open = current === null ? undefined : exitsAt(policy, current).find(({ to }) => to === null);
  const spot =
    open === undefined ? ({ kind: 'free' } as const) : ({ kind: 'exit', exit: open.exit } as const);
  const at = pointBeside(current);
  canvas.setState({ open: { kind: 'add', spot, at, ...(only === undefined ? {} : { only }) } });
}

export function openConnect({ document, canvas, pointBeside }: CanvasTools): void {
  const { policy } = document.store.getState();
  const { current } = canvas.getState();
  const isThere = current !== null && (isMark(current) || Object.hasOwn(policy.nodes, current));
  if (current === null || !isThere || markIn(policy, current)?.kind === 'note') {
    document.announce('Select a node first.');
    return;
  }
  const exits = exitsAt(policy, current);
  const [only] = exits;
  if (only === undefined) {
    document.announce(
      isMark(current) ? 'Nothing leads out of this group.' : 'This node has no exits: requests end here.',
    );
    return;
  }
  const exit = exits.length === 1 ? only.exit : null;
  canvas.setState({ open: { kind: 'connect', node: current, exit, at: pointBeside(current) } });
}

/** With nothing selected (after an undo, say) the node that has the focus is meant. */
export function removeSelected({ document, canvas }: CanvasTools, heal: boolean): void {
  const { selection, marks, selectedEdge } = document.store.getState();
  const focused = globalThis.document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id');
  if (selection.size + marks.size === 0 && selectedEdge === null && focused != null)
    document.select([focused]);
  deleteSelection(document, { heal });
  const { selection: left, policy } = document.store.getState();
  const [next] = left;
  focusNode(canvas, next ?? (marks.size > 0 ? policy.entry : null));
}

export function walkTo({ document, canvas, reveal }: CanvasTools, direction: Direction): void {
  const { policy } = document.store.getState();
  const next = stepFrom(policy, canvas.getState().current, direction);
  if (next === null) return;
  document.select([next]);
  reveal(next);
  focusNode(canvas, next);
}

/** Between nodes along the flow, from notes and groups to what lies that way. */
function stepFrom(
  policy: Parameters<typeof walk>[0],
  current: string | null,
  direction: Direction,
): string | null {
  const from = current === null ? null : drawnIdOf(policy, current);
  if (from !== null && isMark(from) && markIn(policy, from) !== undefined)
    return walkDrawn(policy, from, direction);
  const next =
    from === null || !Object.hasOwn(policy.nodes, from)
      ? (policy.entry ?? Object.keys(policy.nodes)[0] ?? null)
      : walk(policy, from, direction);
  return next === null ? null : drawnIdOf(policy, next);
}

export function nudge(tools: CanvasTools, step: readonly [number, number]): void {
  const { document, reveal } = tools;
  const first = selectCurrent(tools);
  if (first === undefined) return;
  const { selection, marks } = document.store.getState();
  moveSelectionBy(document, step, `nudge:${[...selection, ...marks].join(' ')}`);
  reveal(first);
}

/** Makes the selected note larger or smaller. */
export function resizeNoteBy(tools: CanvasTools, step: readonly [number, number]): void {
  if (selectCurrent(tools) !== undefined) resizeSelectedNote(tools.document, step);
}

/** What is selected; where nothing is, what has the focus is now. */
function selectCurrent({ document, canvas }: CanvasTools): string | undefined {
  const { selection, marks } = document.store.getState();
  const { current } = canvas.getState();
  if (selection.size + marks.size === 0 && current !== null) document.select([current]);
  const now = document.store.getState();
  return [...now.selection, ...now.marks][0];
}

/** A note where the author looks, to write in at once. */
export function addNoteHere({ document, canvas, placeInView, reveal }: CanvasTools): void {
  const { policy } = document.store.getState();
  const wished = placeInView({ x: newNoteSize[0], y: newNoteSize[1] });
  const mark = insertNote(document, placeForNote(policy, wished));
  if (mark === undefined) return;
  reveal(mark);
  writeNewNote(canvas, mark);
}

/** A frame round what is selected; its name is typed next. */
export function makeGroup(tools: CanvasTools): void {
  selectCurrent(tools);
  const mark = groupSelection(tools.document);
  if (mark === undefined) return;
  tools.reveal(mark);
  tools.canvas.setState({ current: mark, renaming: mark, home: 'drawing' });
}

export function takeGroupAway(tools: CanvasTools): void {
  selectCurrent(tools);
  ungroupSelection(tools.document);
  focusNode(tools.canvas, [...tools.document.store.getState().selection][0] ?? null);
}

/** One card for a group, or its nodes again. */
export function foldGroup(tools: CanvasTools): void {
  selectCurrent(tools);
  foldSelection(tools.document);
  const [mark] = tools.document.store.getState().marks;
  if (mark !== undefined) focusNode(tools.canvas, mark);
}

/** What is open, then several selected nodes, then the selection, then the highlighted path. */
export function letGo({ document, canvas, clearHighlight }: CanvasTools): void {
  const { open, renaming, current } = canvas.getState();
  const { selection, marks, selectedEdge } = document.store.getState();
  const count = selection.size + marks.size;
  if (open.kind !== 'nothing' || renaming !== null) closeOpen(canvas);
  else if (count > 1 && current !== null && [...selection, ...marks].includes(current))
    document.select([current]);
  else if (count > 0 || selectedEdge !== null) document.select([]);
  else clearHighlight();
}
