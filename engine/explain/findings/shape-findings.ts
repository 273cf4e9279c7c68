import { type Diagnostic, kindOf, limitWindows, type NodeId, type PolicyNode } from '../../nodes/index.ts';
import type { Policy } from '../../policy/index.ts';
import { nameOf } from '../name-of.ts';
import type { Flow } from './flow.ts';

type Limit = Extract<PolicyNode, { kind: 'limit' }>;

/** Tries that call the same target again, choices without a difference, limits behind tighter ones. */
export function shapeFindings(policy: Policy, flow: Flow): readonly Diagnostic[] {
  const bounding = limitsBefore(policy, flow);
  return flow.order.flatMap((id): readonly Diagnostic[] => {
    const node = policy.nodes[id];
    switch (node?.kind) {
      case 'fallback':
        return repeatedTargets(policy, id, node.try, (index) => ({
          port: `${index + 1}`,
          field: `try.${index}`,
        }));
      case 'cascade':
        return repeatedTargets(policy, id, [node.first, node.then], () => ({ port: 'then', field: 'then' }));
      case 'limit':
        return [...alike(id, node), ...neverReached(policy, id, node, bounding.get(id) ?? [])];
      case 'condition':
      case 'split':
      case 'classifier':
        return alike(id, node);
      default:
        return [];
    }
  });
}

/** A try that is sure to call a target which an earlier one called. The same node twice is told elsewhere. */
function repeatedTargets(
  policy: Policy,
  node: NodeId,
  tries: readonly (NodeId | null)[],
  place: (index: number) => Pick<Diagnostic, 'port' | 'field'>,
): readonly Diagnostic[] {
  return tries.flatMap((to, index): readonly Diagnostic[] => {
    const earlier = tries.slice(0, index);
    if (to === null || (earlier.includes(to) && policy.nodes[node]?.kind === 'fallback')) return [];
    const [first, ...others] = certainTargets(policy, to);
    const again = earlier.find(
      (one) => one !== null && first !== undefined && certainTargets(policy, one).includes(first),
    );
    if (first === undefined || others.length > 0 || again == null) return [];
    return [
      {
        code: 'fallback_to_itself',
        severity: 'warning',
        node,
        ...place(index),
        message: `${nameOf(policy, to)} calls ${first}, which was asked before, so this is no way out.`,
        hint: 'Choose another model here.',
      },
    ];
  });
}

/** Targets that a part of a policy is sure to be able to call: nothing chooses on the way. */
function certainTargets(policy: Policy, id: NodeId): readonly string[] {
  const node = policy.nodes[id];
  switch (node?.kind) {
    case 'model':
      return [node.target];
    case 'transform':
      return node.to === null ? [] : certainTargets(policy, node.to);
    case 'fallback':
      return node.try.flatMap((to) => certainTargets(policy, to));
    case 'cascade':
      return [node.first, node.then].flatMap((to) => (to === null ? [] : certainTargets(policy, to)));
    case 'pool':
      return node.candidates.length === 1 && node.candidates[0]?.includes('*') === false
        ? node.candidates
        : [];
    default:
      return [];
  }
}

function alike(node: NodeId, of: PolicyNode): readonly Diagnostic[] {
  const exits = kindOf(of).ports(of);
  const [first] = exits;
  if (exits.length < 2 || first === undefined || first.to === null) return [];
  if (exits.some(({ to }) => to !== first.to)) return [];
  return [
    {
      code: 'exits_alike',
      severity: 'warning',
      node,
      message: `Every exit leads to "${first.to}", so nothing is decided here.`,
      hint: 'Lead an exit elsewhere, or remove the node.',
    },
  ];
}

/** By limit: the limits through whose “within” every request comes that gets there. */
function limitsBefore(policy: Policy, flow: Flow): ReadonlyMap<NodeId, readonly NodeId[]> {
  const before = new Map<NodeId, readonly NodeId[]>();
  if (policy.entry !== null) before.set(policy.entry, []);
  for (const id of flow.order) {
    const node = policy.nodes[id];
    if (node === undefined) continue;
    const own = before.get(id) ?? [];
    for (const { id: port, to } of kindOf(node).ports(node)) {
      if (to === null) continue;
      const passed = node.kind === 'limit' && port === 'within' ? [...own, id] : own;
      const known = before.get(to);
      before.set(to, known === undefined ? passed : known.filter((one) => passed.includes(one)));
    }
  }
  return before;
}

/** What goes through here is part of what goes through a limit before it that is no looser. */
function neverReached(
  policy: Policy,
  node: NodeId,
  inner: Limit,
  before: readonly NodeId[],
): readonly Diagnostic[] {
  const outer = before.find((id) => {
    const one = policy.nodes[id];
    return one?.kind === 'limit' && holdsBack(one, inner);
  });
  if (outer === undefined) return [];
  return [
    {
      code: 'limit_unreachable',
      severity: 'warning',
      node,
      port: 'over',
      field: 'amount',
      message: `This limit is never reached: ${nameOf(policy, outer)} before it lets no more through.`,
      hint: 'Make this one tighter, or remove it.',
    },
  ];
}

function holdsBack(outer: Limit, inner: Limit): boolean {
  return (
    outer.unit === inner.unit &&
    outer.amount <= inner.amount &&
    limitWindows.indexOf(outer.window) >= limitWindows.indexOf(inner.window) &&
    (outer.per === null || outer.per === inner.per)
  );
}
