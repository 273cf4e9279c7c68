import type { Candidate } from './candidate.ts';
import type { PoolFacts } from './pool-facts.ts';
import type { PreparedPool } from './rank-candidates.ts';

/** Of each fact, whether this pool's order can hinge on it. */
export type HingesOn = Readonly<Record<keyof PoolFacts, boolean>>;

/** Which facts may change what a pool answers: of these, an unknown one leaves the answer undetermined. */
export function factsThatCount({
  settings,
  candidates,
  deployments,
  must,
  stripsImages,
}: PreparedPool): HingesOn {
  const some = (test: (candidate: Candidate) => boolean) => candidates.some(test);
  const { weights, floors, affinity } = settings;
  const duels = deployments.length > 0;
  const sizes = weights.cost > 0 || some(({ context }) => context !== null);
  const speeds = weights.latency > 0 || duels;
  const warmth = affinity && (weights.cost > 0 || duels);
  return {
    inputTokens: sizes || warmth,
    maxOutputTokens: sizes || speeds,
    tools: !must.tools && some(({ tools }) => !tools),
    images: !must.vision && !stripsImages && some(({ vision }) => !vision),
    audio: !must.audio && some(({ audio }) => !audio),
    files: !must.files && some(({ files }) => !files),
    jsonSchema: !must.json_schema && some(({ jsonSchema }) => jsonSchema === false),
    providers: true,
    open: true,
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
