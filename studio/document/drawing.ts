import type { NodeId } from '#engine/nodes/index.ts';
import { edgesOf, type Policy } from '#engine/policy/index.ts';
import {
  type Box,
  card,
  exitOffset,
  exitsOf,
  foldedSize,
  frame,
  frameAround,
  gatesOf,
  membersOf,
  type Place,
  placesOf,
  sizeOf,
} from './commands/index.ts';
import { exitWords, titleIn } from './describe-node.ts';
import { groupMark, markIn } from './marks.ts';

/** A node or a folded group, where it lies. */
export interface DrawnBox extends Box {
  /** A node's id, or the mark of a folded group. */
  readonly id: string;
}

/** An edge between what is drawn: nodes inside folded groups stand for their group's card. */
export interface DrawnEdge {
  /** `node:port`, as in the document. */
  readonly id: string;
  readonly from: string;
  readonly handle: string;
  readonly to: string;
  readonly entrance: string;
  /** Where the edge starts and ends, from the top of its boxes, px. */
  readonly startsAt: number;
  readonly endsAt: number;
}

/** A line of a folded group's card. */
export interface Gate {
  /** Of an entrance: the node it leads to. Of an exit: `node:port`. */
  readonly id: string;
  readonly node: NodeId;
  readonly text: string;
  /** What stands on the other side, by name. */
  readonly beyond: readonly string[];
}

/** What goes in and out of a group. */
export interface Boundary {
  readonly ins: readonly Gate[];
  readonly outs: readonly Gate[];
  /** Requests come in at one of its nodes. */
  readonly holdsEntry: boolean;
}

/** What a policy looks like on the canvas. Computed once a policy. */
export interface Drawing {
  readonly boxes: readonly DrawnBox[];
  readonly edges: readonly DrawnEdge[];
  /** The folded group a node is drawn in. */
  readonly foldedIn: ReadonlyMap<NodeId, string>;
  readonly boundaries: ReadonlyMap<string, Boundary>;
}

/** Works out what is drawn: every node but those in folded groups, a card for each of these, and the edges between. */
export function drawingOf(policy: Policy): Drawing {
  const known = cache.get(policy);
  if (known !== undefined) return known;
  const foldedIn = new Map<NodeId, string>();
  for (const [id, nodes] of membersOf(policy)) {
    if (policy.groups?.[id]?.collapsed === true) for (const node of nodes) foldedIn.set(node, id);
  }
  const boundaries = new Map(
    [...new Set(foldedIn.values())].map((id) => [id, boundaryOf(policy, id)] as const),
  );
  const drawing = {
    boxes: boxesOf(policy, foldedIn, boundaries),
    edges: drawnEdges(policy, foldedIn, boundaries),
    foldedIn,
    boundaries,
  };
  cache.set(policy, drawing);
  return drawing;
}
const cache = new WeakMap<Policy, Drawing>();

/** What stands for a node, note or group on the canvas: the card of the folded group it is in, else itself. */
export function drawnIdOf(policy: Policy, id: string): string {
  const group = drawingOf(policy).foldedIn.get(id);
  return group === undefined ? id : groupMark(group);
}

/** Where something is drawn that has an id on the canvas; `undefined` where there is no such thing. */
export function drawnBoxOf(policy: Policy, id: string): Box | undefined {
  const drawn = drawnIdOf(policy, id);
  const box = drawingOf(policy).boxes.find((one) => one.id === drawn);
  if (box !== undefined) return box;
  const mark = markIn(policy, drawn);
  if (mark?.kind === 'group') return frameOf(policy, mark.id);
  if (mark === undefined) return undefined;
  const { at, size } = mark.note;
  return { x: at[0], y: at[1], width: size[0], height: size[1] };
}

/** Notes that are drawn: all but those inside the frames of folded groups. */
export function drawnNotes(policy: Policy): readonly string[] {
  const folded = new Set([...drawingOf(policy).boundaries.keys()].flatMap((id) => notesInside(policy, id)));
  return Object.keys(policy.notes ?? {}).filter((id) => !folded.has(id));
}

/** What goes in and out of a group, in words: a line a node that is led to from outside, a line a way out. */
export function boundaryOf(policy: Policy, group: string): Boundary {
  const members = new Set(membersOf(policy).get(group) ?? []);
  const gates = gatesOf(policy, group);
  const outs = gates.outs.map(({ id, node, port, to }): Gate => {
    const beyond = to === null ? [] : [titleIn(policy, to)];
    return { id, node, text: wayOutText(policy, node, port), beyond };
  });
  const ins = gates.ins.map((node): Gate => {
    const from = edgesOf(policy).filter((edge) => edge.to === node && !members.has(edge.from));
    const beyond = [...new Set(from.map((edge) => titleIn(policy, edge.from)))];
    return { id: node, node, text: titleIn(policy, node), beyond };
  });
  return { ins, outs, holdsEntry: policy.entry !== null && members.has(policy.entry) };
}

/** `Task: code`; an output by its name alone. */
function wayOutText(policy: Policy, id: NodeId, port: string): string {
  const node = policy.nodes[id];
  const exit = node === undefined ? undefined : exitsOf(node).find((one) => one.id === port);
  const title = titleIn(policy, id);
  if (node === undefined || exit === undefined || node.kind === 'output') return title;
  const words = exitWords(node, exit);
  return `${title}: ${words.aside ?? words.text}`;
}

/** The frame of a group by the places of the document, folded or not. */
export function frameOf(policy: Policy, group: string): Box | undefined {
  return frameAround(memberBoxes(policy, group));
}

function memberBoxes(policy: Policy, group: string): readonly Box[] {
  const places = placesOf(policy);
  return (membersOf(policy).get(group) ?? []).flatMap((id) => {
    const node = policy.nodes[id];
    const [x, y] = places[id] ?? [0, 0];
    return node === undefined ? [] : [{ x, y, ...sizeOf(node) }];
  });
}

/** Notes that lie wholly inside the frame of a group: they move and fold with it. A sub-policy has none: it came without. */
export function notesInside(policy: Policy, group: string): readonly string[] {
  const box = frameOf(policy, group);
  if (box === undefined || policy.groups?.[group]?.subpolicy !== undefined) return [];
  return Object.entries(policy.notes ?? {}).flatMap(([id, { at, size }]) => {
    const isInside =
      at[0] >= box.x &&
      at[1] >= box.y &&
      at[0] + size[0] <= box.x + box.width &&
      at[1] + size[1] <= box.y + box.height;
    return isInside ? [id] : [];
  });
}

/** Where the card of a folded group lies: where the upper left of its nodes is. */
export function foldedPlace(policy: Policy, group: string): Place {
  const box = frameOf(policy, group);
  return box === undefined ? [0, 0] : [box.x + frame.pad, box.y + frame.head];
}

function boxesOf(
  policy: Policy,
  foldedIn: Drawing['foldedIn'],
  boundaries: Drawing['boundaries'],
): readonly DrawnBox[] {
  const places = placesOf(policy);
  const nodes = Object.entries(policy.nodes).flatMap(([id, node]): readonly DrawnBox[] => {
    const [x, y] = places[id] ?? [0, 0];
    return foldedIn.has(id) ? [] : [{ id, x, y, ...sizeOf(node) }];
  });
  const groups = [...boundaries].map(([id, boundary]): DrawnBox => {
    const [x, y] = foldedPlace(policy, id);
    return { id: groupMark(id), x, y, ...foldedSize(boundary) };
  });
  return [...nodes, ...groups];
}

function drawnEdges(
  policy: Policy,
  foldedIn: Drawing['foldedIn'],
  boundaries: Drawing['boundaries'],
): readonly DrawnEdge[] {
  return edgesOf(policy).flatMap(({ id, from, port, to }): readonly DrawnEdge[] => {
    const source = policy.nodes[from];
    if (source === undefined || !Object.hasOwn(policy.nodes, to)) return [];
    const [fromGroup, toGroup] = [foldedIn.get(from), foldedIn.get(to)];
    if (fromGroup !== undefined && fromGroup === toGroup) return [];
    const start =
      fromGroup === undefined
        ? { from, handle: port.id, startsAt: exitOffset(source, port.id) }
        : { from: groupMark(fromGroup), handle: id, startsAt: outOffset(boundaries.get(fromGroup), id) };
    const end =
      toGroup === undefined
        ? { to, entrance: 'in', endsAt: card.header / 2 }
        : {
            to: groupMark(toGroup),
            entrance: `in:${to}`,
            endsAt: rowOffset(boundaries.get(toGroup)?.ins.findIndex((gate) => gate.id === to) ?? 0),
          };
    return [{ id, ...start, ...end }];
  });
}

function rowOffset(index: number): number {
  return card.header + card.pad + Math.max(0, index) * card.row + card.row / 2;
}

function outOffset(boundary: Boundary | undefined, edge: string): number {
  if (boundary === undefined) return 0;
  const at = boundary.outs.findIndex((gate) => gate.id === edge);
  const between = boundary.ins.length > 0 ? 2 * card.pad : 0;
  return rowOffset(boundary.ins.length + Math.max(0, at)) + between;
}
