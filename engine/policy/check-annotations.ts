import type { Diagnostic, NodeId } from '../nodes/index.ts';
import type { Policy } from './policy.ts';

/**
 * What is wrong with the groups of a policy: warnings all, since none of it changes how requests are led. Notes cannot be
 * wrong once they could be read.
 */
export function checkAnnotations(policy: Policy): readonly Diagnostic[] {
  const holder = new Map<NodeId, string>();
  return Object.entries(policy.groups ?? {}).flatMap(([id, { name, nodes }]): readonly Diagnostic[] => {
    if (nodes.length === 0) return [warning('group_empty', `groups.${id}`, emptyText(name))];
    return nodes.flatMap((node, index) => {
      const field = `groups.${id}.nodes.${index}`;
      if (!Object.hasOwn(policy.nodes, node)) {
        const message = `The group “${name}” names "${node}", which is not a node of this policy. Take it out.`;
        return [warning('group_stray', field, message)];
      }
      const first = holder.get(node);
      if (first === undefined) {
        holder.set(node, name);
        return [];
      }
      const message =
        first === name
          ? `The group “${name}” names "${node}" twice. Once is enough.`
          : `"${node}" stands in the groups “${first}” and “${name}”; it is drawn in the first. Take it out of one.`;
      return [warning('group_overlap', field, message)];
    });
  });
}

function emptyText(name: string): string {
  return `The group “${name}” has no nodes, so nothing is drawn. Put some in, or remove it.`;
}

function warning(code: Diagnostic['code'], field: string, message: string): Diagnostic {
  return { code, severity: 'warning', field, message };
}
