import type { NodeId } from '#engine/nodes/index.ts';
import { type Group, type Policy, type Subpolicy, semanticHash } from '#engine/policy/index.ts';
import { withNodeIds } from '../commands/exits.ts';
import { membersOf } from '../commands/groups.ts';
import { placesOf } from '../commands/layout.ts';
import { freeSlug } from '../commands/node-ids.ts';
import { askingUnder, namesAsked } from '../commands/own-classifiers.ts';

/** A sub-policy of a policy: what its group says, and which of its nodes is which there. */
export interface Taken {
  readonly group: Group;
  readonly subpolicy: Subpolicy;
  /** Its nodes that are still here, and those that were added here: the id here → the id there. */
  readonly there: ReadonlyMap<NodeId, NodeId>;
}

/** The sub-policy a group is; `undefined` for any other group. */
export function takenBy(policy: Policy, id: string): Taken | undefined {
  const group = Object.hasOwn(policy.groups ?? {}, id) ? policy.groups?.[id] : undefined;
  if (group?.subpolicy === undefined) return undefined;
  const { subpolicy } = group;
  const original = new Map(Object.entries(subpolicy.nodes).map(([there, here]) => [here, there]));
  const used = new Set(Object.keys(subpolicy.nodes));
  const there = new Map<NodeId, NodeId>();
  for (const here of membersOf(policy).get(id) ?? []) {
    const name = original.get(here) ?? freeSlug(here, (slug) => used.has(slug));
    used.add(name);
    there.set(here, name);
  }
  return { group, subpolicy, there };
}

/**
 * A sub-policy as a document of its own, with the ids it has there: what leads out of it leads nowhere, and a node that was
 * added here has the id it has here, where that is free. `undefined` for a group that is no sub-policy.
 */
export function pieceOf(policy: Policy, id: string): Policy | undefined {
  const taken = takenBy(policy, id);
  if (taken === undefined) return undefined;
  const { group, subpolicy, there } = taken;
  const names = classifierNames(policy, subpolicy, [...there.keys()]);
  const lead = (to: NodeId): NodeId | null => there.get(to) ?? null;
  const places = placesOf(policy);
  const entry = subpolicy.nodes[subpolicy.entry];
  const nodes = [...there].flatMap(([here, name]) => {
    const node = policy.nodes[here];
    return node === undefined ? [] : [[name, askingUnder(withNodeIds(node, lead), names)] as const];
  });
  const classifiers = [...names].flatMap(([here, name]) => {
    const own = policy.classifiers?.[here];
    return own === undefined ? [] : [[name, own] as const];
  });
  return {
    format: policy.format,
    id: subpolicy.policy,
    name: group.name,
    entry: entry !== undefined && there.has(entry) ? subpolicy.entry : null,
    nodes: Object.fromEntries(nodes),
    ...(classifiers.length === 0 ? {} : { classifiers: Object.fromEntries(classifiers) }),
    layout: Object.fromEntries([...there].map(([here, name]) => [name, places[here] ?? [0, 0]])),
  };
}

/** Own classifiers of a sub-policy: those it brought, and those its nodes ask besides; the name here → the name there. */
function classifierNames(
  policy: Policy,
  { classifiers = {} }: Subpolicy,
  members: readonly NodeId[],
): ReadonlyMap<string, string> {
  const here = policy.classifiers ?? {};
  const names = new Map<string, string>();
  for (const [there, own] of Object.entries(classifiers)) if (Object.hasOwn(here, own)) names.set(own, there);
  const used = new Set(Object.keys(classifiers));
  for (const id of members) {
    const node = policy.nodes[id];
    for (const asked of node === undefined ? [] : namesAsked(node)) {
      if (names.has(asked) || !Object.hasOwn(here, asked)) continue;
      const name = freeSlug(asked, (slug) => used.has(slug));
      used.add(name);
      names.set(asked, name);
    }
  }
  return names;
}

export type SubpolicyState = 'unchanged' | 'changed' | 'not-a-subpolicy';

/** Whether what stands here still means what was taken over. Computed once a policy. */
export function stateOfSubpolicy(policy: Policy, id: string): SubpolicyState {
  const known = states.get(policy) ?? new Map<string, SubpolicyState>();
  states.set(policy, known);
  const state = known.get(id) ?? reckonState(policy, id);
  known.set(id, state);
  return state;
}
const states = new WeakMap<Policy, Map<string, SubpolicyState>>();

function reckonState(policy: Policy, id: string): SubpolicyState {
  const piece = pieceOf(policy, id);
  if (piece === undefined) return 'not-a-subpolicy';
  return semanticHash(piece) === policy.groups?.[id]?.subpolicy?.hash ? 'unchanged' : 'changed';
}
