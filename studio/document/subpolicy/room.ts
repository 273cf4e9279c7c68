import type { Policy } from '#engine/policy/index.ts';
import {
  type Box,
  card,
  gap,
  inOrder,
  membersOf,
  moveNodes,
  type Place,
  placesOf,
} from '../commands/index.ts';
import { moveNotes } from '../commands/notes.ts';
import { drawingOf, drawnNotes, frameOf, notesInside } from '../drawing.ts';
import { groupMark } from '../marks.ts';

/** What moves as one: a card, an open group with what it holds, a folded group with what is hidden in it, a note. */
interface Unit {
  readonly box: Box;
  readonly nodes: readonly string[];
  readonly notes: readonly string[];
}

const margin = 30;

/** Everything that is drawn, but one group. */
function unitsOf(policy: Policy, but?: string): readonly Unit[] {
  const { boxes } = drawingOf(policy);
  const groups = [...membersOf(policy)].filter(([id, nodes]) => id !== but && nodes.length > 0);
  const grouped = new Set([...membersOf(policy).values()].flat());
  const taken = new Set(groups.flatMap(([id]) => notesInside(policy, id)));
  const inGroups = groups.flatMap(([id, nodes]): readonly Unit[] => {
    const folded = boxes.find((one) => one.id === groupMark(id));
    const box = folded ?? frameOf(policy, id);
    return box === undefined ? [] : [{ box, nodes, notes: notesInside(policy, id) }];
  });
  const alone = boxes.flatMap((box) =>
    box.id.startsWith('group:') || grouped.has(box.id) ? [] : [{ box, nodes: [box.id], notes: [] }],
  );
  const notes = drawnNotes(policy).flatMap((id): readonly Unit[] => {
    const note = policy.notes?.[id];
    if (note === undefined || taken.has(id)) return [];
    const [x, y] = note.at;
    return [{ box: { x, y, width: note.size[0], height: note.size[1] }, nodes: [], notes: [id] }];
  });
  return [...inGroups, ...alone, ...notes];
}

/**
 * Makes room for a box: what lies to the right of its left edge goes right as one if something is in the way there, then what
 * lies below goes down. Nothing else moves.
 */
function cleared(policy: Policy, box: Box, head: Pick<Box, 'width' | 'height'>, but?: string): Policy {
  const right = box.x + Math.min(head.width, box.width);
  const isRight = ({ box: one }: Unit): boolean => one.x >= right - margin;
  const wide = shifted(policy, unitsOf(policy, but).filter(isRight), (one) => [
    overlaps(box, one) ? box.x + box.width + margin - one.x : 0,
    0,
  ]);
  const below = unitsOf(wide, but).filter(
    ({ box: one }) => one.y >= box.y + Math.min(head.height, box.height) / 2,
  );
  return shifted(wide, below, (one) => [0, overlaps(box, one) ? box.y + box.height + margin - one.y : 0]);
}

/** Moves all units by the furthest that one of them has to go. */
function shifted(policy: Policy, units: readonly Unit[], need: (box: Box) => Place): Policy {
  const needs = units.map(({ box }) => need(box));
  const [dx, dy] = [Math.max(0, ...needs.map(([x]) => x)), Math.max(0, ...needs.map(([, y]) => y))];
  if (dx + dy === 0) return policy;
  const places = placesOf(policy);
  const go = ([x, y]: Place): Place => [x + dx, y + dy];
  const nodes = units.flatMap((unit) => unit.nodes.map((id) => [id, go(places[id] ?? [0, 0])] as const));
  const notes = units.flatMap((unit) =>
    unit.notes.map((id) => [id, go(policy.notes?.[id]?.at ?? [0, 0])] as const),
  );
  return inOrder(moveNodes(new Map(nodes)), moveNotes(new Map(notes)))(policy);
}

function overlaps(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width + margin &&
    other.x < one.x + one.width + margin &&
    one.y < other.y + other.height + margin &&
    other.y < one.y + one.height + margin
  );
}

/** About as large as a sub-policy's card with an entrance and two outputs. */
const newCard = { width: card.width, height: card.header + 3 * card.row + 4 * card.pad };

/** Room for a new folded group at a place, or behind everything. */
export function roomForBox(
  policy: Policy,
  wished: Place | undefined,
): { readonly policy: Policy; readonly at: Place } {
  if (wished === undefined) return { policy, at: behindAll(policy) };
  const [x, y] = wished;
  const box = { x, y, ...newCard, width: newCard.width + gap.x - margin };
  return { policy: cleared(policy, box, { width: 0, height: newCard.height }), at: wished };
}

function behindAll(policy: Policy): Place {
  const boxes = unitsOf(policy).map(({ box }) => box);
  if (boxes.length === 0) return [0, 0];
  return [Math.max(...boxes.map((box) => box.x + box.width)) + gap.x, Math.min(...boxes.map((box) => box.y))];
}

/** Unfolds a group where it lies; what its frame would cover makes room. */
export function unfolded(policy: Policy, id: string): Policy {
  const group = policy.groups?.[id];
  const frame = frameOf(policy, id);
  const head = drawingOf(policy).boxes.find((one) => one.id === groupMark(id));
  if (group?.collapsed !== true || frame === undefined) return policy;
  const open = { ...policy, groups: { ...policy.groups, [id]: { ...group, collapsed: false } } };
  return head === undefined ? open : cleared(open, frame, head, id);
}
