import type { Usage } from '#engine/catalogue/index.ts';
import { countOf, isWireObject } from '../wire-value.ts';

/**
 * Usage by disjoint class. `input_tokens` include what was read from and written to the cache, `output_tokens` the
 * reasoning, so these are taken off. `null` when the provider states none.
 */
export function readUsage(wire: unknown): Usage | null {
  if (!isWireObject(wire)) return null;
  const input = countOf(wire.input_tokens);
  const output = countOf(wire.output_tokens);
  if (input === 0 && output === 0) return null;
  const inputDetails = isWireObject(wire.input_tokens_details) ? wire.input_tokens_details : {};
  const outputDetails = isWireObject(wire.output_tokens_details) ? wire.output_tokens_details : {};
  const cacheReadTokens = Math.min(input, countOf(inputDetails.cached_tokens));
  const cacheWrite5mTokens = Math.min(input - cacheReadTokens, countOf(inputDetails.cache_write_tokens));
  const reasoningTokens = Math.min(output, countOf(outputDetails.reasoning_tokens));
  return {
    inputTokens: input - cacheReadTokens - cacheWrite5mTokens,
    cacheReadTokens,
    cacheWrite5mTokens,
    cacheWrite1hTokens: 0,
    outputTokens: output - reasoningTokens,
    reasoningTokens,
  };
}
