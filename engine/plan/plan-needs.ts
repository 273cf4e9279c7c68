import { checkExpression, type Expr, visit } from '../expression/index.ts';
import { classifiers as builtIn, type PolicyNode } from '../nodes/index.ts';
import { type Policy, reachableFrom } from '../policy/index.ts';
import { isSignalName } from '../signals/index.ts';
import type { PlanClassifier, PlanLimit } from './plan.ts';

/** The limits that a request can reach, in the order of the document. */
export function limitsIn(policy: Policy): readonly PlanLimit[] {
  return reached(policy).flatMap(([node, limit]) => {
    if (limit.kind !== 'limit') return [];
    const { per, amount, unit, window } = limit;
    return [{ node, per: per !== null && isSignalName(per) ? per : null, amount, unit, window }];
  });
}

/** The own classifiers that a node names or a condition reads; all of them, where a condition computes the name. */
export function classifiersIn(policy: Policy): readonly PlanClassifier[] {
  const own = policy.classifiers ?? {};
  const asked = new Set(reached(policy).flatMap(([, node]) => askedBy(node, Object.keys(own))));
  return Object.entries(own).flatMap(([id, classifier]) => (asked.has(id) ? [{ id, classifier }] : []));
}

function reached(policy: Policy): readonly (readonly [string, PolicyNode])[] {
  const ids = reachableFrom(policy, policy.entry);
  return Object.entries(policy.nodes).filter(([id]) => ids.has(id));
}

function askedBy(node: PolicyNode, all: readonly string[]): readonly string[] {
  if (node.kind === 'classifier') return builtIn.has(node.classifier) ? [] : [node.classifier];
  if (node.kind !== 'condition') return [];
  return node.cases.flatMap(({ when }) => {
    const checked = checkExpression(when);
    return checked.kind === 'ok' ? readBy(checked.expr, all) : [];
  });
}

function readBy(expr: Expr, all: readonly string[]): readonly string[] {
  const named: string[] = [];
  let whole = 0;
  visit(expr, (part) => {
    if (part.op === 'signal' && part.name.startsWith('classifiers.')) whole += 1;
    const key = part.op === 'entry' ? literalText(part.key) : part.op === 'has' ? part.key : undefined;
    const map = part.op === 'entry' || part.op === 'has' ? part.map : undefined;
    if (key === undefined || map?.op !== 'signal' || !map.name.startsWith('classifiers.')) return;
    named.push(key);
    whole -= 1;
  });
  return whole > 0 ? all : named;
}

function literalText(expr: Expr): string | undefined {
  return expr.op === 'literal' && typeof expr.value === 'string' ? expr.value : undefined;
}
