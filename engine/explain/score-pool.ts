import {
  type Exclusion,
  type Judged,
  judgeCandidates,
  type Objective,
  type PreparedPool,
  readPoolFacts,
  type Setback,
  type Weights,
} from '../nodes/index.ts';
import type { Signals } from '../signals/index.ts';
import { describeAffinity, type PoolAffinity } from './pool-affinity.ts';
import { nanoOf, pointsOf } from './pool-points.ts';
import { whyOf } from './pool-words.ts';

/** One candidate of a pool for one request. `null` is unknown. */
export interface CandidateScore {
  readonly target: string;
  /** From 1 on, in order of trying, whether or not the pool tries so many; `null` for one that is not worth trying. */
  readonly rank: number | null;
  /** 0–100 of the best under the pool's objective; `null` where it is out or its figure is unknown. */
  readonly score: number | null;
  /** Expected cost of this very request, nano-dollars. */
  readonly costNanoUsd: number | null;
  /** Expected time to the last token. */
  readonly latencyMs: number | null;
  readonly quality: number | null;
  /** Share of its calls that failed lately, 0–1. */
  readonly errorRate: number;
  /** Of the input, tokens that should still be in this target's prompt cache. */
  readonly warmTokens: number;
  /** What it lacks, so that it cannot take the request at all; `null`: nothing. */
  readonly out: Exclusion | null;
  /** Why it is only taken where no other is left. */
  readonly setback: Setback | null;
  /** Why it stands where it stands, in a few words. */
  readonly why: string;
}

/** A pool's choice for one request, with all its figures: plain JSON. */
export interface PoolScore {
  readonly node: string;
  readonly objective: Objective;
  readonly weights: Weights;
  /** What the costs are reckoned with. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** How many are tried at most. */
  readonly attempts: number;
  /** Best first, then those that are out, in the order of the list. */
  readonly candidates: readonly CandidateScore[];
  /** Staying against moving, where the conversation has been somewhere before. */
  readonly affinity: PoolAffinity | null;
}

/** Every candidate's figures and why it won or lost: the arithmetic that choosing did, written down. */
export function scorePool(pool: PreparedPool, signals: Signals): PoolScore {
  const { settings } = pool;
  const facts = readPoolFacts(signals);
  const { judged, ranking } = judgeCandidates(pool, facts);
  const inOrder = judged.toSorted((left, right) => placeOf(left) - placeOf(right));
  const best = judged.find(({ rank }) => rank === 1);
  const contest = { pool, duels: ranking.duels, best, all: judged };
  return {
    node: settings.id,
    objective: settings.objective,
    weights: settings.weights,
    inputTokens: ranking.demand.inputTokens,
    outputTokens: ranking.demand.outputTokens,
    attempts: settings.attempts,
    candidates: inOrder.map((one) => ({
      target: one.candidate.target,
      rank: one.rank,
      score: pointsOf(one, judged, settings.objective),
      costNanoUsd: nanoOf(one.costPico),
      latencyMs: one.latencyMs === null ? null : Math.round(one.latencyMs),
      quality: one.candidate.quality,
      errorRate: one.errorRate,
      warmTokens: one.warmTokens,
      out: one.out,
      setback: one.setback,
      why: whyOf(one, contest),
    })),
    affinity: describeAffinity(pool, inOrder, facts),
  };
}

/** Ranked ones first, then those with an open breaker, then those that are out. */
function placeOf({ rank, out }: Judged): number {
  return rank ?? (out === null ? 1e6 : 2e6);
}
