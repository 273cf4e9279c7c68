import type { NodeChange } from '@xyflow/react';
import type { NodeId } from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import {
  drawnBoxOf,
  markIn,
  membersOf,
  moveThings,
  noteMark,
  notesInside,
  type Place,
  type PolicyDocument,
  placesOf,
} from '../document/index.ts';
import type { CardNode } from './flow.ts';
import type { DrawnNode, MarkNode } from './flow-marks.ts';

/** While a frame is dragged, what it holds goes along: a change of place for each of its nodes and notes. */
export function withMembers(
  policy: Policy,
  changes: readonly NodeChange<DrawnNode>[],
  cards: readonly CardNode[],
  marks: readonly MarkNode[],
): readonly NodeChange<DrawnNode>[] {
  const moved = new Set(changes.flatMap((change) => (change.type === 'position' ? [change.id] : [])));
  const places = new Map<string, DrawnNode>([...cards, ...marks].map((one) => [one.id, one]));
  const along = changes.flatMap((change): readonly NodeChange<DrawnNode>[] => {
    if (change.type !== 'position' || change.position === undefined) return [];
    const mark = markIn(policy, change.id);
    const from = places.get(change.id);
    if (mark?.kind !== 'group' || from?.type !== 'frame') return [];
    const x = change.position.x - from.position.x;
    const y = change.position.y - from.position.y;
    const held = [
      ...(membersOf(policy).get(mark.id) ?? []),
      ...notesInside(policy, mark.id).map((id): string => noteMark(id)),
    ];
    return held.flatMap((id) => {
      const place = places.get(id)?.position;
      if (place === undefined || moved.has(id)) return [];
      const dragging = change.dragging ?? false;
      return [{ id, type: 'position', position: { x: place.x + x, y: place.y + y }, dragging } as const];
    });
  });
  return along.length === 0 ? changes : [...changes, ...along];
}

/** What was dragged goes to the document as one step: nodes, notes, and groups with what they hold. */
export function dropDragged(document: PolicyDocument, dragged: readonly DrawnNode[]): void {
  const { policy } = document.store.getState();
  const places = placesOf(policy);
  const nodes = new Map<NodeId, Place>();
  const notes = new Map<string, Place>();
  for (const { id, position } of dragged) {
    const mark = markIn(policy, id);
    if (mark?.kind !== 'group') continue;
    const box = drawnBoxOf(policy, id);
    if (box === undefined) continue;
    const [x, y] = [position.x - box.x, position.y - box.y];
    for (const node of membersOf(policy).get(mark.id) ?? []) {
      const [left, top] = places[node] ?? [0, 0];
      nodes.set(node, [left + x, top + y]);
    }
    for (const note of notesInside(policy, mark.id)) {
      const [left, top] = policy.notes?.[note]?.at ?? [0, 0];
      notes.set(note, [left + x, top + y]);
    }
  }
  for (const { id, position } of dragged) {
    const mark = markIn(policy, id);
    if (mark?.kind === 'note') notes.set(mark.id, [position.x, position.y]);
    else if (mark === undefined) nodes.set(id, [position.x, position.y]);
  }
  const isMoved =
    [...nodes].some(([id, [x, y]]) => places[id]?.[0] !== x || places[id]?.[1] !== y) ||
    [...notes].some(([id, [x, y]]) => policy.notes?.[id]?.at[0] !== x || policy.notes[id]?.at[1] !== y);
  if (isMoved) moveThings(document, nodes, notes);
}
