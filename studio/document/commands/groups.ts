import type { NodeId } from '#engine/nodes/index.ts';
import { Group, groupLimits, type Policy } from '#engine/policy/index.ts';
import type { Command } from './command.ts';

/** Puts nodes into a new group; they leave the groups they were in, and what is left empty goes. */
export function groupNodes(id: string, name: string, nodes: Iterable<NodeId>): Command {
  return (policy) => {
    const members = [...new Set(nodes)].filter((one) => Object.hasOwn(policy.nodes, one));
    const read = Group.safeParse({ name, nodes: members });
    if (members.length === 0 || !read.success || Object.hasOwn(policy.groups ?? {}, id)) return policy;
    const others = withoutMembers(policy.groups ?? {}, (one) => members.includes(one));
    return Object.keys(others).length >= groupLimits.count
      ? policy
      : withGroups(policy, { ...others, [id]: read.data });
  };
}

/** Takes groups away; their nodes stay. */
export function ungroup(ids: Iterable<string>): Command {
  return (policy) => {
    const gone = new Set(ids);
    const kept = Object.entries(policy.groups ?? {}).filter(([id]) => !gone.has(id));
    return kept.length === Object.keys(policy.groups ?? {}).length
      ? policy
      : withGroups(policy, Object.fromEntries(kept));
  };
}

/** Gives a group another name, or folds it up and unfolds it. A change the schema refuses does nothing. */
export function changeGroup(id: string, change: Partial<Pick<Group, 'name' | 'collapsed'>>): Command {
  return (policy) => {
    const group = Object.hasOwn(policy.groups ?? {}, id) ? policy.groups?.[id] : undefined;
    if (group === undefined) return policy;
    const read = Group.safeParse({ ...group, ...change });
    if (!read.success || JSON.stringify(read.data) === JSON.stringify(group)) return policy;
    return withGroups(policy, { ...policy.groups, [id]: read.data });
  };
}

/** Puts nodes into a group that is there. */
export function addToGroup(id: string, nodes: Iterable<NodeId>): Command {
  return (policy) => {
    const group = Object.hasOwn(policy.groups ?? {}, id) ? policy.groups?.[id] : undefined;
    const wanted = [...nodes].filter((one) => Object.hasOwn(policy.nodes, one));
    if (group === undefined || wanted.every((one) => group.nodes.includes(one))) return policy;
    const others = withoutMembers(policy.groups ?? {}, (one) => wanted.includes(one), id);
    const read = Group.safeParse({ ...group, nodes: [...new Set([...group.nodes, ...wanted])] });
    return read.success ? withGroups(policy, { ...others, [id]: read.data }) : policy;
  };
}

/** Takes nodes out of the groups they are in; a group that is left empty goes. */
export function takeOutOfGroups(nodes: Iterable<NodeId>): Command {
  return (policy) => dropMembers(policy, new Set(nodes));
}

/** The policy without these nodes in any group: for nodes that are deleted, too. */
export function dropMembers(policy: Policy, gone: ReadonlySet<NodeId>): Policy {
  const groups = policy.groups ?? {};
  if (!Object.values(groups).some((group) => group.nodes.some((id) => gone.has(id)))) return policy;
  return withGroups(
    policy,
    withoutMembers(groups, (id) => gone.has(id)),
  );
}

function withoutMembers(
  groups: Readonly<Record<string, Group>>,
  leaves: (id: NodeId) => boolean,
  but?: string,
): Readonly<Record<string, Group>> {
  return Object.fromEntries(
    Object.entries(groups).flatMap(([id, group]) => {
      if (id === but || !group.nodes.some(leaves)) return [[id, group] as const];
      const nodes = group.nodes.filter((one) => !leaves(one));
      return nodes.length === 0 ? [] : [[id, { ...group, nodes }] as const];
    }),
  );
}

/** A group whose nodes have other ids; `undefined`: the node is not in it. */
export function withMemberIds(group: Group, other: (id: NodeId) => NodeId | undefined): Group {
  const nodes = group.nodes.flatMap((id) => other(id) ?? []);
  const { subpolicy, ...plain } = group;
  if (subpolicy === undefined) return { ...plain, nodes };
  const renamed = Object.entries(subpolicy.nodes).flatMap(([there, here]) => {
    const now = other(here);
    return now === undefined ? [] : [[there, now] as const];
  });
  return { ...plain, nodes, subpolicy: { ...subpolicy, nodes: Object.fromEntries(renamed) } };
}

/** The policy with these groups; without the setting where there are none. */
export function withGroups(policy: Policy, groups: Readonly<Record<string, Group>>): Policy {
  const { groups: _, ...rest } = policy;
  return Object.keys(groups).length === 0 ? rest : { ...rest, groups };
}

/** The nodes of every group as they are drawn: those that exist, each in the first group that names it. */
export function membersOf(policy: Policy): ReadonlyMap<string, readonly NodeId[]> {
  const known = cache.get(policy);
  if (known !== undefined) return known;
  const taken = new Set<NodeId>();
  const members = new Map<string, readonly NodeId[]>();
  for (const [id, { nodes }] of Object.entries(policy.groups ?? {})) {
    const own = nodes.filter((one) => Object.hasOwn(policy.nodes, one) && !taken.has(one));
    for (const one of own) taken.add(one);
    members.set(id, [...new Set(own)]);
  }
  cache.set(policy, members);
  return members;
}
const cache = new WeakMap<Policy, ReadonlyMap<string, readonly NodeId[]>>();

/** The group a node is drawn in. */
export function groupOf(policy: Policy, node: NodeId): string | undefined {
  for (const [id, nodes] of membersOf(policy)) if (nodes.includes(node)) return id;
  return undefined;
}
