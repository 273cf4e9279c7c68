import { kindOf, type NodeId } from '#engine/nodes/index.ts';
import { type Policy, wouldCycle } from '#engine/policy/index.ts';
import type { Command } from './command.ts';
import { exitsOf, withNode } from './exits.ts';

/** An exit of a node. */
export interface Exit {
  readonly node: NodeId;
  readonly port: string;
}

/** Why an exit may not lead to a node, as a sentence; `undefined` when it may. */
export function whyNotConnect(policy: Policy, from: Exit, to: NodeId): string | undefined {
  const node = policy.nodes[from.node];
  if (node === undefined || !Object.hasOwn(policy.nodes, to)) return 'There is no such node.';
  const exit = exitsOf(node).find((one) => one.id === from.port);
  if (exit === undefined) return 'There is no such exit.';
  if (from.node === to) return 'A node cannot lead to itself.';
  if (wouldCycle(policy, from.node, to)) return 'That would lead in a circle: requests would never arrive.';
  return undefined;
}

/** Leads an exit to a node. Nothing happens where that is not allowed: see {@link whyNotConnect}. */
export function connect(from: Exit, to: NodeId): Command {
  return (policy) => {
    if (whyNotConnect(policy, from, to) !== undefined) return policy;
    return lead(policy, from, to);
  };
}

/** Takes the edge off an exit. */
export function disconnect(from: Exit): Command {
  return (policy) => lead(policy, from, null);
}

function lead(policy: Policy, from: Exit, to: NodeId | null): Policy {
  return withNode(policy, from.node, (node) => {
    const exit = exitsOf(node).find((one) => one.id === from.port);
    return exit === undefined || exit.to === to ? node : kindOf(node).withTarget(node, from.port, to);
  });
}
