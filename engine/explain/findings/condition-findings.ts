import type { Diagnostic, NodeId, PolicyNode } from '../../nodes/index.ts';
import type { Policy } from '../../policy/index.ts';
import { expressionOf } from './exit-states.ts';
import type { Flow } from './flow.ts';
import { anything, refine, type States } from './state.ts';

type Condition = Extract<PolicyNode, { kind: 'condition' }>;

/** Cases that nothing can ever satisfy or escape, and nodes behind exits that nobody can take. */
export function conditionFindings(policy: Policy, flow: Flow): readonly Diagnostic[] {
  return flow.order.flatMap((id): readonly Diagnostic[] => {
    const node = policy.nodes[id];
    const states = flow.nodes.get(id)?.states ?? [];
    if (node === undefined) return [];
    if (states.length === 0) return [nobodyComes(id)];
    return node.kind === 'condition' ? caseFindings(id, node, states) : deadExits(id, node, flow);
  });
}

function nobodyComes(node: NodeId): Diagnostic {
  return {
    code: 'branch_unreachable',
    severity: 'warning',
    node,
    message:
      'No request can get here: what leads here contradicts itself, or an earlier exit takes everything.',
    hint: 'Correct the conditions before it, or delete it.',
  };
}

/** Each case against what led to the node and what the cases before it left over. */
function caseFindings(node: NodeId, { cases }: Condition, states: States): readonly Diagnostic[] {
  const findings: Diagnostic[] = [];
  let left = states;
  for (const [index, { id, when }] of cases.entries()) {
    const expr = expressionOf(when);
    const place = { node, port: id, field: `cases.${index}.when`, severity: 'warning' } as const;
    const yes = refine(left, expr, 'true');
    if (yes.length === 0) {
      findings.push({ ...place, ...whyNever(expr, states, left) });
    } else if (refine(left, expr, 'false').length === 0) {
      findings.push({ ...place, ...always(index < cases.length - 1) });
    }
    left = refine(left, expr, 'not_true');
  }
  return findings;
}

function whyNever(
  expr: Parameters<typeof refine>[1],
  states: States,
  left: States,
): Pick<Diagnostic, 'code' | 'message' | 'hint'> {
  if (refine(anything, expr, 'true').length === 0) {
    return {
      code: 'condition_never',
      message: 'This can never be true, whatever the request.',
      hint: 'Correct the condition, or remove the case.',
    };
  }
  if (left.length === 0 || refine(states, expr, 'true').length > 0) {
    return {
      code: 'case_shadowed',
      message: 'The cases above take every request of which this is true, so it is never reached.',
      hint: 'Put it higher, narrow the cases above, or remove it.',
    };
  }
  return {
    code: 'condition_never',
    message: 'This can never be true of a request that gets here: what led here rules it out.',
    hint: 'Correct the condition, or remove the case.',
  };
}

function always(hasMore: boolean): Pick<Diagnostic, 'code' | 'message' | 'hint'> {
  return {
    code: 'condition_always',
    message: `This is true of every request that gets here and of which it can be told, so ${hasMore ? 'the cases below and ' : ''}“else” are hardly ever taken.`,
    hint: 'Correct the condition, or lead the node before straight on.',
  };
}

/** Exits of other choosing nodes that what led to the node rules out. */
function deadExits(id: NodeId, node: PolicyNode, flow: Flow): readonly Diagnostic[] {
  if (node.kind !== 'classifier' && node.kind !== 'split') return [];
  const ports = node.kind === 'classifier' ? Object.keys(node.ports) : node.arms.map((arm) => arm.id);
  return ports
    .filter((port) => flow.exits.get(`${id}:${port}`)?.length === 0)
    .map((port) => ({
      code: 'exit_never',
      severity: 'warning',
      node: id,
      port,
      message:
        node.kind === 'split'
          ? 'No request can take this arm: all splits by draw look at the same number, and one before has decided.'
          : 'No request can leave this way: what led here rules this label out.',
      hint:
        node.kind === 'split'
          ? 'Keep callers together by a signal, such as session.id.'
          : 'Remove the label.',
    }));
}
