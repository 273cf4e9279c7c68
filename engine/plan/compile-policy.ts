import { type CompiledNode, type Diagnostic, kindOf, type NodeId, type PolicyNode } from '../nodes/index.ts';
import { checkPolicy, hasErrors, type Policy, semanticHash, type TargetView } from '../policy/index.ts';
import { compileChooser } from './compile-chooser.ts';
import type { Fixed, Plan, PlanNode, Step } from './plan.ts';
import { sequenceAnswers } from './sequence-answers.ts';

export type Compiled =
  | { readonly kind: 'ok'; readonly plan: Plan; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'bad'; readonly diagnostics: readonly Diagnostic[] };

/** Policy → plan, or why not. Warnings come along with the plan. Never throws for a policy that could be read. */
export function compilePolicy(policy: Policy, targets?: TargetView): Compiled {
  const diagnostics = checkPolicy(policy, targets);
  if (hasErrors(diagnostics) || policy.entry === null) return { kind: 'bad', diagnostics };
  const nodes: PlanNode[] = [];
  const entry = place(policy, policy.entry, nodes, new Map());
  return {
    kind: 'ok',
    plan: Object.freeze({
      policy: policy.id,
      hash: semanticHash(policy),
      nodes: Object.freeze(nodes),
      entry,
    }),
    diagnostics,
  };
}

/** Places a node behind its children and answers its index; a shared node is placed once. */
function place(policy: Policy, id: NodeId, nodes: PlanNode[], placed: Map<NodeId, number>): number {
  const known = placed.get(id);
  if (known !== undefined) return known;
  const node = policy.nodes[id];
  if (node === undefined) throw new Error(`A checked policy leads to the missing node "${id}".`);
  const exits = kindOf(node)
    .ports(node)
    .flatMap((port) => (port.to === null ? [] : [{ port: port.id, to: port.to }]));
  const next = exits.map((exit) => place(policy, exit.to, nodes, placed));
  const index =
    nodes.push(
      Object.freeze(
        makeNode(
          id,
          node,
          exits.map((exit) => exit.port),
          next,
          nodes,
        ),
      ),
    ) - 1;
  placed.set(id, index);
  return index;
}

function makeNode(
  id: NodeId,
  node: PolicyNode,
  ports: readonly string[],
  next: readonly number[],
  nodes: readonly PlanNode[],
): PlanNode {
  const compiled: CompiledNode = kindOf(node).compile(node, id);
  switch (compiled.kind) {
    case 'choose':
      return {
        ...compiled,
        id,
        fixed: null,
        ports,
        next,
        choose: compileChooser(compiled.chooser),
        steps: ports.map((port) => makeStep(id, port, false)),
        undeterminedSteps: ports.map((port) => makeStep(id, port, true)),
      };
    case 'sequence': {
      const steps = ports.map((port) => makeStep(id, port, false));
      return { ...compiled, id, next, steps, fixed: fixedSequence(compiled, steps, next, nodes) };
    }
    case 'attempt': {
      const step = makeStep(id, null, false);
      const attempt = Object.freeze({
        ...compiled,
        kind: 'call',
        node: id,
        moves: Object.freeze({}),
        within: Object.freeze([]),
      } as const);
      return { ...compiled, id, step, fixed: makeFixed([step], [attempt]) };
    }
    case 'refuse': {
      const step = makeStep(id, null, false);
      const refusal = Object.freeze({
        node: id,
        code: compiled.code,
        status: compiled.status,
        message: compiled.message,
      });
      return {
        kind: 'refuse',
        id,
        step,
        refusal,
        fixed: makeFixed([step], [Object.freeze({ kind: 'refuse', node: id, refusal } as const)]),
      };
    }
  }
}

function fixedSequence(
  sequence: Extract<CompiledNode, { kind: 'sequence' }>,
  steps: readonly Step[],
  next: readonly number[],
  nodes: readonly PlanNode[],
): Fixed | null {
  const answers: Fixed[] = [];
  for (const index of next) {
    const fixed = nodes[index]?.fixed;
    if (fixed === null || fixed === undefined) return null;
    answers.push(fixed);
  }
  const { path, attempts } = sequenceAnswers(sequence, steps, answers);
  return makeFixed(path, attempts);
}

function makeFixed(path: Fixed['path'], attempts: Fixed['attempts']): Fixed {
  return Object.freeze({ path: Object.freeze(path), attempts: Object.freeze(attempts) });
}

function makeStep(node: NodeId, port: string | null, undetermined: boolean): Step {
  return Object.freeze({ node, port, undetermined });
}
