import type { Command } from '../commands/command.ts';
import { exitsOf, leadExits } from '../commands/exits.ts';
import { membersOf } from '../commands/groups.ts';
import { dropUnasked } from './classifiers-in.ts';
import { doorsOf } from './take-over.ts';

/** Leads past sub-policies what led into them: to where the first of their outputs that is connected leads. */
export function leadPast(groups: Iterable<string>): Command {
  return (policy) => [...groups].reduce((now, id) => leadPastOne(id)(now), policy);
}

function leadPastOne(id: string): Command {
  return (policy) => {
    const members = new Set(membersOf(policy).get(id) ?? []);
    const beyond = doorsOf(policy, id).outputs.flatMap((output) => {
      const node = policy.nodes[output];
      return node === undefined ? [] : exitsOf(node).flatMap(({ to }) => to ?? []);
    });
    const next = beyond.find((to) => !members.has(to) && Object.hasOwn(policy.nodes, to));
    if (next === undefined) return policy;
    const lead = (to: string): string => (members.has(to) ? next : to);
    const nodes = Object.entries(policy.nodes).map(
      ([own, node]) => [own, members.has(own) ? node : leadExits(node, lead)] as const,
    );
    return {
      ...policy,
      entry: policy.entry === null ? null : lead(policy.entry),
      nodes: Object.fromEntries(nodes),
    };
  };
}

/** Takes out the classifiers that sub-policies brought and nobody asks any more. */
export function dropBrought(names: readonly string[]): Command {
  return (policy) => dropUnasked(policy, names);
}
