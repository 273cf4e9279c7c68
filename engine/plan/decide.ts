import type { Signals } from '../signals/index.ts';
import { changeAnswer } from './change-answer.ts';
import type { ChoosingNode, Decision, Fixed, Plan, PlanNode, Step } from './plan.ts';
import { sequenceAnswers } from './sequence-answers.ts';

/** Answers what `choose` of a choosing node would: an exit or a pool's order, negative when undetermined. */
export type Choose = (node: ChoosingNode) => number;

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

/** The part of a decision below a node; for what is not known when the plan is made. */
function answerOf(plan: Plan, index: number, choose: Choose): Fixed {
  const node = nodeAt(plan, index);
  if (node.fixed !== null) return node.fixed;
  switch (node.kind) {
    case 'choose': {
      const choice = choose(node);
      const below = answerOf(plan, node.next[portIndex(choice)] as number, choose);
      return { path: [stepTaken(node, choice), ...below.path], attempts: below.attempts };
    }
    case 'pool':
      return node.answer(choose(node));
    case 'sequence':
      return sequenceAnswers(
        node.sequence,
        node.steps,
        node.next.map((child) => answerOf(plan, child, choose)),
      );
    case 'change':
      return changeAnswer(node.changes, node.step, answerOf(plan, node.next[0] as number, choose));
    default:
      throw new Error(`Node "${node.id}" has no answer of its own.`);
  }
}

function stepTaken(node: Extract<PlanNode, { kind: 'choose' }>, choice: number): Step {
  return (choice < 0 ? node.undeterminedSteps[~choice] : node.steps[choice]) as Step;
}

function nodeAt(plan: Plan, index: number): PlanNode {
  return plan.nodes[index] as PlanNode;
}
