import type { Duel, Exclusion, Judged, PreparedPool, Setback } from '../nodes/index.ts';
import { pointsOf } from './pool-points.ts';
import { showMs, showNanoUsd } from './show-figures.ts';

/** What a candidate that is out cannot do. */
export const exclusionWords: Readonly<Record<Exclusion, string>> = {
  context: 'has no room for this context',
  tools: 'cannot call tools',
  vision: 'takes no images',
  audio: 'takes no sound',
  files: 'takes no files',
  json_schema: 'holds to no JSON schema',
  reasoning: 'does not reason',
  region: 'is not in the region',
  retention: 'is not known to retain nothing',
  quality_floor: 'is below the floor of quality',
  provider_missing: 'is at a provider that cannot be called here',
};

/** The same as what is lacking, for counting. */
export const lackWords: Readonly<Record<Exclusion, string>> = {
  context: 'no room for the context',
  tools: 'no tools',
  vision: 'no images',
  audio: 'no sound',
  files: 'no files',
  json_schema: 'no JSON schema',
  reasoning: 'no reasoning',
  region: 'not in the region',
  retention: 'may retain',
  quality_floor: 'below the floor of quality',
  provider_missing: 'provider not here',
};

/** Why a candidate stands behind. */
export const setbackWords: Readonly<Record<Setback, string>> = {
  breaker_open: 'its breaker is open',
  too_many_errors: 'it fails too often lately',
  first_token_late: 'its first token comes too late',
  too_slow: 'it writes too slowly',
};

interface Contest {
  readonly pool: PreparedPool;
  readonly duels: readonly Duel[];
  readonly best: Judged | undefined;
  readonly all: readonly Judged[];
}

/** Why a candidate won or lost, in a few words. */
export function whyOf(one: Judged, contest: Contest): string {
  const { best } = contest;
  if (one.out !== null) return exclusionWords[one.out];
  if (one.rank === 1) return bestWords(one, contest);
  if (best === undefined) return 'no candidate is worth trying';
  if (one.setback !== null && best.setback === null) return setbackWords[one.setback];
  return duelWords(one, contest) ?? behindWords(one, best, contest);
}

function bestWords(best: Judged, contest: Contest): string {
  const { objective } = contest.pool.settings;
  if (best.setback !== null) return `nobody is better off, though ${setbackWords[best.setback]}`;
  switch (objective) {
    case 'cost':
      return best.costPico === null ? 'no price is known of any' : `cheapest: ${costOf(best)}`;
    case 'latency':
      return best.latencyMs === null
        ? 'no speed is known of any'
        : `fastest: about ${showMs(best.latencyMs)}`;
    case 'quality':
      return best.candidate.quality === null
        ? 'no quality is known of any'
        : `best: ${best.candidate.quality} of 100`;
    case 'balanced':
      return `most points: ${pointsOf(best, contest.all, objective)} of 100`;
  }
}

function duelWords(one: Judged, { pool, duels }: Contest): string | undefined {
  const index = pool.candidates.indexOf(one.candidate);
  const duel = duels.find(({ loser }) => loser === index);
  const winner = duel === undefined ? undefined : pool.candidates[duel.winner]?.target;
  if (duel === undefined || winner === undefined) return undefined;
  const by = {
    warm: `the conversation is warm at ${winner}`,
    load: `${winner} is less loaded`,
    draw: `${winner} was drawn`,
  };
  return `the same model; ${by[duel.by]}`;
}

function behindWords(one: Judged, best: Judged, { pool, all }: Contest): string {
  const against = best.candidate.target;
  switch (pool.settings.objective) {
    case 'cost':
      if (one.costPico === null) return 'no price is known';
      return one.costPico === best.costPico
        ? `as cheap as ${against}, later in the list`
        : `dearer: ${costOf(one)}`;
    case 'latency':
      if (one.latencyMs === null) return 'no speed is known';
      return one.latencyMs === best.latencyMs
        ? `as fast as ${against}, later in the list`
        : `slower: about ${showMs(one.latencyMs)}`;
    case 'quality':
      if (one.candidate.quality === null) return 'no quality is known';
      return one.candidate.quality === best.candidate.quality
        ? `as good as ${against}, later in the list`
        : `less good: ${one.candidate.quality} of 100`;
    case 'balanced':
      return `fewer points: ${pointsOf(one, all, pool.settings.objective)} of 100`;
  }
}

function costOf({ costPico, warmTokens }: Judged): string {
  const cost = `about ${showNanoUsd((costPico ?? 0) / 1_000)}`;
  return warmTokens > 0 ? `${cost}, its cache being warm` : cost;
}
