import type { Usage } from '#engine/catalogue/index.ts';

export { mergeUsage, readUsage as readAnthropicUsage } from '../../anthropic-messages/read-usage.ts';

/** Usage as Anthropic states it: audio and images stand with the text, as it has no counts of their own for them. */
export function writeAnthropicUsage(usage: Usage): object {
  const { audioInputTokens = 0, audioCacheReadTokens = 0, imageInputTokens = 0 } = usage;
  const { audioOutputTokens = 0, imageOutputTokens = 0, webSearchCalls = 0 } = usage;
  const output = usage.outputTokens + usage.reasoningTokens + audioOutputTokens + imageOutputTokens;
  return {
    input_tokens: usage.inputTokens + audioInputTokens + imageInputTokens,
    cache_creation_input_tokens: usage.cacheWrite5mTokens + usage.cacheWrite1hTokens,
    cache_read_input_tokens: usage.cacheReadTokens + audioCacheReadTokens,
    cache_creation: {
      ephemeral_5m_input_tokens: usage.cacheWrite5mTokens,
      ephemeral_1h_input_tokens: usage.cacheWrite1hTokens,
    },
    output_tokens: output,
    output_tokens_details: { thinking_tokens: usage.reasoningTokens },
    ...(webSearchCalls === 0 ? {} : { server_tool_use: { web_search_requests: webSearchCalls } }),
  };
}
