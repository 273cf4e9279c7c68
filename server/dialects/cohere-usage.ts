import type { Usage } from '#engine/catalogue/index.ts';
import { countOf, isWireObject } from './wire-value.ts';

/**
 * Usage of Cohere's chat by disjoint class, as it is billed: `billed_units`, where `tokens` (which hold Cohere's own
 * words around the prompt as well) are only the context that was filled. `null` when there is none.
 */
export function readCohereUsage(wire: unknown): Usage | null {
  if (!isWireObject(wire)) return null;
  const billed = isWireObject(wire.billed_units) ? wire.billed_units : wire.tokens;
  if (!isWireObject(billed)) return null;
  const input = countOf(billed.input_tokens);
  const output = countOf(billed.output_tokens);
  if (input + output === 0) return null;
  const cacheReadTokens = Math.min(input, countOf(wire.cached_tokens));
  return {
    inputTokens: input - cacheReadTokens,
    cacheReadTokens,
    cacheWrite5mTokens: 0,
    cacheWrite1hTokens: 0,
    outputTokens: output,
    reasoningTokens: 0,
  };
}
