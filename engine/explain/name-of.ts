import type { Policy } from '../policy/index.ts';

/** A node by the name people gave it: its label, else its target, else its id. */
export function nameOf(policy: Policy, id: string): string {
  const node = policy.nodes[id];
  if (node?.label !== undefined) return `“${node.label}”`;
  return node?.kind === 'model' ? node.target : `“${id}”`;
}
