import { kindOf } from '#engine/nodes/index.ts';
import { type Exit, legalTargets, type PolicyDocument, titleOf } from '../document/index.ts';

/** Nodes an exit may lead to, for a select. Nodes of the same name carry their id. */
export function targetOptions(document: PolicyDocument, exit: Exit): { value: string; label: string }[] {
  const { policy } = document.store.getState();
  const targets = legalTargets(document, exit).flatMap((id) => {
    const node = policy.nodes[id];
    return node === undefined ? [] : [{ id, title: titleOf(node), kind: kindOf(node).form.title }];
  });
  return targets.map(({ id, title }) => {
    const isAlone = targets.filter((one) => one.title === title).length === 1;
    return { value: id, label: isAlone ? title : `${title} (${id})` };
  });
}
