import type { NodeId } from '#engine/nodes/index.ts';
import { edgesOf, type Policy } from '#engine/policy/index.ts';
import { exitsOf } from './exits.ts';
import { membersOf } from './groups.ts';

/** An exit of a group's node that leads outside, or an output of a sub-policy that leads nowhere yet. */
export interface WayOut {
  /** `node:port`. */
  readonly id: string;
  readonly node: NodeId;
  readonly port: string;
  readonly to: NodeId | null;
}

/** Where requests come into a group and by what they leave it: the rows of its card when it is folded. */
export interface Gates {
  /** Nodes that are led to from outside; of a sub-policy its entry, too, before anything leads there. */
  readonly ins: readonly NodeId[];
  readonly outs: readonly WayOut[];
}

export function gatesOf(policy: Policy, group: string): Gates {
  const nodes = membersOf(policy).get(group) ?? [];
  const own = new Set(nodes);
  const led = new Set(edgesOf(policy).flatMap(({ from, to }) => (own.has(to) && !own.has(from) ? [to] : [])));
  const subpolicy = policy.groups?.[group]?.subpolicy;
  if (subpolicy !== undefined) led.add(subpolicy.nodes[subpolicy.entry] ?? '');
  const outs = nodes.flatMap((node) => {
    const config = policy.nodes[node];
    return config === undefined ? [] : exitsOf(config).flatMap((port) => wayOut(node, port));
  });
  const isOut = ({ to }: WayOut): boolean =>
    to === null ? subpolicy !== undefined : !own.has(to) && Object.hasOwn(policy.nodes, to);
  return { ins: nodes.filter((id) => led.has(id)), outs: outs.filter(isOut) };
}

function wayOut(
  node: NodeId,
  { id: port, to, optional }: ReturnType<typeof exitsOf>[number],
): readonly WayOut[] {
  return to === null && optional !== true ? [] : [{ id: `${node}:${port}`, node, port, to }];
}
