import { type Diagnostic, kindOf, type PolicyNode } from '../nodes/index.ts';
import { checkAnnotations } from './check-annotations.ts';
import { checkClassifiers } from './check-classifiers.ts';
import { checkTargets, type TargetView } from './check-targets.ts';
import { findCycles, reachableFrom } from './graph.ts';
import type { Policy } from './policy.ts';

/**
 * Everything that is wrong with a policy that could be read: the same list in editor, API, command line and gateway.
 * Without a view of the targets, models are not looked at.
 */
export function checkPolicy(policy: Policy, targets?: TargetView): readonly Diagnostic[] {
  const found = [
    ...checkEntry(policy),
    ...Object.entries(policy.nodes).flatMap(([id, node]) => checkNode(policy, id, node, targets)),
    ...checkClassifiers(policy, targets),
    ...checkCycles(policy),
    ...checkReach(policy),
    ...checkLayout(policy),
    ...checkAnnotations(policy),
  ];
  return found.filter((one) => one.code !== 'output_open' || !isSaidHarder(one, found));
}

/** An output that may stay open elsewhere may not here: said once, as the error it is. */
function isSaidHarder({ node, port }: Diagnostic, found: readonly Diagnostic[]): boolean {
  return found.some(
    (other) => other.code === 'port_unconnected' && other.node === node && other.port === port,
  );
}

/** Whether a list of diagnostics blocks publishing. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((one) => one.severity === 'error');
}

function checkEntry(policy: Policy): readonly Diagnostic[] {
  if (Object.keys(policy.nodes).length === 0) {
    return [{ code: 'policy_empty', severity: 'error', message: 'The policy has no nodes yet. Add one.' }];
  }
  if (policy.entry === null) {
    return [
      {
        code: 'entry_missing',
        severity: 'error',
        field: 'entry',
        message: 'No node is the entry. Choose where requests come in.',
      },
    ];
  }
  if (Object.hasOwn(policy.nodes, policy.entry)) return [];
  return [
    {
      code: 'entry_missing',
      severity: 'error',
      field: 'entry',
      message: `The entry "${policy.entry}" is not a node of this policy.`,
    },
  ];
}

function checkNode(
  policy: Policy,
  id: string,
  node: PolicyNode,
  targets: TargetView | undefined,
): readonly Diagnostic[] {
  const kind = kindOf(node);
  const around = { classifiers: policy.classifiers ?? {} };
  const own: Diagnostic[] = kind.check(node, around).map((finding) => ({ node: id, ...finding }));
  for (const port of kind.ports(node)) {
    if (port.to === null && port.open !== true && port.optional !== true) {
      own.push({
        code: 'port_unconnected',
        severity: 'error',
        node: id,
        port: port.id,
        message: `“${port.label}” leads nowhere. Connect it to a node.`,
      });
    } else if (port.to !== null && !Object.hasOwn(policy.nodes, port.to)) {
      own.push({
        code: 'node_missing',
        severity: 'error',
        node: id,
        port: port.id,
        message: `“${port.label}” leads to "${port.to}", which is not a node of this policy.`,
      });
    }
  }
  return targets === undefined ? own : [...own, ...checkTargets(id, node, targets)];
}

function checkCycles(policy: Policy): readonly Diagnostic[] {
  return findCycles(policy).map((cycle) => ({
    code: 'cycle',
    severity: 'error',
    node: cycle.at(-1) ?? '',
    message: `The way leads in a circle: ${[...cycle, cycle[0]].join(' → ')}. Lead one of these exits elsewhere.`,
  }));
}

function checkReach(policy: Policy): readonly Diagnostic[] {
  if (policy.entry === null || !Object.hasOwn(policy.nodes, policy.entry)) return [];
  const reached = reachableFrom(policy, policy.entry);
  return Object.keys(policy.nodes)
    .filter((id) => !reached.has(id))
    .map((node) => ({
      code: 'unreachable',
      severity: 'warning',
      node,
      message: 'No request can get here. Connect an exit to it, or delete it.',
    }));
}

function checkLayout(policy: Policy): readonly Diagnostic[] {
  return Object.keys(policy.layout)
    .filter((id) => !Object.hasOwn(policy.nodes, id))
    .map((id) => ({
      code: 'layout_stray',
      severity: 'warning',
      field: `layout.${id}`,
      message: `The layout places "${id}", which is not a node.`,
    }));
}
