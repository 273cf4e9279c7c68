import { kindOf, type NodeId, type PolicyNode } from '#engine/nodes/index.ts';
import type { Group, Policy } from '#engine/policy/index.ts';
import { exitsOf, leadExits, withNodeIds } from '../commands/exits.ts';
import { dropMembers, withGroups } from '../commands/groups.ts';
import { layoutMissing, placesOf } from '../commands/layout.ts';
import { freeSlug } from '../commands/node-ids.ts';
import { askingUnder } from '../commands/own-classifiers.ts';
import { type Place, snapped } from '../commands/place.ts';
import { bringClassifiers, dropUnasked, withClassifiers } from './classifiers-in.ts';
import { type Taken, takenBy } from './piece.ts';
import type { SourceVersion } from './source-version.ts';

/** A group as it is to be, with what of it stands here already. */
interface Putting {
  readonly id: string;
  readonly group: Omit<Group, 'nodes' | 'subpolicy'>;
  /** The upper left corner of its nodes, where they are new here. */
  readonly at: Place;
}

/**
 * Puts a piece into a policy as the sub-policy of a group, in place of what the group holds now: nodes that are in both keep
 * their ids, places and ways out of the piece; what led to its entry leads to the entry there is now.
 */
export function putPiece(
  host: Policy,
  piece: Policy,
  source: SourceVersion,
  { id, group, at }: Putting,
): Policy {
  const entryThere = source.policy.entry ?? piece.entry;
  if (entryThere === null) return host;
  const policy = layoutMissing()(host);
  const taken = takenBy(policy, id);
  const here = idsHere(policy, piece, id, taken);
  const members = new Set(taken?.there.keys() ?? []);
  const kept = new Map(Object.entries(taken?.subpolicy.classifiers ?? {}));
  const { classifiers, names } = bringClassifiers(policy, piece, kept, members);
  const own = Object.entries(piece.nodes).map(([there, node]) => {
    const inner = askingUnder(
      withNodeIds(node, (to) => here.get(to) ?? null),
      names,
    );
    const now = here.get(there) ?? there;
    return [now, leadingOut(inner, policy.nodes[now], members)] as const;
  });
  const entry = piece.entry === null ? null : (here.get(piece.entry) ?? null);
  const nodes = own.map(([now]) => now);
  const lead = entering(members, new Set(nodes), entryHere(taken), entry);
  const others = Object.entries(policy.nodes).flatMap(([other, node]) =>
    members.has(other) ? [] : [[other, leadExits(node, lead)] as const],
  );
  const gone = new Set([...members].filter((one) => !nodes.includes(one)));
  const put: Policy = {
    ...withClassifiers(dropMembers(policy, gone), classifiers),
    entry: policy.entry === null ? entry : lead(policy.entry),
    nodes: Object.fromEntries([...others, ...own]),
    layout: layoutWith(policy, piece, here, members, at),
  };
  const subpolicy = {
    policy: source.policy.id,
    version: source.version,
    hash: source.hash,
    entry: entryThere,
    nodes: mapped(source.policy.nodes, here),
    ...(names.size === 0 ? {} : { classifiers: mapped(source.policy.classifiers ?? {}, names) }),
  };
  const grouped = withGroups(put, { ...put.groups, [id]: { ...group, nodes, subpolicy } });
  const brought = new Set(names.values());
  return dropUnasked(
    grouped,
    [...kept.values()].filter((name) => !brought.has(name)),
  );
}

function entryHere(taken: Taken | undefined): NodeId | undefined {
  return taken === undefined ? undefined : taken.subpolicy.nodes[taken.subpolicy.entry];
}

/** Ids of a piece's nodes here: those they have, else free ones that begin with the group's. */
function idsHere(
  policy: Policy,
  piece: Policy,
  group: string,
  taken: Taken | undefined,
): ReadonlyMap<NodeId, NodeId> {
  const known = new Map([...(taken?.there ?? [])].map(([now, there]) => [there, now]));
  const used = new Set<string>();
  const ids = new Map<NodeId, NodeId>();
  for (const there of Object.keys(piece.nodes)) {
    const isTaken = (slug: string): boolean => Object.hasOwn(policy.nodes, slug) || used.has(slug);
    const now = known.get(there) ?? freeSlug(`${group}-${there}`, isTaken);
    used.add(now);
    ids.set(there, now);
  }
  return ids;
}

/** What an exit of the node led to outside, it leads to still where it says nothing else. */
function leadingOut(
  node: PolicyNode,
  before: PolicyNode | undefined,
  members: ReadonlySet<NodeId>,
): PolicyNode {
  if (before === undefined || before.kind !== node.kind) return node;
  const outside = new Map(exitsOf(before).map(({ id, to }) => [id, to]));
  return exitsOf(node).reduce((led, { id, to }) => {
    const there = outside.get(id) ?? null;
    return to !== null || there === null || members.has(there)
      ? led
      : kindOf(node).withTarget(led, id, there);
  }, node);
}

/** Where what led into the piece leads now: to the new entry where it led to the old or to what is gone. */
function entering(
  members: ReadonlySet<NodeId>,
  now: ReadonlySet<NodeId>,
  before: NodeId | undefined,
  entry: NodeId | null,
) {
  return (to: NodeId): NodeId | null => (to === before || (members.has(to) && !now.has(to)) ? entry : to);
}

/** Nodes that were here stay; new ones lie to the entry, or to the corner, as they do in their own drawing. */
function layoutWith(
  policy: Policy,
  piece: Policy,
  here: ReadonlyMap<NodeId, NodeId>,
  members: ReadonlySet<NodeId>,
  at: Place,
): Policy['layout'] {
  const drawn = placesOf(piece);
  const anchor = [...here].find(([, now]) => members.has(now));
  const corner = cornerOf(Object.values(drawn));
  const [fromX, fromY] = anchor === undefined ? corner : (drawn[anchor[0]] ?? corner);
  const [toX, toY] = anchor === undefined ? at : (policy.layout[anchor[1]] ?? at);
  const kept = Object.entries(policy.layout).filter(([id]) => !members.has(id));
  const own = [...here].map(([there, now]): readonly [NodeId, [number, number]] => {
    const [x, y] = drawn[there] ?? corner;
    const place = members.has(now) ? policy.layout[now] : undefined;
    return [now, place ?? snapped([toX + x - fromX, toY + y - fromY])];
  });
  return Object.fromEntries([...kept, ...own]);
}

function cornerOf(places: readonly Place[]): Place {
  return [Math.min(...places.map(([x]) => x)), Math.min(...places.map(([, y]) => y))];
}

function mapped(record: object, names: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.keys(record).flatMap((there) => {
      const now = names.get(there);
      return now === undefined ? [] : [[there, now] as const];
    }),
  );
}
