import type { NeutralRequest } from '#engine/signals/index.ts';
import { estimateTextTokens } from '#engine/signals/index.ts';
import { seedOf } from './seeded-random.ts';

/** How long a vendor's prompt cache keeps a prefix, ms. */
const lifeMs = 300_000;
/** Vendors cache no prefix shorter than this, in tokens. */
const smallestPrefix = 1_024;
const mostEntries = 20_000;

export interface CacheUse {
  readonly readTokens: number;
  readonly writtenTokens: number;
}

/** A vendor's prompt cache in memory: which beginnings of conversations each model has seen within five minutes. */
export interface PromptCache {
  /** `inputTokens` is the whole prompt; `explicit` caches bill what they write, automatic ones do not. */
  use(model: string, request: NeutralRequest, inputTokens: number, explicit: boolean): CacheUse;
}

export function makePromptCache(clock: () => number): PromptCache {
  const expiries = new Map<string, number>();
  return {
    use: (model, request, inputTokens, explicit) => {
      const now = clock();
      const prefixes = prefixesOf(model, request);
      const seen = prefixes.findLast(({ key, tokens }) => tokens > 0 && (expiries.get(key) ?? 0) > now);
      for (const { key } of prefixes) {
        expiries.delete(key);
        expiries.set(key, now + lifeMs);
      }
      forgetOldest(expiries);
      // The latest message is never read from a cache: an answer to it has not been given.
      const cacheable = Math.min(inputTokens, prefixes.at(-1)?.tokens ?? 0);
      const readTokens = Math.min(cacheable, seen?.tokens ?? 0);
      return {
        readTokens: readTokens < smallestPrefix ? 0 : readTokens,
        writtenTokens: explicit && cacheable >= smallestPrefix ? cacheable - readTokens : 0,
      };
    },
  };
}

/** Every beginning of the conversation that leaves out at least its last message, shortest first. */
function prefixesOf(
  model: string,
  { tools, toolCharacters, messages }: NeutralRequest,
): { key: string; tokens: number }[] {
  let hash = seedOf(`${model}\n${tools.join(',')}`);
  let tokens = Math.ceil(toolCharacters / 4);
  return messages.slice(0, -1).map(({ role, text }) => {
    hash = seedOf(`${role}\n${text}`, hash);
    tokens += 4 + estimateTextTokens(text);
    return { key: `${model} ${hash} ${tokens}`, tokens };
  });
}

function forgetOldest(expiries: Map<string, number>): void {
  for (const key of expiries.keys()) {
    if (expiries.size <= mostEntries) return;
    expiries.delete(key);
  }
}
