import { totalInputTokens, totalOutputTokens, type Usage } from '#engine/catalogue/index.ts';

/** Usage as a response states it: the input with its cache, the output with its reasoning. */
export function writeResponseUsage(usage: Usage): object {
  const written = usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;
  const input = totalInputTokens(usage);
  const output = totalOutputTokens(usage);
  return {
    input_tokens: input,
    input_tokens_details: {
      cached_tokens: usage.cacheReadTokens + (usage.audioCacheReadTokens ?? 0),
      cache_write_tokens: written,
    },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    total_tokens: input + output,
  };
}
