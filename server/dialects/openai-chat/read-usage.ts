import type { Usage } from '#engine/catalogue/index.ts';
import { servedIn, splitCounts, toolCallsIn } from '../openai-usage.ts';
import { countOf, isWireObject, type WireObject } from '../wire-value.ts';

/**
 * Usage by disjoint class, of any server that speaks Chat Completions; see `splitCounts`. `null` when the provider states
 * none.
 *
 * @param answer What the usage stands in, which says how it was served.
 */
export function readUsage(wire: unknown, answer?: WireObject): Usage | null {
  if (!isWireObject(wire)) return null;
  const input = countOf(wire.prompt_tokens);
  const output = countOf(wire.completion_tokens);
  if (input === 0 && output === 0) return null;
  const details = isWireObject(wire.prompt_tokens_details) ? wire.prompt_tokens_details : {};
  // DeepSeek states its cache hits beside, not below, the prompt's tokens; so does Moonshot.
  const cached =
    countOf(details.cached_tokens) || countOf(wire.prompt_cache_hit_tokens) || countOf(wire.cached_tokens);
  return {
    ...splitCounts({
      input,
      output,
      total: countOf(wire.total_tokens),
      inputDetails: { ...details, cached_tokens: cached },
      outputDetails: wire.completion_tokens_details,
    }),
    ...toolCallsIn(wire),
    ...servedIn(answer),
  };
}
