import { type CallClass, noUsage, type TokenClass, type Usage } from './usage.ts';

/** The columns of a request record that say what was used; `null` is unknown. */
export interface UsageColumns {
  readonly 'usage.input_tokens': number | null;
  readonly 'usage.cache_read_tokens': number | null;
  readonly 'usage.cache_write_5m_tokens': number | null;
  readonly 'usage.cache_write_1h_tokens': number | null;
  readonly 'usage.output_tokens': number | null;
  readonly 'usage.reasoning_tokens': number | null;
  readonly 'usage.audio_input_tokens': number | null;
  readonly 'usage.audio_cache_read_tokens': number | null;
  readonly 'usage.audio_output_tokens': number | null;
  readonly 'usage.image_input_tokens': number | null;
  readonly 'usage.image_output_tokens': number | null;
  readonly 'usage.web_search_calls': number | null;
  readonly 'usage.file_search_calls': number | null;
  readonly 'usage.code_execution_calls': number | null;
  readonly 'usage.social_search_calls': number | null;
  /** `standard`, or how else the provider says it served. */
  readonly 'usage.service_tier': string | null;
  /** Where inference was promised to take place; empty: anywhere. */
  readonly 'usage.region': string | null;
}

/** The column of each class. */
export const columnOfClass = {
  inputTokens: 'usage.input_tokens',
  cacheReadTokens: 'usage.cache_read_tokens',
  cacheWrite5mTokens: 'usage.cache_write_5m_tokens',
  cacheWrite1hTokens: 'usage.cache_write_1h_tokens',
  outputTokens: 'usage.output_tokens',
  reasoningTokens: 'usage.reasoning_tokens',
  audioInputTokens: 'usage.audio_input_tokens',
  audioCacheReadTokens: 'usage.audio_cache_read_tokens',
  audioOutputTokens: 'usage.audio_output_tokens',
  imageInputTokens: 'usage.image_input_tokens',
  imageOutputTokens: 'usage.image_output_tokens',
  webSearchCalls: 'usage.web_search_calls',
  fileSearchCalls: 'usage.file_search_calls',
  codeExecutionCalls: 'usage.code_execution_calls',
  socialSearchCalls: 'usage.social_search_calls',
} as const satisfies Readonly<Record<TokenClass | CallClass, keyof UsageColumns>>;

/** What is known of nothing: every column `null`. */
export const unknownUsageColumns: UsageColumns = Object.freeze({
  'usage.input_tokens': null,
  'usage.cache_read_tokens': null,
  'usage.cache_write_5m_tokens': null,
  'usage.cache_write_1h_tokens': null,
  'usage.output_tokens': null,
  'usage.reasoning_tokens': null,
  'usage.audio_input_tokens': null,
  'usage.audio_cache_read_tokens': null,
  'usage.audio_output_tokens': null,
  'usage.image_input_tokens': null,
  'usage.image_output_tokens': null,
  'usage.web_search_calls': null,
  'usage.file_search_calls': null,
  'usage.code_execution_calls': null,
  'usage.social_search_calls': null,
  'usage.service_tier': null,
  'usage.region': null,
});

/** Usage → columns; a class that did not occur is 0. `null`: nothing is known. */
export function usageColumns(usage: Usage | null): UsageColumns {
  if (usage === null) return unknownUsageColumns;
  return {
    'usage.input_tokens': usage.inputTokens,
    'usage.cache_read_tokens': usage.cacheReadTokens,
    'usage.cache_write_5m_tokens': usage.cacheWrite5mTokens,
    'usage.cache_write_1h_tokens': usage.cacheWrite1hTokens,
    'usage.output_tokens': usage.outputTokens,
    'usage.reasoning_tokens': usage.reasoningTokens,
    'usage.audio_input_tokens': usage.audioInputTokens ?? 0,
    'usage.audio_cache_read_tokens': usage.audioCacheReadTokens ?? 0,
    'usage.audio_output_tokens': usage.audioOutputTokens ?? 0,
    'usage.image_input_tokens': usage.imageInputTokens ?? 0,
    'usage.image_output_tokens': usage.imageOutputTokens ?? 0,
    'usage.web_search_calls': usage.webSearchCalls ?? 0,
    'usage.file_search_calls': usage.fileSearchCalls ?? 0,
    'usage.code_execution_calls': usage.codeExecutionCalls ?? 0,
    'usage.social_search_calls': usage.socialSearchCalls ?? 0,
    'usage.service_tier': usage.serviceTier ?? 'standard',
    'usage.region': usage.region ?? '',
  };
}

/**
 * Columns → usage; `null` when input or output is unknown. Another class that is unknown counts as none: a log that does
 * not tell it apart has it in the input or the output.
 */
export function usageOfColumns(row: Readonly<Partial<UsageColumns>>): Usage | null {
  if (typeof row['usage.input_tokens'] !== 'number' || typeof row['usage.output_tokens'] !== 'number')
    return null;
  const usage: { -readonly [N in keyof Usage]: Usage[N] } = { ...noUsage };
  for (const [name, column] of Object.entries(columnOfClass)) {
    const count = row[column];
    if (typeof count === 'number' && count > 0) usage[name as TokenClass | CallClass] = count;
  }
  const tier = row['usage.service_tier'];
  if (typeof tier === 'string' && tier !== '' && tier !== 'standard') usage.serviceTier = tier;
  const region = row['usage.region'];
  if (typeof region === 'string' && region !== '') usage.region = region;
  return usage;
}

/** Usage as an attempt's JSON in a record states it: classes that occur, by their column's name without `usage.`. */
export function attemptUsage(usage: Usage): Readonly<Record<string, number | string>> {
  const told: Record<string, number | string> = {};
  for (const [name, column] of Object.entries(columnOfClass)) {
    const count = usage[name as TokenClass | CallClass];
    if (count !== undefined && count > 0) told[column.slice('usage.'.length)] = count;
  }
  if (usage.serviceTier !== undefined) told.service_tier = usage.serviceTier;
  if (usage.region !== undefined) told.region = usage.region;
  return told;
}

/** Reads what {@link attemptUsage} wrote; `null` for anything else. */
export function readAttemptUsage(told: unknown): Usage | null {
  if (typeof told !== 'object' || told === null) return null;
  const columns = Object.fromEntries(Object.entries(told).map(([name, value]) => [`usage.${name}`, value]));
  return usageOfColumns({ 'usage.input_tokens': 0, 'usage.output_tokens': 0, ...columns });
}
