import type { NodeId, PolicyNode } from '#engine/nodes/index.ts';
import { edgesOf, type Group, type Policy, semanticHash } from '#engine/policy/index.ts';
import { withNodeIds } from '../commands/exits.ts';
import { groupNodes, withGroups } from '../commands/groups.ts';
import { layoutMissing, withPlace } from '../commands/layout.ts';
import { roomFor } from '../commands/make-room.ts';
import { freeSlug } from '../commands/node-ids.ts';
import { namesAsked } from '../commands/own-classifiers.ts';
import { card, gap, type Place, sizeOf } from '../commands/place.ts';
import { titleIn } from '../describe-node.ts';

/** What becomes of nodes that are made a policy of their own. */
export type Extracted =
  | {
      readonly kind: 'ok';
      /** The new policy; what led out of it are its outputs. */
      readonly guest: Policy;
      /** The policy they were in, with them as a folded sub-policy in the group `group`. */
      readonly host: Policy;
      readonly group: string;
    }
  | { readonly kind: 'refused'; readonly reason: string };

/** Makes nodes a policy of its own and a sub-policy where they are. Requests have to come in at one of them only. */
export function extractSubpolicy(
  given: Policy,
  chosen: Iterable<NodeId>,
  { id, name }: { readonly id: string; readonly name: string },
): Extracted {
  const policy = layoutMissing()(given);
  const inside = new Set([...chosen].filter((one) => Object.hasOwn(policy.nodes, one)));
  if (inside.size === 0)
    return { kind: 'refused', reason: 'Select the nodes that are to be a sub-policy first.' };
  const entries = entriesOf(policy, inside);
  const [entry, second] = entries;
  if (entry === undefined)
    return { kind: 'refused', reason: 'These nodes lead in a circle: no request could come in.' };
  if (second !== undefined) return { kind: 'refused', reason: tellEntries(policy, entries) };
  const { host, nodes } = withOutputs(policy, inside);
  const guest = guestOf(host, nodes, entry, { id, name });
  const group = freeSlug(id, (slug) => Object.hasOwn(host.groups ?? {}, slug), 'subpolicy');
  const grouped = groupNodes(group, name, nodes)(host);
  const plain = grouped.groups?.[group];
  if (plain === undefined)
    return { kind: 'refused', reason: 'A policy holds at most 100 groups of 500 nodes.' };
  const same = (record: object) => Object.fromEntries(Object.keys(record).map((one) => [one, one]));
  const sub: Group = {
    ...plain,
    collapsed: true,
    subpolicy: {
      policy: id,
      version: null,
      hash: semanticHash(guest),
      entry,
      nodes: same(guest.nodes),
      ...(guest.classifiers === undefined ? {} : { classifiers: same(guest.classifiers) }),
    },
  };
  return { kind: 'ok', guest, host: withGroups(grouped, { ...grouped.groups, [group]: sub }), group };
}

/** Where requests come into these nodes: the policy's entry, what others lead to; else what nothing among them leads to. */
function entriesOf(policy: Policy, inside: ReadonlySet<NodeId>): readonly NodeId[] {
  const edges = edgesOf(policy).filter(({ to }) => inside.has(to));
  const from = edges.filter(({ from: source }) => !inside.has(source)).map(({ to }) => to);
  const led = new Set([
    ...from,
    ...(policy.entry !== null && inside.has(policy.entry) ? [policy.entry] : []),
  ]);
  if (led.size > 0) return [...inside].filter((id) => led.has(id));
  const reached = new Set(edges.map(({ to }) => to));
  return [...inside].filter((id) => !reached.has(id));
}

function tellEntries(policy: Policy, entries: readonly NodeId[]): string {
  const names = entries.map((id) => `“${titleIn(policy, id)}”`);
  return `Requests come in at ${names.slice(0, -1).join(', ')} and ${names.at(-1)}. A sub-policy has one entrance: select what leads to them, too, or fewer nodes.`;
}

/** An output for everything that these nodes lead to outside, between them and it. */
function withOutputs(
  policy: Policy,
  inside: ReadonlySet<NodeId>,
): { readonly host: Policy; readonly nodes: readonly NodeId[] } {
  const beyond = [
    ...new Set(
      edgesOf(policy).flatMap(({ from, to }) =>
        inside.has(from) && isBeyond(policy, inside, to) ? [to] : [],
      ),
    ),
  ];
  const outputs = new Map<NodeId, NodeId>();
  const taken = (slug: string): boolean =>
    Object.hasOwn(policy.nodes, slug) || [...outputs.values()].includes(slug);
  for (const to of beyond) outputs.set(to, freeSlug(`to-${to}`, taken, 'output'));
  const lead = (to: NodeId): NodeId => outputs.get(to) ?? to;
  const led = Object.entries(policy.nodes).map(([id, node]) => [
    id,
    inside.has(id) ? withNodeIds(node, lead) : node,
  ]);
  const made = [...outputs].map(([to, id]): [NodeId, PolicyNode] => [
    id,
    { kind: 'output', label: `To ${titleIn(policy, to)}`.slice(0, 120), to },
  ]);
  const host = { ...policy, nodes: { ...Object.fromEntries(led), ...Object.fromEntries(made) } };
  const ids = [...outputs.values()];
  return {
    host: ids.reduce((now, id, index) => placed(now, inside, id, index), host),
    nodes: [...inside, ...ids],
  };
}

function isBeyond(policy: Policy, inside: ReadonlySet<NodeId>, to: NodeId): boolean {
  return !inside.has(to) && Object.hasOwn(policy.nodes, to);
}

/** Outputs stand behind everything else, one below the other. */
function placed(policy: Policy, inside: ReadonlySet<NodeId>, id: NodeId, index: number): Policy {
  const places = [...inside].map((one): Place => policy.layout[one] ?? [0, 0]);
  const x = Math.max(...places.map(([left]) => left)) + card.width + gap.x;
  const node = policy.nodes[id];
  const height = node === undefined ? 0 : sizeOf(node).height + gap.y;
  const y = Math.min(...places.map(([, top]) => top)) + index * height;
  return withPlace(policy, id, roomFor(withPlace(policy, id, [x, y]), id, [x, y]));
}

function guestOf(
  host: Policy,
  members: readonly NodeId[],
  entry: NodeId,
  { id, name }: { readonly id: string; readonly name: string },
): Policy {
  const inside = new Set(members);
  const nodes = members.flatMap((one): readonly (readonly [NodeId, PolicyNode])[] => {
    const node = host.nodes[one];
    return node === undefined ? [] : [[one, withNodeIds(node, (to) => (inside.has(to) ? to : null))]];
  });
  const asked = new Set(nodes.flatMap(([, node]) => [...namesAsked(node)]));
  const classifiers = Object.entries(host.classifiers ?? {}).filter(([own]) => asked.has(own));
  return {
    format: host.format,
    id,
    name,
    entry,
    nodes: Object.fromEntries(nodes),
    ...(classifiers.length === 0 ? {} : { classifiers: Object.fromEntries(classifiers) }),
    layout: Object.fromEntries(members.map((one) => [one, host.layout[one] ?? [0, 0]])),
  };
}
