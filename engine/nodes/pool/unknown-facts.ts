import { needBits } from './capability.ts';
import type { PoolFacts } from './pool-facts.ts';
import type { PreparedPool } from './prepared-pool.ts';

/** Of each fact, whether this pool's order can hinge on it. */
export type HingesOn = Readonly<Record<keyof PoolFacts, boolean>>;

/** Which facts may change what a pool answers: of these, an unknown one leaves the answer undetermined. */
export function factsThatCount(pool: PreparedPool): HingesOn {
  const { settings, deployments, stripsImages } = pool;
  const { weights, floors, affinity } = settings;
  // Whoever can take no request at all changes nothing.
  const able = pool.candidates.flatMap((candidate, index) =>
    pool.excluded[index] === null ? [{ candidate, abilities: pool.abilities[index] ?? 0 }] : [],
  );
  const someLack = (bit: number) => able.some(({ abilities }) => (abilities & bit) === 0);
  const duels = deployments.length > 0;
  const sizes = weights.cost > 0 || able.some(({ candidate }) => candidate.context !== null);
  const speeds = weights.latency > 0 || duels;
  const warmth = affinity && (weights.cost > 0 || duels);
  return {
    inputTokens: sizes || warmth,
    maxOutputTokens: sizes || speeds,
    tools: someLack(needBits.tools),
    images: !stripsImages && someLack(needBits.vision),
    audio: someLack(needBits.audio),
    files: someLack(needBits.files),
    jsonSchema: someLack(needBits.json_schema),
    providers: able.length > 0,
    open: able.length > 0,
    errorRate: floors.errorRate !== null || duels,
    firstTokenMs: floors.firstTokenMs !== null || speeds,
    tokensPerSecond: floors.tokensPerSecond !== null || speeds,
    sessionTarget: warmth,
    warmTokens: warmth,
    draw: duels,
  };
}

/** Whether something that counts is unknown. */
export function isUndetermined(hinges: HingesOn, facts: PoolFacts): boolean {
  return (
    (hinges.inputTokens && facts.inputTokens === null) ||
    (hinges.maxOutputTokens && facts.maxOutputTokens === null) ||
    (hinges.tools && facts.tools === null) ||
    (hinges.images && facts.images === null) ||
    (hinges.audio && facts.audio === null) ||
    (hinges.files && facts.files === null) ||
    (hinges.jsonSchema && facts.jsonSchema === null) ||
    (hinges.providers && facts.providers === null) ||
    (hinges.open && facts.open === null) ||
    (hinges.errorRate && facts.errorRate === null) ||
    (hinges.firstTokenMs && facts.firstTokenMs === null) ||
    (hinges.tokensPerSecond && facts.tokensPerSecond === null) ||
    (hinges.sessionTarget && facts.sessionTarget === null) ||
    // Where no target is warm, how warm it is does not matter.
    (hinges.warmTokens && facts.warmTokens === null && facts.sessionTarget !== '') ||
    (hinges.draw && facts.draw === null)
  );
}
