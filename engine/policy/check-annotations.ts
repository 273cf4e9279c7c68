import { type Diagnostic, kindOf, type NodeId } from '../nodes/index.ts';
import type { Group } from './annotations.ts';
import type { Policy } from './policy.ts';

/**
 * What is wrong with the groups of a policy: warnings, since a group changes nothing about how requests are led. Only an
 * output of a sub-policy that leads nowhere is an error: who took it over has to say where it leads on to. Notes cannot be
 * wrong once they could be read.
 */
export function checkAnnotations(policy: Policy): readonly Diagnostic[] {
  return [...checkGroups(policy), ...Object.entries(policy.groups ?? {}).flatMap(checkSubpolicy(policy))];
}

/** Outputs are open on purpose in the policy they were drawn in, and forgotten in the one that took them over. */
function checkSubpolicy(policy: Policy) {
  return ([id, { name, nodes, subpolicy }]: readonly [string, Group]): readonly Diagnostic[] => {
    if (subpolicy === undefined) return [];
    const open = nodes.flatMap((node): readonly Diagnostic[] => {
      const config = Object.hasOwn(policy.nodes, node) ? policy.nodes[node] : undefined;
      const exits = config === undefined ? [] : kindOf(config).ports(config);
      return exits.flatMap((port) =>
        port.to === null && port.optional === true ? [openOutput(name, node, port.id)] : [],
      );
    });
    if (Object.hasOwn(subpolicy.nodes, subpolicy.entry)) return open;
    const message = `The sub-policy “${name}” names "${subpolicy.entry}" as its entry, which is none of the nodes it lists. Give the entry in "nodes", too.`;
    return [...open, warning('subpolicy_stray', `groups.${id}.subpolicy.entry`, message)];
  };
}

function openOutput(name: string, node: NodeId, port: string): Diagnostic {
  const message = `This output of the sub-policy “${name}” leads nowhere. Connect it to a node.`;
  return { code: 'port_unconnected', severity: 'error', node, port, message };
}

function checkGroups(policy: Policy): readonly Diagnostic[] {
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
