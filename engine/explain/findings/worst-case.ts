import { costOf, noUsage, priceOf } from '../../catalogue/index.ts';
import type { ModelFacts, Plan, PlanNode } from '../../plan/index.ts';

/** The most that one request can come to. `null`: no bound, or a target without a price. */
export interface WorstCase {
  readonly attempts: number;
  readonly ms: number | null;
  /** Were every attempt billed, nano-dollars. */
  readonly costNanoUsd: number | null;
}

/** The request that costs are reckoned for, and what an attempt may take where nothing says. */
export interface Assumed {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly attemptMs: number | null;
  /** Which of a pool's candidates are reckoned with: the dearest give a bound, the cheapest what is sure to be possible. */
  readonly candidates: 'dearest' | 'cheapest';
}

export const everyday: Assumed = {
  inputTokens: 10_000,
  outputTokens: 2_000,
  attemptMs: 600_000,
  candidates: 'dearest',
};

/** A bound on attempts, time and cost of a request under a plan: of choices the worst, of tries all of them. */
export function worstCase(
  plan: Plan,
  models: ModelFacts | undefined,
  assumed: Assumed = everyday,
): WorstCase {
  const cases: WorstCase[] = [];
  for (const node of plan.nodes) cases.push(worstOf(node, cases, models, assumed));
  return cases[plan.entry] ?? nothing;
}

const nothing: WorstCase = Object.freeze({ attempts: 0, ms: 0, costNanoUsd: 0 });

/** Children stand before parents, so theirs are known. */
function worstOf(
  node: PlanNode,
  known: readonly WorstCase[],
  models: ModelFacts | undefined,
  assumed: Assumed,
): WorstCase {
  const below = 'next' in node ? node.next.map((index) => known[index] ?? nothing) : [];
  switch (node.kind) {
    case 'choose':
      return below.reduce(worse, nothing);
    case 'change':
      return below[0] ?? nothing;
    case 'refuse':
      return nothing;
    case 'sequence': {
      const all = below.reduce(add, nothing);
      const judged = node.sequence.accept?.judges.map(({ target }) => costAt(target, models, assumed)) ?? [];
      const costNanoUsd = judged.reduce(plus, all.costNanoUsd);
      return { ...all, costNanoUsd, ms: atMost(node.sequence.deadlineMs, all.ms) };
    }
    case 'attempt':
      return {
        attempts: 1,
        ms: node.deadlines.totalMs ?? assumed.attemptMs,
        costNanoUsd: costAt(node.target, models, assumed),
      };
    case 'pool': {
      const { settings, candidates } = node.pool;
      const attempts = Math.min(settings.attempts, candidates.length);
      const costs = candidates.map(({ target }) => costAt(target, models, assumed));
      const tried = inOrder(costs, assumed.candidates).slice(0, attempts);
      return {
        attempts,
        ms: atMost(settings.deadlineMs, assumed.attemptMs === null ? null : attempts * assumed.attemptMs),
        costNanoUsd: tried.reduce(plus, 0),
      };
    }
  }
}

/** An unpriced one has no bound, so it comes first among the dearest and last among the cheapest. */
function inOrder(costs: readonly (number | null)[], by: Assumed['candidates']): readonly (number | null)[] {
  const ascending = costs.toSorted((left, right) => (left ?? Number.MAX_VALUE) - (right ?? Number.MAX_VALUE));
  return by === 'cheapest' ? ascending : ascending.toReversed();
}

function worse(one: WorstCase, other: WorstCase): WorstCase {
  return {
    attempts: Math.max(one.attempts, other.attempts),
    ms: most(one.ms, other.ms),
    costNanoUsd: most(one.costNanoUsd, other.costNanoUsd),
  };
}

function add(one: WorstCase, other: WorstCase): WorstCase {
  return {
    attempts: one.attempts + other.attempts,
    ms: plus(one.ms, other.ms),
    costNanoUsd: plus(one.costNanoUsd, other.costNanoUsd),
  };
}

function plus(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}

function most(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : Math.max(one, other);
}

function atMost(deadline: number | null, ms: number | null): number | null {
  return deadline === null ? ms : Math.min(deadline, ms ?? deadline);
}

/** Nano-dollars of the assumed request at a target; `null` without a price. */
export function costAt(
  target: string,
  models: ModelFacts | undefined,
  { inputTokens, outputTokens }: Pick<Assumed, 'inputTokens' | 'outputTokens'>,
): number | null {
  if (models === undefined) return null;
  const cost = costOf({ ...noUsage, inputTokens, outputTokens }, priceOf(models.priceBook, target));
  return cost === 'unpriced' ? null : cost;
}
