import type { Diagnostic } from '#engine/nodes/index.ts';
import type { Group, Policy } from '#engine/policy/index.ts';
import { type Command, deleteClassifier, ungroup } from '../document/index.ts';
import type { QuickFix } from './quick-fixes.ts';

/** What mends a problem of groups and of a policy's own classifiers: its place is a field of the document. */
export function annotationFixFor({ code, field }: Diagnostic): QuickFix | undefined {
  const [, id = '', , at] = field?.split('.') ?? [];
  switch (code) {
    case 'group_empty':
      return { label: 'Remove the group', command: ungroup([id]) };
    case 'group_stray':
    case 'group_overlap':
      return { label: 'Take it out', command: withoutMember(id, Number(at)) };
    case 'classifier_unused':
      return { label: 'Remove the classifier', command: deleteClassifier(id) };
    default:
      return undefined;
  }
}

function withoutMember(id: string, index: number): Command {
  return (policy: Policy): Policy => {
    const group: Group | undefined = policy.groups?.[id];
    if (group === undefined || group.nodes[index] === undefined) return policy;
    const nodes = group.nodes.toSpliced(index, 1);
    if (nodes.length === 0) return ungroup([id])(policy);
    return { ...policy, groups: { ...policy.groups, [id]: { ...group, nodes } } };
  };
}
