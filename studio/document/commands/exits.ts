import { kindOf, type NodeId, type PolicyNode, type Port } from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';

/** Exits of a node, in order. */
export function exitsOf(node: PolicyNode): readonly Port[] {
  return kindOf(node).ports(node);
}

/** The exit by which a request passes when the node has nothing special to say: else, otherwise, or the first. */
export function throughExit(node: PolicyNode): Port | undefined {
  const exits = exitsOf(node);
  return exits.find((exit) => exit.id === 'else' || exit.id === 'otherwise') ?? exits[0];
}

/** The first exit that leads nowhere yet. */
export function firstOpenExit(node: PolicyNode): Port | undefined {
  return exitsOf(node).find((exit) => exit.to === null);
}

/** Whether the node has a list of exits that grows (a fallback's tries). */
export function hasGrowingExits(node: PolicyNode): boolean {
  return exitsOf(node).some((exit) => exit.open === true);
}

/**
 * Leads every exit through `lead`: a node id, or `null`. In a growing list `null` and repetitions drop the exit, and the
 * last is changed first, since the exits behind a dropped one move up.
 */
export function leadExits(node: PolicyNode, lead: (to: NodeId) => NodeId | null): PolicyNode {
  const kind = kindOf(node);
  let led = node;
  for (const exit of exitsOf(node).toReversed()) {
    if (exit.to === null) continue;
    const to = lead(exit.to);
    if (to === exit.to) continue;
    const repeats = hasGrowingExits(led) && exitsOf(led).some((other) => other.to === to);
    led = kind.withTarget(led, exit.id, repeats ? null : to);
  }
  return led;
}

/** Every exit led to what its node is called elsewhere; `null` where it is not there. Unlike {@link leadExits} it keeps repetitions. */
export function withNodeIds(node: PolicyNode, nameOf: (to: NodeId) => NodeId | null): PolicyNode {
  const { withTarget } = kindOf(node);
  // The last first: in a growing list those behind a dropped exit move up.
  return exitsOf(node)
    .toReversed()
    .reduce((led, { id, to }) => (to === null ? led : withTarget(led, id, nameOf(to))), node);
}

/** The policy with one node changed; the same policy where the node is the same or missing. */
export function withNode(policy: Policy, id: NodeId, change: (node: PolicyNode) => PolicyNode): Policy {
  const node = Object.hasOwn(policy.nodes, id) ? policy.nodes[id] : undefined;
  if (node === undefined) return policy;
  const changed = change(node);
  return changed === node ? policy : { ...policy, nodes: { ...policy.nodes, [id]: changed } };
}
