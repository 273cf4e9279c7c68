import { kindOf, type NodeId } from '../../nodes/index.ts';
import type { Policy } from '../../policy/index.ts';
import { exitStates } from './exit-states.ts';
import { anything, gather, type States } from './state.ts';

/** What is certain of every request that reaches a node. */
export interface Reached {
  readonly states: States;
  /** Of some, the images were left out before. */
  readonly mayBeStripped: boolean;
}

/** What is certain at every node that the drawing leads to, and behind every exit (`node:port`). */
export interface Flow {
  readonly nodes: ReadonlyMap<NodeId, Reached>;
  readonly exits: ReadonlyMap<string, States>;
  /** Nodes that the drawing leads to, parents before children. */
  readonly order: readonly NodeId[];
}

/** Follows what is certain through a policy without errors, from its entry down. */
export function followFacts(policy: Policy): Flow {
  const order = inOrder(policy);
  const nodes = new Map<NodeId, Reached>();
  const exits = new Map<string, States>();
  if (policy.entry !== null) nodes.set(policy.entry, { states: anything, mayBeStripped: false });
  for (const id of order) {
    const node = policy.nodes[id];
    const reached = nodes.get(id);
    if (node === undefined || reached === undefined) continue;
    const behind = exitStates(node, reached.states);
    const strips = node.kind === 'transform' && node.images === 'strip';
    for (const { id: port, to } of kindOf(node).ports(node)) {
      if (to === null) continue;
      const states = behind.get(port) ?? [];
      exits.set(`${id}:${port}`, states);
      const before = nodes.get(to);
      nodes.set(to, {
        states: gather([...(before?.states ?? []), ...states]),
        mayBeStripped: strips || reached.mayBeStripped || before?.mayBeStripped === true,
      });
    }
  }
  return { nodes, exits, order };
}

/** Parents before children; the policy has no circles. */
function inOrder(policy: Policy): readonly NodeId[] {
  const placed = new Set<NodeId>();
  const backwards: NodeId[] = [];
  const place = (id: NodeId): void => {
    const node = policy.nodes[id];
    if (node === undefined || placed.has(id)) return;
    placed.add(id);
    for (const { to } of kindOf(node).ports(node)) if (to !== null) place(to);
    backwards.push(id);
  };
  if (policy.entry !== null) place(policy.entry);
  return backwards.reverse();
}
