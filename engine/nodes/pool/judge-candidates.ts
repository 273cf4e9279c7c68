import type { Candidate } from './candidate.ts';
import { type Need, needBits, needs } from './capability.ts';
import { hasRoom, warmTokensAt } from './figures.ts';
import type { Setback } from './live-figures.ts';
import type { PoolFacts } from './pool-facts.ts';
import type { PreparedPool } from './prepared-pool.ts';
import { makeRanker, type Ranking } from './rank-candidates.ts';
import type { Requirement } from './requirement.ts';

/** Why a candidate cannot take a request at all. */
export type Exclusion = Requirement | 'quality_floor' | 'provider_missing';

/** One candidate for one request, in words that can be shown. `null` is unknown. */
export interface Judged {
  readonly candidate: Candidate;
  readonly out: Exclusion | null;
  readonly setback: Setback | null;
  /** Expected cost of this request, pico-dollars. */
  readonly costPico: number | null;
  /** Of the input, tokens expected in the warm prompt cache. */
  readonly warmTokens: number;
  /** Expected time to the last token. */
  readonly latencyMs: number | null;
  readonly errorRate: number;
  /** Smaller is better; `null` for one that is out. */
  readonly key: number | null;
  /** From 1 on, in order of trying; `null` for one that is not worth trying. */
  readonly rank: number | null;
}

/** What choosing saw: all candidates of a pool for one request, with every figure. For explanations. */
export function judgeCandidates(
  pool: PreparedPool,
  facts: PoolFacts,
): { readonly judged: readonly Judged[]; readonly ranking: Ranking } {
  const ranking = makeRanker(pool)(facts);
  const judged = pool.candidates.map((candidate, index): Judged => {
    const out = exclusionOf(pool, index, ranking);
    const place = ranking.order.indexOf(index);
    return {
      candidate,
      out,
      setback: ranking.live.setbacks[index] ?? null,
      costPico: known(ranking.costPico[index]),
      warmTokens: warmTokensAt(candidate, ranking.demand),
      latencyMs: known(ranking.latencyMs[index]),
      errorRate: ranking.live.errorRate[index] ?? 0,
      key: out === null ? (ranking.keys[index] ?? null) : null,
      rank: place < 0 ? null : place + 1,
    };
  });
  return { judged, ranking };
}

function known(figure: number | undefined): number | null {
  return figure === undefined || Number.isNaN(figure) ? null : figure;
}

/** Whether a candidate can ever take requests that have at least these needs and so many tokens. */
export function canMeet(
  pool: PreparedPool,
  index: number,
  certain: readonly Need[],
  inputTokens: number,
): boolean {
  const bits = certain.reduce((all, need) => all | needBits[need], 0);
  const context = pool.candidates[index]?.context ?? null;
  return (
    pool.excluded[index] === null &&
    ((pool.abilities[index] ?? 0) & bits) === bits &&
    (context === null || inputTokens * (1 + pool.settings.contextMargin) <= context)
  );
}

/** The first reason, in the order in which they are told; `null` exactly for those that are ranked. */
function exclusionOf(pool: PreparedPool, index: number, { demand, live }: Ranking): Exclusion | null {
  const standing = pool.excluded[index] ?? null;
  if (standing !== null) return standing;
  if (!hasRoom(pool.candidates[index] as Candidate, demand)) return 'context';
  const lacking = demand.needs & ~(pool.abilities[index] as number);
  const need = needs.find((name) => (lacking & needBits[name]) !== 0);
  if (need !== undefined) return need;
  return live.missing[index] === 1 ? 'provider_missing' : null;
}
