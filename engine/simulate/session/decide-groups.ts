import { type Plan, type PlanNode, portIndex } from '../../plan/index.ts';
import { decisionOf, type RoutedDecision } from '../route.ts';
import type { Grouping } from './grouping.ts';
import type { PlanPredicates } from './predicates.ts';

/** What a plan decides for every group: an index into `decisions`. */
export interface DecidedGroups {
  readonly codes: Int32Array;
  readonly decisions: readonly RoutedDecision[];
}

/**
 * Follows every group through the plan. Groups that take the same exits share a decision, which is walked once, by the
 * function that decides a live request.
 */
export function decideGroups(plan: Plan, predicates: PlanPredicates, grouping: Grouping): DecidedGroups {
  const { answers, count } = grouping;
  const nodes = plan.nodes.map((node) => {
    const own = predicates.ofNode.get(node);
    const answer = own === undefined ? undefined : answers.get(own.key);
    return own === undefined || answer === undefined ? null : { choices: own.choices, answer };
  });
  const codes = new Int32Array(count);
  const decisions: RoutedDecision[] = [];
  const known = new Map<string, number>();
  const seen: number[] = [];
  for (let group = 0; group < count; group += 1) {
    seen.length = 0;
    follow(plan, plan.entry, nodes, group, seen);
    const uncapped = seen.join();
    let decision = known.get(uncapped);
    if (decision === undefined) {
      decision = decisions.push(decisionOf(plan, takenOf(plan, seen))) - 1;
      known.set(uncapped, decision);
    }
    codes[group] = cutTo(decisions, decision, known, (cap) =>
      Boolean(answers.get(predicates.capKey(cap))?.[group]),
    );
  }
  return { codes, decisions };
}

type Answers = readonly ({
  readonly choices: readonly number[];
  readonly answer: ArrayLike<number>;
} | null)[];

/** Writes down node and choice of every choosing node on the way; all tries of a fallback are on it. */
function follow(plan: Plan, index: number, nodes: Answers, group: number, seen: number[]): void {
  const node = plan.nodes[index];
  if (node === undefined) return;
  if (node.kind === 'sequence') for (const next of node.next) follow(plan, next, nodes, group, seen);
  else if (node.kind === 'change') follow(plan, node.next[0] ?? -1, nodes, group, seen);
  else if (node.kind === 'choose' || node.kind === 'pool') {
    const own = nodes[index];
    const choice = own == null ? 0 : (own.choices[own.answer[group] ?? 0] ?? 0);
    seen.push(index, choice);
    if (node.kind === 'choose') follow(plan, node.next[portIndex(choice)] ?? -1, nodes, group, seen);
  }
}

function takenOf(plan: Plan, seen: readonly number[]): ReadonlyMap<PlanNode, number> {
  const taken = new Map<PlanNode, number>();
  for (let at = 0; at < seen.length; at += 2) {
    const node = plan.nodes[seen[at] ?? 0];
    if (node !== undefined) taken.set(node, seen[at + 1] ?? 0);
  }
  return taken;
}

/** The decision itself, or its twin with the cap that the answers of a group are cut to. */
function cutTo(
  decisions: RoutedDecision[],
  index: number,
  known: Map<string, number>,
  isLonger: (cap: number) => boolean,
): number {
  const decision = decisions[index];
  const first = decision?.decision.attempts[0];
  const cap = first?.kind === 'call' ? first.changes.parameters.max_output_tokens : undefined;
  if (decision === undefined || cap === undefined || !isLonger(cap)) return index;
  const key = `cut ${index}`;
  const twin = known.get(key) ?? decisions.push({ ...decision, cap }) - 1;
  known.set(key, twin);
  return twin;
}
