import type { Candidate } from './candidate.ts';
import { type Demand, demandOf } from './demand.ts';
import { type Duel, holdDuels } from './duels.ts';
import { expectedCost, expectedLatency, hasRoom, warmTokensAt } from './figures.ts';
import { type LiveFigures, liveFiguresOf, type Setback } from './live-figures.ts';
import type { PoolFacts } from './pool-facts.ts';
import type { PreparedPool } from './prepared-pool.ts';
import { type Figures, writeKeys } from './score.ts';

/** The candidates of a pool for one request. The arrays are the ranker's own: whoever keeps them, copies them. */
export interface Ranking extends Figures {
  /** Indexes of the candidates worth trying, best first. Empty when none can take the request. */
  readonly order: readonly number[];
  /** By candidate, smaller is better; only those that can take the request have one. */
  readonly keys: Float64Array;
  readonly duels: readonly Duel[];
  /** How many could take the request if their provider could be called. */
  readonly away: number;
  readonly demand: Demand;
  readonly live: LiveFigures;
}

/**
 * Judges and orders the candidates. The same settings, candidates and facts give the same order, whatever came before.
 * Only the first `places` need be right.
 */
export function makeRanker(
  pool: PreparedPool,
  places: number = pool.candidates.length,
): (facts: PoolFacts) => Ranking {
  const { candidates } = pool;
  // Deployments of one model change places among themselves, wherever they stand.
  const needed = pool.deployments.length > 0 ? candidates.length : places;
  const liveOf = liveFiguresOf(pool);
  const costPico = new Float64Array(candidates.length);
  const latencyMs = new Float64Array(candidates.length);
  const keys = new Float64Array(candidates.length);
  return (facts) => {
    const demand = demandOf(pool, facts);
    const live = liveOf(facts);
    const fit: number[] = [];
    let closed = 0;
    let away = 0;
    for (let index = 0; index < candidates.length; index += 1) {
      const candidate = candidates[index] as Candidate;
      costPico[index] = expectedCost(candidate, warmTokensAt(candidate, demand), demand);
      latencyMs[index] = expectedLatency(
        live.firstTokenMs[index] as number,
        live.tokensPerSecond[index] as number,
        demand.outputTokens,
      );
      if (!canTake(pool, index, demand)) continue;
      if (live.missing[index] === 1) {
        away += 1;
        continue;
      }
      fit.push(index);
      if (live.setbacks[index] !== 'breaker_open') closed += 1;
    }
    writeKeys(keys, fit, { costPico, latencyMs }, candidates, pool.settings);
    // Calls to an open breaker are only worth trying where there is nothing else.
    const order = firstOf(fit, closed > 0 && closed < fit.length, keys, live, needed);
    const duels = holdDuels(pool, facts, { costPico, latencyMs, demand, live }, order);
    return { order, keys, costPico, latencyMs, duels, away, demand, live };
  };
}

/** Whether a candidate can take a request with these needs. */
function canTake(pool: PreparedPool, index: number, demand: Demand): boolean {
  return (
    pool.excluded[index] === null &&
    ((pool.abilities[index] as number) & demand.needs) === demand.needs &&
    hasRoom(pool.candidates[index] as Candidate, demand)
  );
}

/**
 * The first few by insertion: without a setback first, then by key, then by place in the list, which is the order they
 * come in.
 */
function firstOf(
  fit: readonly number[],
  onlyClosed: boolean,
  keys: Float64Array,
  { setbacks }: LiveFigures,
  needed: number,
): number[] {
  const order: number[] = [];
  for (let at = 0; at < fit.length; at += 1) {
    const index = fit[at] as number;
    const setback = setbacks[index] as Setback | null;
    if (onlyClosed && setback === 'breaker_open') continue;
    const key = keys[index] as number;
    let place = order.length;
    for (; place > 0; place -= 1) {
      const before = order[place - 1] as number;
      const isLater = (setbacks[before] === null) === (setback === null);
      if (isLater ? (keys[before] as number) <= key : setback !== null) break;
      if (place < needed) order[place] = before;
    }
    if (place < needed) order[place] = index;
  }
  return order;
}
