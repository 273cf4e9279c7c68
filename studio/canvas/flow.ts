import type { Edge as XyEdge, Node as XyNode } from '@xyflow/react';
import type { Diagnostic, NodeId, PolicyNode } from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import type { ModelRow } from '../client/queries.ts';
import {
  drawingOf,
  exitOfEdge,
  exitsOf,
  type MarkId,
  matchPool,
  placesOf,
  sizeOf,
  spokenNode,
  titleIn,
} from '../document/index.ts';
import type { Condition } from '../health/order-targets.ts';
import { type Lane, lanesOf } from './lanes.ts';
import type { Published } from './use-published.ts';

/** How an overlay shows a node or an edge: as ever, on the taken path, or in the background. */
export type Tone = 'plain' | 'taken' | 'dimmed';

/** What a card is drawn from; a new object only when something in it changed. */
export interface CardData extends Record<string, unknown> {
  readonly node: PolicyNode;
  readonly isEntry: boolean;
  readonly problems: readonly Diagnostic[];
  /** `null` while the catalogue loads. */
  readonly model: ModelRow | null | undefined;
  /** How its model does lately, where somebody should look at that. */
  readonly health: Condition | undefined;
  /** Models a pool's patterns stand for; `undefined` for other kinds, and before the catalogue is here. */
  readonly matches: number | undefined;
  readonly tone: Tone;
  readonly traffic: CardTraffic | undefined;
  readonly readOnly: boolean;
}
export type CardNode = XyNode<CardData, 'card'>;

/** Requests over one edge, of all that were replayed. */
export interface EdgeTraffic {
  readonly before: number;
  readonly after: number;
  readonly records: number;
}

/** Requests that pass a node, and what they then cost more than before, in nano-dollars. */
export interface NodeTraffic extends EdgeTraffic {
  readonly costDelta: number;
}

/** A card's numbers: its own, and those of its exits in their order. */
export interface CardTraffic extends NodeTraffic {
  readonly exits: readonly EdgeTraffic[];
}

/** What a what-if says of edges (`node:port`) and nodes. */
export interface FlowTraffic {
  readonly edges: ReadonlyMap<string, EdgeTraffic>;
  readonly nodes: ReadonlyMap<string, NodeTraffic>;
  readonly records: number;
}

export interface WireData extends Record<string, unknown> {
  readonly tone: Tone;
  readonly traffic: EdgeTraffic | undefined;
  /** Where it runs so as not to pass underneath cards. */
  readonly lane: Lane | undefined;
  readonly readOnly: boolean;
}
export type WireEdge = XyEdge<WireData, 'wire'>;

/** Everything the drawing depends on beside the policy. */
export interface FlowView {
  readonly selection: ReadonlySet<NodeId>;
  readonly marks: ReadonlySet<MarkId>;
  readonly selectedEdge: string | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly models: ReadonlyMap<string, ModelRow>;
  /** Targets in trouble. */
  readonly health: ReadonlyMap<string, Condition>;
  /** Newest versions of the policies that sub-policies come from. */
  readonly published: Published;
  /** Nodes and edges of the highlighted path; `null` when nothing is highlighted. */
  readonly taken: { readonly nodes: ReadonlySet<NodeId>; readonly edges: ReadonlySet<string> } | null;
  readonly traffic: FlowTraffic | null;
  /** The node, note or group that the Tab key reaches. */
  readonly current: string | null;
  readonly readOnly: boolean;
}

/** Policy → cards. Cards that look the same stay the same objects, so that only changed ones are drawn again. */
export function projectNodes(policy: Policy, view: FlowView, old: readonly CardNode[]): CardNode[] {
  const before = new Map(old.map((card) => [card.id, card]));
  const places = placesOf(policy);
  const problems = groupByNode(view.diagnostics);
  const { foldedIn } = drawingOf(policy);
  const shown = { ...view, current: tabStop(policy, view.current, foldedIn) };
  const cards = Object.entries(policy.nodes).flatMap(([id, node]) => {
    if (foldedIn.has(id)) return [];
    const [x, y] = places[id] ?? [0, 0];
    return [projectNode(policy, shown, id, node, { x, y }, problems.get(id) ?? none, before.get(id))];
  });
  return isSameList(cards, old) ? (old as CardNode[]) : cards;
}

/** The card that the Tab key reaches: the current one, else the entry, else the first that is drawn. */
function tabStop(policy: Policy, current: string | null, folded: ReadonlyMap<NodeId, string>): string | null {
  const isDrawn = (id: string | null): id is string =>
    id !== null && Object.hasOwn(policy.nodes, id) && !folded.has(id);
  if (isDrawn(current)) return current;
  return isDrawn(policy.entry) ? policy.entry : (Object.keys(policy.nodes).find(isDrawn) ?? null);
}

const none: readonly Diagnostic[] = [];

function projectNode(
  policy: Policy,
  view: FlowView,
  id: NodeId,
  node: PolicyNode,
  place: { readonly x: number; readonly y: number },
  problems: readonly Diagnostic[],
  old: CardNode | undefined,
): CardNode {
  const wanted: CardData = {
    node,
    isEntry: policy.entry === id,
    problems,
    model: node.kind === 'model' ? modelOf(node.target, view.models) : undefined,
    health: node.kind === 'model' ? view.health.get(node.target) : undefined,
    matches: matchesOf(node, view.models),
    tone: toneOf(view.taken?.nodes, id),
    traffic: cardTraffic(view.traffic, id, node),
    readOnly: view.readOnly,
  };
  const data = old !== undefined && isSameCard(old.data, wanted) ? old.data : wanted;
  const selected = view.selection.has(id);
  const tabIndex = view.current === id ? 0 : -1;
  const position =
    old?.dragging === true || isSamePlace(old?.position, place) ? (old?.position ?? place) : place;
  const isSame =
    old !== undefined &&
    data === old.data &&
    selected === old.selected &&
    position === old.position &&
    old.domAttributes?.tabIndex === tabIndex;
  if (isSame) return old;
  return {
    ...old,
    id,
    type: 'card',
    data,
    position,
    selected,
    ...sizeOf(node),
    ariaRole: 'group',
    ariaLabel: `${spokenNode(node, problems, data.isEntry)}${data.health === undefined ? '' : `, ${data.health.word}`}`,
    domAttributes: { tabIndex, 'aria-roledescription': 'node' },
  };
}

function modelOf(target: string, models: FlowView['models']): CardData['model'] {
  return models.size === 0 ? null : models.get(target);
}

function matchesOf(node: PolicyNode, models: FlowView['models']): number | undefined {
  return node.kind === 'pool' && models.size > 0 ? matchPool(node.candidates, models).ids.length : undefined;
}

/** Policy → edges, in the order of nodes and exits. Those of nodes in folded groups start and end at the group's card. */
export function projectEdges(policy: Policy, view: FlowView, old: readonly WireEdge[]): WireEdge[] {
  const before = new Map(old.map((edge) => [edge.id, edge]));
  const lanes = lanesOf(policy);
  const wires = drawingOf(policy).edges.map(({ id, from, handle, to, entrance }) => {
    const known = before.get(id);
    const wanted: WireData = {
      tone: toneOf(view.taken?.edges, id),
      traffic: edgeTraffic(view.traffic, id),
      lane: lanes.get(id),
      readOnly: view.readOnly,
    };
    const data = known?.data !== undefined && isSameWire(known.data, wanted) ? known.data : wanted;
    const selected = view.selectedEdge === id;
    const ariaLabel = spokenEdge(policy, id);
    const isSame =
      known?.data === data &&
      known.source === from &&
      known.target === to &&
      known.targetHandle === entrance &&
      known.selected === selected &&
      known.ariaLabel === ariaLabel;
    if (known !== undefined && isSame) return known;
    return {
      id,
      type: 'wire' as const,
      source: from,
      sourceHandle: handle,
      target: to,
      targetHandle: entrance,
      data,
      selected,
      ariaLabel,
      zIndex: data.tone === 'taken' ? 1 : 0,
    };
  });
  return isSameList(wires, old) ? (old as WireEdge[]) : wires;
}

function spokenEdge(policy: Policy, edge: string): string {
  const { node: from, port } = exitOfEdge(edge);
  const node = policy.nodes[from];
  const exit = node === undefined ? undefined : exitsOf(node).find(({ id }) => id === port);
  return `From ${titleIn(policy, from)}, exit “${exit?.label ?? port}”, to ${titleIn(policy, exit?.to ?? '')}`;
}

/** What no request goes through is told of too: that is what an author wants to see. */
function edgeTraffic(traffic: FlowTraffic | null, id: string): EdgeTraffic | undefined {
  if (traffic === null) return undefined;
  return traffic.edges.get(id) ?? { before: 0, after: 0, records: traffic.records };
}

function cardTraffic(traffic: FlowTraffic | null, id: NodeId, node: PolicyNode): CardTraffic | undefined {
  if (traffic === null) return undefined;
  const own = traffic.nodes.get(id) ?? { before: 0, after: 0, records: traffic.records, costDelta: 0 };
  const exits = exitsOf(node).flatMap((exit) => edgeTraffic(traffic, `${id}:${exit.id}`) ?? []);
  return { ...own, exits };
}

function isSameCardTraffic(left: CardTraffic | undefined, right: CardTraffic | undefined): boolean {
  return (
    isSameTraffic(left, right) &&
    left?.costDelta === right?.costDelta &&
    left?.exits.length === right?.exits.length &&
    (left?.exits ?? []).every((exit, index) => isSameTraffic(exit, right?.exits[index]))
  );
}

function isSameTraffic(left: EdgeTraffic | undefined, right: EdgeTraffic | undefined): boolean {
  return left?.before === right?.before && left?.after === right?.after && left?.records === right?.records;
}

export function toneOf(taken: ReadonlySet<string> | undefined, id: string): Tone {
  if (taken === undefined) return 'plain';
  return taken.has(id) ? 'taken' : 'dimmed';
}

export function groupByNode(diagnostics: readonly Diagnostic[]): ReadonlyMap<NodeId, readonly Diagnostic[]> {
  const groups = new Map<NodeId, Diagnostic[]>();
  for (const one of diagnostics) {
    if (one.node !== undefined) groups.set(one.node, [...(groups.get(one.node) ?? []), one]);
  }
  return groups;
}

function isSameCard(left: CardData, right: CardData): boolean {
  return (
    left.node === right.node &&
    left.isEntry === right.isEntry &&
    left.model === right.model &&
    left.health === right.health &&
    left.matches === right.matches &&
    left.tone === right.tone &&
    left.readOnly === right.readOnly &&
    isSameCardTraffic(left.traffic, right.traffic) &&
    left.problems.length === right.problems.length &&
    left.problems.every((one, index) => one.message === right.problems[index]?.message)
  );
}

function isSameWire(left: WireData, right: WireData): boolean {
  return (
    left.tone === right.tone &&
    left.readOnly === right.readOnly &&
    left.lane?.y === right.lane?.y &&
    left.lane?.from === right.lane?.from &&
    left.lane?.to === right.lane?.to &&
    isSameTraffic(left.traffic, right.traffic)
  );
}

export function isSamePlace(
  left: { readonly x: number; readonly y: number } | undefined,
  right: { readonly x: number; readonly y: number },
): boolean {
  return left?.x === right.x && left.y === right.y;
}

export function isSameList<T>(left: readonly T[], right: readonly T[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index]);
}
