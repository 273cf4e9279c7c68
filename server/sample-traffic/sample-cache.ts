import type { CatalogueModel } from '#engine/catalogue/index.ts';
import { cacheLifeMs, smallestCachedPrefix } from './profile.ts';
import type { Turn } from './sessions.ts';

/** The input of a request by what it costs. They add up to the whole input. */
export interface CachedInput {
  readonly fresh: number;
  readonly read: number;
  readonly written: number;
}

/** The vendors' prompt caches: which conversation, and which shared beginning, each target has seen lately. */
export interface SampleCache {
  /** Splits the input of a request that a target answers now, and remembers it. */
  use(turn: Turn, target: string, caching: CatalogueModel['caching']): CachedInput;
}

export function makeSampleCache(): SampleCache {
  const seen = new Map<string, { readonly at: number; readonly tokens: number }>();
  const warm = (key: string, at: number) => {
    const entry = seen.get(key);
    return entry !== undefined && at - entry.at <= cacheLifeMs ? entry.tokens : 0;
  };
  return {
    use: (turn, target, caching) => {
      const { at, inputTokens } = turn;
      const isExplicit = caching === 'explicit';
      if ((isExplicit && !turn.workload.marksCache) || (!isExplicit && caching !== 'automatic')) {
        return { fresh: inputTokens, read: 0, written: 0 };
      }
      const conversation = `${target} ${turn.session}`;
      const beginning = `${target} ${turn.prefix}`;
      const known = Math.min(turn.prefixTokens, Math.max(warm(conversation, at), warm(beginning, at)));
      seen.set(conversation, { at, tokens: inputTokens });
      seen.set(beginning, { at, tokens: turn.sharedTokens });
      // OpenAI and Google count what they read in steps of 128 tokens.
      const read = known < smallestCachedPrefix ? 0 : isExplicit ? known : known - (known % 128);
      const written = isExplicit && turn.prefixTokens >= smallestCachedPrefix ? turn.prefixTokens - read : 0;
      return { fresh: inputTokens - read - written, read, written };
    },
  };
}
