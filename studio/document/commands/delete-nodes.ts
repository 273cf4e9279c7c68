import type { NodeId, PolicyNode } from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import type { Command } from './command.ts';
import { leadExits, throughExit } from './exits.ts';
import { dropMembers } from './groups.ts';

export interface Deletion {
  /** Whether what led to a deleted node then leads to what was behind it (a → b → c becomes a → c). Yes unless said. */
  readonly heal?: boolean;
}

/** Deletes nodes. Exits that led to them are healed along the passing exit, or left open where nothing lies behind. */
export function deleteNodes(ids: Iterable<NodeId>, { heal = true }: Deletion = {}): Command {
  return (policy) => {
    const gone = new Set([...ids].filter((id) => Object.hasOwn(policy.nodes, id)));
    if (gone.size === 0) return policy;
    const lead = (to: NodeId): NodeId | null =>
      gone.has(to) ? (heal ? successorOf(policy, to, gone) : null) : to;
    const kept = Object.entries(policy.nodes).filter(([id]) => !gone.has(id));
    return {
      ...dropMembers(policy, gone),
      entry: policy.entry === null ? null : lead(policy.entry),
      nodes: Object.fromEntries(kept.map(([id, node]) => [id, leadExits(node, lead)])),
      layout: Object.fromEntries(Object.entries(policy.layout).filter(([id]) => !gone.has(id))),
    };
  };
}

/** The first node behind a deleted one that stays, along passing exits; `null` at a dead end or in a circle. */
function successorOf(policy: Policy, from: NodeId, gone: ReadonlySet<NodeId>): NodeId | null {
  const seen = new Set<NodeId>();
  let id: NodeId | null = from;
  while (id !== null && gone.has(id) && !seen.has(id)) {
    seen.add(id);
    const node: PolicyNode | undefined = policy.nodes[id];
    id = node === undefined ? null : (throughExit(node)?.to ?? null);
  }
  return id !== null && !gone.has(id) && Object.hasOwn(policy.nodes, id) ? id : null;
}
