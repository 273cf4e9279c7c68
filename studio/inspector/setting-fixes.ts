import type { Diagnostic, NodeId, PolicyNode } from '#engine/nodes/index.ts';
import { changeNode, deleteNodes } from '../document/index.ts';
import type { QuickFix } from './quick-fixes.ts';

/** What mends a problem by a change of the node's own settings; `undefined` where only the author can know. */
export function settingFixFor(
  { code, field, port }: Diagnostic,
  id: NodeId,
  node: PolicyNode,
): QuickFix | undefined {
  const index = Number(field?.split('.')[1]);
  switch (code) {
    case 'candidate_repeated':
    case 'candidate_unmatched':
      return fix(id, node, 'pool', 'Remove the candidate', (now) => ({
        ...now,
        candidates: now.candidates.toSpliced(index, 1),
      }));
    case 'weights_zero':
      return fix(id, node, 'pool', 'Weigh all alike', (now) => ({ ...now, weights: undefined }));
    case 'weights_unused':
      return fix(id, node, 'pool', 'Remove the weights', (now) => ({ ...now, weights: undefined }));
    case 'region_missing':
      return fix(id, node, 'pool', 'Require no region', (now) => ({
        ...now,
        require: now.require.filter((one) => one !== 'region'),
      }));
    case 'region_unused':
      return fix(id, node, 'pool', 'Require the region', (now) => ({
        ...now,
        require: [...now.require, 'region'],
      }));
    case 'accept_empty':
      return fix(id, node, 'cascade', 'Accept no refusal', (now) => ({
        ...now,
        accept: { no_refusal: true },
      }));
    case 'retention_path':
      return field !== 'require'
        ? undefined
        : fix(id, node, 'pool', 'Require zero retention', (now) => ({
            ...now,
            require: [...now.require, 'retention'],
          }));
    case 'condition_never':
    case 'case_shadowed':
      return field === undefined
        ? undefined
        : fix(id, node, 'condition', 'Remove the case', (now) => ({
            ...now,
            cases: now.cases.toSpliced(index, 1),
          }));
    case 'exit_never':
      return fix(id, node, 'classifier', 'Remove the label', (now) => ({
        ...now,
        ports: Object.fromEntries(Object.entries(now.ports).filter(([label]) => label !== port)),
      }));
    case 'fallback_to_itself':
      return field?.startsWith('try.') !== true
        ? undefined
        : fix(id, node, 'fallback', 'Remove the try', (now) => ({
            ...now,
            try: now.try.toSpliced(index, 1),
          }));
    case 'branch_unreachable':
      return { label: 'Delete', command: deleteNodes([id]) };
    case 'exits_alike':
    case 'limit_unreachable':
    case 'transform_idle':
      return { label: 'Remove the node', command: deleteNodes([id], { heal: true }) };
    case 'signal_unknown':
      return fix(id, node, 'limit', 'Count all together', (now) => ({ ...now, per: null }));
    default:
      return undefined;
  }
}

type OfKind<K extends PolicyNode['kind']> = Extract<PolicyNode, { kind: K }>;

function fix<K extends PolicyNode['kind']>(
  id: NodeId,
  node: PolicyNode,
  kind: K,
  label: string,
  change: (node: OfKind<K>) => PolicyNode,
): QuickFix | undefined {
  const isOfKind = (one: PolicyNode): one is OfKind<K> => one.kind === kind;
  if (!isOfKind(node)) return undefined;
  return { label, command: changeNode(id, (now) => (isOfKind(now) ? change(now) : now)) };
}
