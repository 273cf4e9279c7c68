import {
  deleteSelection,
  exitsOf,
  firstOpenExit,
  layoutAll,
  layoutNodes,
  moveNodes,
  placesOf,
} from '../document/index.ts';
import { closeOpen, focusNode } from './canvas-state.ts';
import type { CanvasTools } from './canvas-tools.ts';
import { fitOptions } from './fit-options.ts';
import { along, type Direction, walk } from './walk.ts';

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

/** The picker beside the selected node, for its first open exit; without one, on its own. */
export function openAdd({ document, canvas, pointBeside }: CanvasTools): void {
  const { policy } = document.store.getState();
  const { current } = canvas.getState();
  const node = current === null ? undefined : policy.nodes[current];
  const exit = node === undefined ? undefined : firstOpenExit(node);
  const spot =
    current === null || exit === undefined
      ? ({ kind: 'free' } as const)
      : ({ kind: 'exit', exit: { node: current, port: exit.id } } as const);
  canvas.setState({ open: { kind: 'add', spot, at: pointBeside(current) } });
}

export function openConnect({ document, canvas, pointBeside }: CanvasTools): void {
  const { policy } = document.store.getState();
  const { current } = canvas.getState();
  const node = current === null ? undefined : policy.nodes[current];
  if (current === null || node === undefined) {
    document.announce('Select a node first.');
    return;
  }
  const exits = exitsOf(node);
  const [only] = exits;
  if (only === undefined) {
    document.announce('This node has no exits: requests end here.');
    return;
  }
  const exit = exits.length === 1 ? { node: current, port: only.id } : null;
  canvas.setState({ open: { kind: 'connect', node: current, exit, at: pointBeside(current) } });
}

/** With nothing selected (after an undo, say) the node that has the focus is meant. */
export function removeSelected({ document, canvas }: CanvasTools, heal: boolean): void {
  const { selection, selectedEdge } = document.store.getState();
  const focused = globalThis.document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id');
  if (selection.size === 0 && selectedEdge === null && focused != null) document.select([focused]);
  deleteSelection(document, { heal });
  const [next] = document.store.getState().selection;
  focusNode(canvas, next ?? null);
}

export function walkTo({ document, canvas, reveal }: CanvasTools, direction: Direction): void {
  const { policy } = document.store.getState();
  const { current } = canvas.getState();
  const from = current !== null && Object.hasOwn(policy.nodes, current) ? current : null;
  const next =
    from === null ? (policy.entry ?? Object.keys(policy.nodes)[0] ?? null) : walk(policy, from, direction);
  if (next === null) return;
  document.select([next]);
  reveal(next);
  focusNode(canvas, next);
}

export function nudge({ document, canvas, reveal }: CanvasTools, [x, y]: readonly [number, number]): void {
  const { policy, selection } = document.store.getState();
  const { current } = canvas.getState();
  const ids = selection.size > 0 ? [...selection] : current === null ? [] : [current];
  const places = placesOf(policy);
  const moved = new Map(
    ids.map((id) => [id, [(places[id]?.[0] ?? 0) + x, (places[id]?.[1] ?? 0) + y] as const] as const),
  );
  const what = ids.length === 1 ? 'node' : `${ids.length} nodes`;
  document.run(moveNodes(moved), `Move ${what}`, { gesture: `nudge:${ids.join(' ')}` });
  const [first] = ids;
  if (first !== undefined) reveal(first);
}

/** What is open, then several selected nodes, then the selection, then the highlighted path. */
export function letGo({ document, canvas, clearHighlight }: CanvasTools): void {
  const { open, renaming, current } = canvas.getState();
  const { selection, selectedEdge } = document.store.getState();
  if (open.kind !== 'nothing' || renaming !== null) closeOpen(canvas);
  else if (selection.size > 1 && current !== null && selection.has(current)) document.select([current]);
  else if (selection.size > 0 || selectedEdge !== null) document.select([]);
  else clearHighlight();
}
