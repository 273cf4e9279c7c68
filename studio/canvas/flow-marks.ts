import type { Node as XyNode } from '@xyflow/react';
import type { Diagnostic } from '#engine/nodes/index.ts';
import type { Note, Policy } from '#engine/policy/index.ts';
import {
  type Boundary,
  drawingOf,
  drawnNotes,
  foldedPlace,
  foldedSize,
  frameAround,
  groupMark,
  isMark,
  type MarkId,
  markIn,
  marksOf,
  membersOf,
  noteMark,
  placesOf,
  sizeOf,
  spokenMark,
} from '../document/index.ts';
import { type CardNode, type FlowView, groupByNode, isSameList, type Tone, toneOf } from './flow.ts';
import { faceOf, type SubpolicyFace, spokenFace } from './subpolicy-face.ts';

export interface NoteData extends Record<string, unknown> {
  readonly note: Note;
  readonly readOnly: boolean;
}
export type NoteNode = XyNode<NoteData, 'note'>;

/** An open group: a frame behind its nodes. */
export interface FrameData extends Record<string, unknown> {
  readonly name: string;
  readonly count: number;
  readonly subpolicy: SubpolicyFace | undefined;
  readonly readOnly: boolean;
}
export type FrameNode = XyNode<FrameData, 'frame'>;

/** A folded group: one card. */
export interface FoldData extends Record<string, unknown> {
  readonly name: string;
  readonly count: number;
  readonly subpolicy: SubpolicyFace | undefined;
  readonly boundary: Boundary;
  readonly problems: readonly Diagnostic[];
  readonly tone: Tone;
  /** Requests that come in, of all that were replayed. */
  readonly traffic: { readonly after: number; readonly records: number } | undefined;
  readonly readOnly: boolean;
}
export type FoldNode = XyNode<FoldData, 'fold'>;

export type MarkNode = NoteNode | FrameNode | FoldNode;
export type DrawnNode = CardNode | MarkNode;

/** Policy → notes and groups. Frames lie round the cards as these are drawn, so that they follow while one is dragged. */
export function projectMarks(
  policy: Policy,
  view: FlowView,
  cards: readonly CardNode[],
  old: readonly MarkNode[],
): MarkNode[] {
  const before = new Map(old.map((mark) => [mark.id, mark]));
  const first = isMark(view.current ?? '') ? view.current : (marksOf(policy)[0] ?? null);
  const reuse = <T extends MarkNode>(wanted: T): MarkNode => sameOr(before.get(wanted.id), wanted);
  const { boundaries } = drawingOf(policy);
  const byId = new Map(cards.map((card) => [card.id, card]));
  const groups = [...membersOf(policy)].flatMap(([id, nodes]): readonly MarkNode[] => {
    if (nodes.length === 0) return [];
    const shared = sharedOf(policy, view, groupMark(id), first);
    const name = policy.groups?.[id]?.name ?? id;
    const boundary = boundaries.get(id);
    if (boundary !== undefined)
      return [reuse(foldNode(policy, view, { ...shared, id, name, nodes, boundary }, before))];
    const box = frameAround(nodes.flatMap((node) => boxOfCard(policy, node, byId.get(node))));
    if (box === undefined) return [];
    const { x, y, width, height } = box;
    const data = {
      name,
      count: nodes.length,
      subpolicy: faceOf(policy, id, view.published),
      readOnly: view.readOnly,
    };
    const zIndex = shared.selected ? behind - elevation : behind;
    return [
      reuse({
        ...shared,
        ...frameShape,
        position: { x, y },
        width,
        height,
        data,
        zIndex,
      } satisfies FrameNode),
    ];
  });
  const notes = drawnNotes(policy).flatMap((id): readonly MarkNode[] => {
    const note = policy.notes?.[id];
    return note === undefined ? [] : [reuse(noteNode(policy, view, id, note, first, before))];
  });
  const marks = [...groups, ...notes];
  return isSameList(marks, old) ? (old as MarkNode[]) : marks;
}

/** Behind the edges, however the library lifts what is selected. */
const behind = -1;
const elevation = 1_000;
/** Only its head takes the mouse: a box can be drawn inside of it, and edges be reached. */
const frameShape = {
  type: 'frame',
  dragHandle: '[data-frame-head]',
  style: { pointerEvents: 'none' },
} as const;

interface Shared {
  readonly id: MarkId;
  readonly selected: boolean;
  readonly ariaRole: 'group';
  readonly ariaLabel: string;
  readonly domAttributes: NonNullable<XyNode['domAttributes']>;
}

function sharedOf(policy: Policy, view: FlowView, id: MarkId, tabbed: string | null): Shared {
  const mark = markIn(policy, id);
  const face = mark?.kind === 'group' ? faceOf(policy, mark.id, view.published) : undefined;
  return {
    id,
    selected: view.marks.has(id),
    ariaRole: 'group',
    ariaLabel:
      mark === undefined ? id : `${spokenMark(policy, mark)}${face === undefined ? '' : spokenFace(face)}`,
    domAttributes: {
      tabIndex: tabbed === id ? 0 : -1,
      'aria-roledescription': face !== undefined ? 'sub-policy' : mark?.kind === 'note' ? 'note' : 'group',
    },
  };
}

function boxOfCard(policy: Policy, id: string, card: CardNode | undefined) {
  const node = policy.nodes[id];
  if (node === undefined) return [];
  const [x, y] = placesOf(policy)[id] ?? [0, 0];
  return [{ ...(card?.position ?? { x, y }), ...sizeOf(node) }];
}

function noteNode(
  policy: Policy,
  view: FlowView,
  id: string,
  note: Note,
  first: string | null,
  before: ReadonlyMap<string, MarkNode>,
): NoteNode {
  const old = before.get(noteMark(id));
  const isHeld = old !== undefined && (old.dragging === true || old.resizing === true);
  const [width, height] = note.size;
  return {
    ...sharedOf(policy, view, noteMark(id), first),
    type: 'note',
    data: { note, readOnly: view.readOnly },
    position: isHeld ? old.position : { x: note.at[0], y: note.at[1] },
    width: old?.resizing === true ? (old.width ?? width) : width,
    height: old?.resizing === true ? (old.height ?? height) : height,
  };
}

interface FoldParts extends Omit<Shared, 'id'> {
  readonly id: string;
  readonly name: string;
  readonly nodes: readonly string[];
  readonly boundary: Boundary;
}

function foldNode(
  policy: Policy,
  view: FlowView,
  { id, name, nodes, boundary, ...shared }: FoldParts,
  before: ReadonlyMap<string, MarkNode>,
): FoldNode {
  const old = before.get(groupMark(id));
  const [x, y] = foldedPlace(policy, id);
  const problems = groupByNode(view.diagnostics);
  const isOnPath = nodes.some((node) => view.taken?.nodes.has(node) === true);
  return {
    ...shared,
    id: groupMark(id),
    type: 'fold',
    data: {
      name,
      count: nodes.length,
      subpolicy: faceOf(policy, id, view.published),
      boundary,
      problems: nodes.flatMap((node) => problems.get(node) ?? []),
      tone: toneOf(view.taken === null ? undefined : new Set(isOnPath ? [id] : []), id),
      traffic: foldTraffic(policy, view, nodes, boundary),
      readOnly: view.readOnly,
    },
    position: old?.dragging === true ? old.position : { x, y },
    ...foldedSize(boundary),
  };
}

/** Requests that enter, from outside or because the policy starts here. */
function foldTraffic(
  policy: Policy,
  view: FlowView,
  nodes: readonly string[],
  boundary: Boundary,
): FoldData['traffic'] {
  const { traffic } = view;
  if (traffic === null) return undefined;
  if (boundary.holdsEntry && policy.entry !== null)
    return { after: traffic.nodes.get(policy.entry)?.after ?? 0, records: traffic.records };
  const entering = drawingOf(policy).edges.filter(({ to, entrance }) =>
    nodes.some((node) => entrance === `in:${node}` && isMark(to)),
  );
  const after = entering.reduce((sum, { id }) => sum + (traffic.edges.get(id)?.after ?? 0), 0);
  return { after, records: traffic.records };
}

/** What looks the same stays the same object; what the library measured is kept. */
function sameOr(old: MarkNode | undefined, wanted: MarkNode): MarkNode {
  if (old === undefined || old.type !== wanted.type) return wanted;
  const data = JSON.stringify(old.data) === JSON.stringify(wanted.data) ? old.data : wanted.data;
  const isSame =
    data === old.data &&
    old.position.x === wanted.position.x &&
    old.position.y === wanted.position.y &&
    old.width === wanted.width &&
    old.height === wanted.height &&
    old.selected === wanted.selected &&
    old.ariaLabel === wanted.ariaLabel &&
    old.domAttributes?.tabIndex === wanted.domAttributes?.tabIndex;
  return isSame ? old : ({ ...old, ...wanted, data } as MarkNode);
}
