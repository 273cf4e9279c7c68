import type { Candidate } from './candidate.ts';
import type { Demand } from './demand.ts';
import { drawPair } from './draw-pair.ts';
import { warmTokensAt } from './figures.ts';
import type { LiveFigures } from './live-figures.ts';
import type { PoolFacts } from './pool-facts.ts';
import type { PreparedPool } from './prepared-pool.ts';
import type { Figures } from './score.ts';

/** Two deployments of one model that were compared, and which of them comes first. */
export interface Duel {
  readonly winner: number;
  readonly loser: number;
  /** `warm`: the conversation's cache is there; `draw`: nothing told them apart. */
  readonly by: 'warm' | 'load' | 'draw';
}

interface Measured extends Figures {
  readonly demand: Demand;
  readonly live: LiveFigures;
}

const none: readonly never[] = Object.freeze([]);

/**
 * Power of two choices (Mitzenmacher, 1996): of the deployments of one model that are equally good but for their speed,
 * two are drawn and the less loaded comes first, so that load spreads and no herd runs to whoever was fastest a moment
 * ago. A conversation whose cache is warm at one of them stays there. Changes `order`.
 */
export function holdDuels(
  pool: PreparedPool,
  facts: PoolFacts,
  measured: Measured,
  order: number[],
): readonly Duel[] {
  if (pool.deployments.length === 0) return none;
  const duels: Duel[] = [];
  for (const group of pool.deployments) {
    const places = peerPlaces(group, pool, measured, order);
    if (places.length < 2) continue;
    const peers = places.map((place) => order[place] as number);
    const duel = duelAmong(peers, pool, facts, measured);
    duels.push(duel);
    const rest = peers.filter((peer) => peer !== duel.winner && peer !== duel.loser);
    for (const [at, peer] of [duel.winner, duel.loser, ...rest].entries()) order[places[at] as number] = peer;
  }
  return duels;
}

/** Where the best of a group and its equals stand in the order. */
function peerPlaces(
  group: readonly number[],
  { settings: { weights }, candidates }: PreparedPool,
  { costPico, live }: Measured,
  order: readonly number[],
): readonly number[] {
  const places: number[] = [];
  let first = -1;
  for (let place = 0; place < order.length; place += 1) {
    const index = order[place] as number;
    if (!group.includes(index)) continue;
    if (first < 0) first = index;
    const isPeer =
      (live.setbacks[index] === null) === (live.setbacks[first] === null) &&
      (weights.cost === 0 || Object.is(costPico[index], costPico[first])) &&
      (weights.quality === 0 || candidates[index]?.quality === candidates[first]?.quality);
    if (isPeer) places.push(place);
  }
  return places;
}

function duelAmong(
  peers: readonly number[],
  { settings, candidates }: PreparedPool,
  facts: PoolFacts,
  measured: Measured,
): Duel {
  const [a, b] = drawPair(settings.id, facts.draw ?? 0, peers.length);
  const [one, other] = [peers[a] as number, peers[b] as number];
  const warm = peers.find((peer) => warmTokensAt(candidates[peer] as Candidate, measured.demand) > 0);
  if (warm !== undefined) return { winner: warm, loser: one === warm ? other : one, by: 'warm' };
  const [left, right] = loadsOf(one, other, measured);
  if (left === right) return { winner: one, loser: other, by: 'draw' };
  return left < right ? { winner: one, loser: other, by: 'load' } : { winner: other, loser: one, by: 'load' };
}

/** Expected time until an answer comes, failures tried again; where a latency is unknown, failures alone. */
function loadsOf(one: number, other: number, { latencyMs, live }: Measured): readonly [number, number] {
  const isKnown = !Number.isNaN(latencyMs[one]) && !Number.isNaN(latencyMs[other]);
  const load = (index: number) =>
    (isKnown ? (latencyMs[index] as number) : 1) / (1 - Math.min(live.errorRate[index] as number, 0.99));
  return [load(one), load(other)];
}
