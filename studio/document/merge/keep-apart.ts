import type { NodeId } from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import { leadExits } from '../commands/exits.ts';
import { withGroups, withMemberIds } from '../commands/groups.ts';
import { freeSlug } from '../commands/node-ids.ts';
import { isSame } from './merge-values.ts';

/**
 * Ids that mine and theirs both gave to a new node of their own, and what mine are called instead: two people who each
 * add a model get two nodes, not one with the settings of both.
 */
export function idsToKeepApart(base: Policy, mine: Policy, theirs: Policy): ReadonlyMap<NodeId, NodeId> {
  const given = new Map<NodeId, NodeId>();
  const taken = new Set([...Object.keys(mine.nodes), ...Object.keys(theirs.nodes)]);
  for (const id of Object.keys(mine.nodes)) {
    if (Object.hasOwn(base.nodes, id) || !Object.hasOwn(theirs.nodes, id)) continue;
    if (isSame(mine.nodes[id], theirs.nodes[id])) continue;
    const free = freeSlug(id.replace(/-\d+$/, '') || id, (slug) => taken.has(slug));
    given.set(id, free);
    taken.add(free);
  }
  return given;
}

/** The policy with nodes under other ids, and every exit that led to them. */
export function withOtherIds(policy: Policy, ids: ReadonlyMap<NodeId, NodeId>): Policy {
  if (ids.size === 0) return policy;
  const other = (id: NodeId): NodeId => ids.get(id) ?? id;
  const nodes = Object.entries(policy.nodes).map(([id, node]) => [other(id), leadExits(node, other)]);
  const layout = Object.entries(policy.layout).map(([id, place]) => [other(id), place]);
  const groups = Object.entries(policy.groups ?? {}).map(
    ([id, group]) => [id, withMemberIds(group, other)] as const,
  );
  return {
    ...withGroups(policy, Object.fromEntries(groups)),
    entry: policy.entry === null ? null : other(policy.entry),
    nodes: Object.fromEntries(nodes),
    layout: Object.fromEntries(layout),
  };
}
