import { kindOf, type NodeId, type PolicyNode } from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import type { Command } from './command.ts';
import { withNode } from './exits.ts';

/** Changes settings of a node. A change the schema refuses does nothing, so a document can always be saved. */
export function changeNode(id: NodeId, change: (node: PolicyNode) => PolicyNode): Command {
  return (policy) =>
    withNode(policy, id, (node) => {
      const changed = withoutUndefined(change(node));
      if (JSON.stringify(changed) === JSON.stringify(node)) return node;
      const read = kindOf(node).config.safeParse(changed);
      return read.success && read.data.kind === node.kind ? withoutUndefined(read.data) : node;
    });
}

/** Gives a node another name; an empty one takes the name away. The id stays. */
export function renameNode(id: NodeId, label: string): Command {
  return changeNode(id, (node) => ({ ...node, label: label.trim() === '' ? undefined : label }));
}

/** Makes a node the place where requests come in. */
export function setEntry(id: NodeId): Command {
  return (policy) =>
    policy.entry === id || !Object.hasOwn(policy.nodes, id) ? policy : { ...policy, entry: id };
}

/** Changes name and description of the policy; an empty name changes nothing, an empty description takes it away. */
export function describePolicy({
  name,
  description,
}: {
  readonly name?: string;
  readonly description?: string;
}): Command {
  return (policy) => {
    const { description: old, ...rest } = policy;
    const title = (name ?? policy.name).slice(0, 120);
    const text = (description ?? old ?? '').slice(0, 4_000);
    if (title.trim() === '' || (title === policy.name && text === (old ?? ''))) return policy;
    return { ...rest, name: title, ...(text === '' ? {} : { description: text }) };
  };
}

/** Puts another document in the place of this one. The id stays: it names the policy to the server. */
export function replacePolicy(next: Policy): Command {
  return (policy) => {
    const replaced = { ...next, id: policy.id };
    return JSON.stringify(replaced) === JSON.stringify(policy) ? policy : replaced;
  };
}

/** Settings that are `undefined` are left out, at every depth, so that equal documents are equal objects. */
function withoutUndefined<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutUndefined) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutUndefined(item)])) as T;
}
