import type { Usage } from '#engine/catalogue/index.ts';
import { countOf, isWireObject } from '../../wire-value.ts';

/**
 * OpenAI's usage by disjoint class; `null` when it is none. `prompt_tokens` holds what was read from and written to the
 * cache, `completion_tokens` what was reasoned; servers that count reasoning beside it (xAI) are told by their total.
 * OpenAI has one sort of cache write, so it stands with the shorter-lived ones.
 */
export function readOpenAiUsage(wire: unknown): Usage | null {
  if (!isWireObject(wire) || typeof wire.prompt_tokens !== 'number') return null;
  const prompt = countOf(wire.prompt_tokens);
  const completion = countOf(wire.completion_tokens);
  const promptDetails = isWireObject(wire.prompt_tokens_details) ? wire.prompt_tokens_details : {};
  const outputDetails = isWireObject(wire.completion_tokens_details) ? wire.completion_tokens_details : {};
  // DeepSeek's older name stands outside the details.
  const cached = countOf(promptDetails.cached_tokens) || countOf(wire.prompt_cache_hit_tokens);
  const read = Math.min(cached, prompt);
  const written = Math.min(countOf(promptDetails.cache_write_tokens), prompt - read);
  const reasoned = countOf(outputDetails.reasoning_tokens);
  const beside = reasoned > 0 && countOf(wire.total_tokens) === prompt + completion + reasoned;
  const reasoning = beside ? reasoned : Math.min(reasoned, completion);
  return {
    inputTokens: prompt - read - written,
    cacheReadTokens: read,
    cacheWrite5mTokens: written,
    cacheWrite1hTokens: 0,
    outputTokens: beside ? completion : completion - reasoning,
    reasoningTokens: reasoning,
  };
}

export function writeOpenAiUsage(usage: Usage): object {
  const written = usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;
  const prompt = usage.inputTokens + usage.cacheReadTokens + written;
  const completion = usage.outputTokens + usage.reasoningTokens;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: {
      cached_tokens: usage.cacheReadTokens,
      ...(written === 0 ? {} : { cache_write_tokens: written }),
      audio_tokens: 0,
    },
    completion_tokens_details: { reasoning_tokens: usage.reasoningTokens, audio_tokens: 0 },
  };
}
