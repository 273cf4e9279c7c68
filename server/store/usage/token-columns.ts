import type { UsageTokens } from './usage-query.ts';

/** The record columns whose sum each token class of a usage report is. */
export const usageColumnNames: { readonly [C in keyof UsageTokens]: readonly string[] } = {
  input: ['usage.input_tokens'],
  cacheRead: ['usage.cache_read_tokens'],
  cacheWrite: ['usage.cache_write_5m_tokens', 'usage.cache_write_1h_tokens'],
  output: ['usage.output_tokens'],
  reasoning: ['usage.reasoning_tokens'],
  media: [
    'usage.audio_input_tokens',
    'usage.audio_cache_read_tokens',
    'usage.audio_output_tokens',
    'usage.image_input_tokens',
    'usage.image_output_tokens',
  ],
};

export const tokenClassNames = Object.keys(usageColumnNames) as readonly (keyof UsageTokens)[];

/** A table whose token columns carry the names of the classes. */
export const tokenClassColumns: { readonly [C in keyof UsageTokens]: C } = {
  input: 'input',
  cacheRead: 'cacheRead',
  cacheWrite: 'cacheWrite',
  output: 'output',
  reasoning: 'reasoning',
  media: 'media',
};
