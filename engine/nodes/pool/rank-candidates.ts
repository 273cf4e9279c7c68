import type { Candidate } from './candidate.ts';
import { drawPair } from './draw-pair.ts';
import { type Judged, judgeCandidate, makeDemand } from './judge-candidate.ts';
import type { PoolFacts } from './pool-facts.ts';
import type { PoolSettings, Weights } from './pool-settings.ts';
import { type Requirement, requirements } from './requirement.ts';

/** A pool with all that can be said before a request comes. */
export interface PreparedPool {
  readonly settings: PoolSettings;
  readonly candidates: readonly Candidate[];
  /** Images are left out before they get here. */
  readonly stripsImages: boolean;
  readonly must: Readonly<Record<Requirement, boolean>>;
  /** Indexes of candidates that are deployments of one model, where there are several. */
  readonly deployments: readonly (readonly number[])[];
}

export function preparePool(
  settings: PoolSettings,
  candidates: readonly Candidate[],
  stripsImages: boolean,
): PreparedPool {
  const must = Object.fromEntries(requirements.map((name) => [name, settings.require.includes(name)]));
  return Object.freeze({
    settings,
    candidates,
    stripsImages,
    must: must as Record<Requirement, boolean>,
    deployments: deploymentsAmong(candidates),
  });
}

function deploymentsAmong(candidates: readonly Candidate[]): readonly (readonly number[])[] {
  const byModel = new Map<string, number[]>();
  for (const [index, { model }] of candidates.entries())
    byModel.set(model, [...(byModel.get(model) ?? []), index]);
  return [...byModel.values()].filter((group) => group.length > 1);
}

/** All candidates of a pool for one request. Whoever is worth trying stands in `order`, best first. */
export interface Ranking {
  readonly judged: readonly Judged[];
  /** By index of candidate: smaller is better; see {@link keyOf}. */
  readonly keys: readonly number[];
  /** Indexes of candidates. Empty when none can take the request. */
  readonly order: readonly number[];
  /** Two deployments that the draw compared, and which of them won; for explanations. */
  readonly duels: readonly Duel[];
}

export interface Duel {
  readonly winner: number;
  readonly loser: number;
  /** `warm`: the conversation's cache is there; `draw`: nothing told them apart. */
  readonly by: 'warm' | 'load' | 'draw';
}

/** Judges and orders the candidates. Pure: the same settings, candidates and facts give the same order. */
export function rankCandidates(pool: PreparedPool, facts: PoolFacts): Ranking {
  const { settings, candidates, must, stripsImages } = pool;
  const demand = makeDemand(settings, must, facts, stripsImages);
  const judged: Judged[] = [];
  for (let index = 0; index < candidates.length; index += 1)
    judged.push(judgeCandidate(candidates[index] as Candidate, demand));
  const keys = keysOf(judged, settings);
  const order = worthTrying(judged);
  order.sort((left, right) => compare(judged, keys, left, right));
  const duels = pool.deployments.length === 0 ? none : holdDuels(pool, facts, judged, order);
  return { judged, keys, order, duels };
}

const none: readonly never[] = Object.freeze([]);

/** Those with an open breaker only where there is no other. */
function worthTrying(judged: readonly Judged[]): number[] {
  const order: number[] = [];
  const last: number[] = [];
  for (let index = 0; index < judged.length; index += 1) {
    const { out, setback } = judged[index] as Judged;
    if (out !== null) continue;
    (setback === 'breaker_open' ? last : order).push(index);
  }
  return order.length > 0 ? order : last;
}

/** Without a setback first, then by key, then by place in the list. */
function compare(judged: readonly Judged[], keys: readonly number[], left: number, right: number): number {
  const behind = Number(judged[left]?.setback !== null) - Number(judged[right]?.setback !== null);
  if (behind !== 0) return behind;
  const [a, b] = [keys[left] as number, keys[right] as number];
  return a < b ? -1 : a > b ? 1 : left - right;
}

/** Smaller is better. What is unknown comes last. */
function keysOf(judged: readonly Judged[], { objective, weights }: PoolSettings): readonly number[] {
  switch (objective) {
    case 'cost':
      return judged.map(({ costPico }) => costPico ?? Number.POSITIVE_INFINITY);
    case 'latency':
      return judged.map(({ latencyMs }) => latencyMs ?? Number.POSITIVE_INFINITY);
    case 'quality':
      return judged.map(({ quality }) => (quality === null ? Number.POSITIVE_INFINITY : -quality));
    case 'balanced': {
      const best = bestFigures(judged);
      return judged.map((one) => -balancedScore(one, best, weights));
    }
  }
}

interface Best {
  readonly costPico: number;
  readonly latencyMs: number;
  readonly quality: number;
}

/** The best figure of each sort among those that can take the request. */
function bestFigures(judged: readonly Judged[]): Best {
  let costPico = Number.POSITIVE_INFINITY;
  let latencyMs = Number.POSITIVE_INFINITY;
  let quality = 0;
  for (const one of judged) {
    if (one.out !== null) continue;
    costPico = Math.min(costPico, one.costPico ?? costPico);
    latencyMs = Math.min(latencyMs, one.latencyMs ?? latencyMs);
    quality = Math.max(quality, one.quality ?? quality);
  }
  return { costPico, latencyMs, quality };
}

/** 0–1: how near a candidate comes to the best cost, latency and quality, weighed. Unknown counts as 0. */
function balancedScore(one: Judged, best: Best, weights: Weights): number {
  const sum = weights.cost + weights.latency + weights.quality;
  return (
    (weights.cost * nearness(best.costPico, one.costPico) +
      weights.latency * nearness(best.latencyMs, one.latencyMs) +
      weights.quality * (one.quality === null || best.quality === 0 ? 0 : one.quality / best.quality)) /
    sum
  );
}

function nearness(best: number, figure: number | null): number {
  if (figure === null) return 0;
  return figure <= best ? 1 : best / figure;
}

/**
 * Power of two choices: of the deployments of one model that are equally good but for their speed, two are drawn and the
 * less loaded comes first, so that load spreads and no herd runs to whoever was fastest a moment ago. A conversation
 * whose cache is warm at one of them stays there.
 */
function holdDuels(
  pool: PreparedPool,
  facts: PoolFacts,
  judged: readonly Judged[],
  order: number[],
): readonly Duel[] {
  const duels: Duel[] = [];
  for (const group of pool.deployments) {
    const places = peerPlaces(group, pool.settings.weights, judged, order);
    if (places.length < 2) continue;
    const peers = places.map((place) => order[place] as number);
    const duel = duelOf(peers, pool.settings.id, facts, judged);
    duels.push(duel);
    const rest = peers.filter((peer) => peer !== duel.winner && peer !== duel.loser);
    for (const [at, peer] of [duel.winner, duel.loser, ...rest].entries()) order[places[at] as number] = peer;
  }
  return duels;
}

/** Where the best of a group and its equals stand in the order. */
function peerPlaces(
  group: readonly number[],
  weights: Weights,
  judged: readonly Judged[],
  order: readonly number[],
): readonly number[] {
  const places: number[] = [];
  let first: Judged | undefined;
  for (let place = 0; place < order.length; place += 1) {
    const index = order[place] as number;
    if (!group.includes(index)) continue;
    const one = judged[index] as Judged;
    first ??= one;
    const isEqual =
      (one.setback === null) === (first.setback === null) &&
      (weights.cost === 0 || one.costPico === first.costPico) &&
      (weights.quality === 0 || one.quality === first.quality);
    if (isEqual) places.push(place);
  }
  return places;
}

function duelOf(peers: readonly number[], id: string, facts: PoolFacts, judged: readonly Judged[]): Duel {
  const warm = peers.find((peer) => (judged[peer]?.warmTokens ?? 0) > 0);
  const [a, b] = drawPair(id, facts.draw ?? 0, peers.length);
  const [one, other] = [peers[a] as number, peers[b] as number];
  if (warm !== undefined) return { winner: warm, loser: one === warm ? other : one, by: 'warm' };
  const [left, right] = loadsOf(judged[one] as Judged, judged[other] as Judged);
  if (left === right) return { winner: one, loser: other, by: 'draw' };
  return left < right ? { winner: one, loser: other, by: 'load' } : { winner: other, loser: one, by: 'load' };
}

/** Expected time until an answer comes, failures tried again; without both latencies, failures alone. */
function loadsOf(one: Judged, other: Judged): readonly [number, number] {
  const known = one.latencyMs !== null && other.latencyMs !== null;
  const load = ({ latencyMs, errorRate }: Judged) =>
    (known && latencyMs !== null ? latencyMs : 1) / (1 - Math.min(errorRate, 0.99));
  return [load(one), load(other)];
}
