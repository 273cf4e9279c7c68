import type { Usage } from '#engine/catalogue/index.ts';
import { countOf, isWireObject } from '../wire-value.ts';

/**
 * Usage by disjoint class. OpenAI's `prompt_tokens` include the cached ones and `completion_tokens` the reasoning, so both
 * are taken off. `null` when the provider states none.
 */
export function readUsage(wire: unknown): Usage | null {
  if (!isWireObject(wire)) return null;
  const prompt = countOf(wire.prompt_tokens);
  const completion = countOf(wire.completion_tokens);
  if (prompt === 0 && completion === 0) return null;
  const inputDetails = isWireObject(wire.prompt_tokens_details) ? wire.prompt_tokens_details : {};
  const outputDetails = isWireObject(wire.completion_tokens_details) ? wire.completion_tokens_details : {};
  // DeepSeek states its cache hits beside, not below, the prompt's tokens.
  const cached = countOf(inputDetails.cached_tokens) || countOf(wire.prompt_cache_hit_tokens);
  const cacheReadTokens = Math.min(prompt, cached);
  const cacheWrite5mTokens = Math.min(prompt - cacheReadTokens, countOf(inputDetails.cache_write_tokens));
  const reasoningTokens = Math.min(completion, countOf(outputDetails.reasoning_tokens));
  return {
    inputTokens: prompt - cacheReadTokens - cacheWrite5mTokens,
    cacheReadTokens,
    cacheWrite5mTokens,
    cacheWrite1hTokens: 0,
    outputTokens: completion - reasoningTokens,
    reasoningTokens,
  };
}
