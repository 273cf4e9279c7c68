import { kindOf, type NodeId, type PolicyNode } from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import type { Command } from './command.ts';
import { connect, type Exit } from './connect.ts';
import { exitsOf, throughExit } from './exits.ts';
import { groupOf } from './groups.ts';
import { layoutMissing, placesOf, withPlace } from './layout.ts';
import { pushBehind, roomFor } from './make-room.ts';
import { card, exitOffset, gap, type Place } from './place.ts';

export interface NewNode {
  /** Free in the policy: see {@link freeSlug}. */
  readonly id: NodeId;
  readonly node: PolicyNode;
  /** Where it should lie; beside what leads to it unless said. Moved down until it overlaps nothing. */
  readonly at?: Place | undefined;
}

/** Adds a node, led to by `from` if given. The first node of a policy becomes its entry. */
export function addNode({ id, node, at }: NewNode, from?: Exit): Command {
  return (policy) => {
    if (Object.hasOwn(policy.nodes, id)) return policy;
    const placed = layoutMissing()(policy);
    const added = { ...placed, entry: placed.entry ?? id, nodes: { ...placed.nodes, [id]: node } };
    const wished = at ?? (from === undefined ? behindAll(placed.layout) : besideExit(added, from));
    const laid = withPlace(added, id, roomFor(added, id, wished));
    return from === undefined ? laid : connect(from, id)(laid);
  };
}

/** Puts a node into an edge: what the exit led to, the new node's passing exit leads to now. What lies behind makes room. */
export function insertOnEdge({ id, node, at }: NewNode, edge: Exit): Command {
  return (policy) => {
    const source = policy.nodes[edge.node];
    const to =
      source === undefined ? null : (exitsOf(source).find((exit) => exit.id === edge.port)?.to ?? null);
    const through = throughExit(node);
    if (source === undefined || to === null || through === undefined || Object.hasOwn(policy.nodes, id))
      return policy;
    const placed = layoutMissing()(policy);
    const led = kindOf(node).withTarget(node, through.id, to);
    const added = {
      ...placed,
      nodes: {
        ...placed.nodes,
        [edge.node]: kindOf(source).withTarget(source, edge.port, id),
        [id]: led,
      },
    };
    const beside = besideExit(added, edge);
    const [wishedX, wishedY] = at ?? beside;
    // Where the source is hidden in a folded group, its place says nothing of what is drawn.
    const isDrawn = at === undefined || !isFolded(policy, edge.node);
    const laid = withPlace(added, id, [isDrawn ? Math.max(wishedX, beside[0]) : wishedX, wishedY]);
    const cleared = pushBehind(laid, id);
    return withPlace(cleared, id, roomFor(cleared, id, cleared.layout[id] ?? [0, 0]));
  };
}

function isFolded(policy: Policy, node: NodeId): boolean {
  const group = groupOf(policy, node);
  return group !== undefined && policy.groups?.[group]?.collapsed === true;
}

/** To the right of an exit, its header level with it. */
export function besideExit(policy: Parameters<Command>[0], from: Exit): Place {
  const [x, y] = placesOf(policy)[from.node] ?? [0, 0];
  const node = policy.nodes[from.node];
  const offset = node === undefined ? 0 : exitOffset(node, from.port);
  return [x + card.width + gap.x, y + offset - card.header / 2];
}

/** To the right of everything, level with the top. */
function behindAll(layout: Readonly<Record<NodeId, Place>>): Place {
  const places = Object.values(layout);
  if (places.length === 0) return [0, 0];
  const right = Math.max(...places.map(([x]) => x));
  return [right + card.width + gap.x, Math.min(...places.map(([, y]) => y))];
}
