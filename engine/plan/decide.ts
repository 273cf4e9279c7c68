import type { Signals } from '../signals/index.ts';
import type { Decision, Fixed, Plan, PlanNode, Step } from './plan.ts';
import { sequenceAnswers } from './sequence-answers.ts';

/** Picks an exit of a choosing node: its index, or `~index` when undetermined. */
export type Choose = (node: Extract<PlanNode, { kind: 'choose' }>) => number;

/**
 * Plan + signals → decision. Pure and total: the gateway, the preview, the request tester and the simulator call this
 * very function (the simulator through {@link walk}, with the exits it worked out a column at a time).
 */
export function decide(plan: Plan, signals: Signals): Decision {
  return walk(plan, (node) => node.choose(signals));
}

/** Walks a plan from its entry, asking `choose` at every choosing node. */
export function walk(plan: Plan, choose: Choose): Decision {
  const path: Step[] = [];
  let index = plan.entry;
  for (;;) {
    const node = nodeAt(plan, index);
    if (node.kind !== 'choose') {
      const answer = node.fixed ?? answerOf(plan, index, choose);
      for (let at = 0; at < answer.path.length; at += 1) path.push(answer.path[at] as Step);
      return { path, attempts: answer.attempts };
    }
    const choice = choose(node);
    path.push(stepTaken(node, choice));
    index = node.next[portIndex(choice)] as number;
  }
}

/** The exit an answer of {@link Choose} stands for. */
export function portIndex(choice: number): number {
  return choice < 0 ? ~choice : choice;
}

/** The part of a decision below a node; for fallbacks whose tries choose. */
function answerOf(plan: Plan, index: number, choose: Choose): Fixed {
  const node = nodeAt(plan, index);
  if (node.fixed !== null) return node.fixed;
  if (node.kind === 'choose') {
    const choice = choose(node);
    const below = answerOf(plan, node.next[portIndex(choice)] as number, choose);
    return { path: [stepTaken(node, choice), ...below.path], attempts: below.attempts };
  }
  if (node.kind !== 'sequence') throw new Error(`Node "${node.id}" has no answer of its own.`);
  return sequenceAnswers(
    node,
    node.steps,
    node.next.map((child) => answerOf(plan, child, choose)),
  );
}

function stepTaken(node: Extract<PlanNode, { kind: 'choose' }>, choice: number): Step {
  return (choice < 0 ? node.undeterminedSteps[~choice] : node.steps[choice]) as Step;
}

function nodeAt(plan: Plan, index: number): PlanNode {
  return plan.nodes[index] as PlanNode;
}
