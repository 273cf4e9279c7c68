import { kindOf } from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import { boundaryOf, type Exit, exitOfEdge, exitsOf, markIn } from '../document/index.ts';

/** A way on from something that is drawn. */
export interface WayOn {
  readonly exit: Exit;
  readonly label: string;
  readonly to: string | null;
}

/** The exits of a node; of a group what leads out of it, open outputs of a sub-policy among them. */
export function exitsAt(policy: Policy, id: string): readonly WayOn[] {
  const mark = markIn(policy, id);
  if (mark?.kind === 'group')
    return boundaryOf(policy, mark.id).outs.map(({ id: edge, text }) => {
      const exit = exitOfEdge(edge);
      return { exit, label: text, to: targetOf(policy, exit) };
    });
  const node = policy.nodes[id];
  return (node === undefined ? [] : exitsOf(node)).map(({ id: port, label, to }) => ({
    exit: { node: id, port },
    label,
    to,
  }));
}

/** Where an exit leads; `null`: nowhere yet. */
export function targetOf(policy: Policy, { node, port }: Exit): string | null {
  const from = policy.nodes[node];
  const exit =
    from === undefined
      ? undefined
      : kindOf(from)
          .ports(from)
          .find(({ id }) => id === port);
  return exit?.to ?? null;
}
