import type { ValueType } from './define-signal.ts';
import { type SignalName, signalRegistry, type ValueOf } from './registry.ts';
import type { NamedSignals, Signals } from './signals.ts';

/** How a request ended. */
export type RecordStatus = 'served' | 'refused' | 'failed' | 'abandoned';
/** Where token counts come from: the provider, our estimate (marked), or nowhere (no attempt was made). */
export type UsageSource = 'provider' | 'estimated' | 'none';

/** What became of a request: the columns of the log beside the signals. `null` is unknown, never zero. */
export interface RecordOutcome {
  readonly id: string;
  /** `true` when any number here comes from the simulated upstream or the generated sample. */
  readonly sandbox: boolean;
  readonly 'decision.policy': string;
  /** 0 where the request named a target itself and no policy decided. */
  readonly 'decision.version': number;
  /** Semantic hash of the policy. */
  readonly 'decision.hash': string;
  /** The path as text, `task:code>strong:1>opus`; see `pathText`. */
  readonly 'decision.path': string;
  /** Targets to be tried, in order; empty when refused. */
  readonly 'decision.targets': readonly string[];
  /** What a version in shadow would have decided, as JSON: `{ policy, version, path, targets }`; empty without one. */
  readonly 'decision.shadow': string;
  readonly 'outcome.status': RecordStatus;
  /** The target that answered, else the last one tried; empty when none was. */
  readonly 'outcome.target': string;
  /** A code from the closed list of error classes or refusals; empty when served. */
  readonly 'outcome.error': string;
  /** HTTP status the client saw. 499 when it left first. */
  readonly 'outcome.http_status': number;
  /**
   * Every attempt as JSON: `[{ target, outcome, status, start_ms, latency_ms, first_token_ms, cost_nano_usd, usage }]`;
   * `usage` holds what occurred by the names of the columns below, and is `null` where the attempt had no answer. It began
   * `start_ms` after the request's arrival (`null`: it was not made) and had its first content `first_token_ms` after that.
   */
  readonly 'outcome.attempts': string;
  /** Names of what could not be carried between the client's dialect and the target's; empty where bytes went through. */
  readonly 'outcome.dropped': readonly string[];
  /** What went differently than the rules foresee, such as `budget_unchecked`: codes of a closed list. */
  readonly 'outcome.notes': readonly string[];
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
  /** `standard`, or how else the provider says it served: `batch`, `flex`, `priority`, …. */
  readonly 'usage.service_tier': string | null;
  /** Where the provider promises that inference took place; empty: anywhere. */
  readonly 'usage.region': string | null;
  readonly 'usage.source': UsageSource;
  /** Whole nano-dollars over all attempts; `null` when the model has no price or usage is unknown. */
  readonly 'cost.nano_usd': number | null;
  /** Version of the price book the cost was computed with. */
  readonly 'cost.price_book': string;
  readonly 'latency.total_ms': number | null;
  readonly 'latency.first_token_ms': number | null;
}

/** One row of the request log: the signals as the engine saw them, and what became of the request. No text. */
export type RequestRecord = { readonly [N in SignalName]: ValueOf<N> | null } & RecordOutcome;

/** One column of the log: its type in our words. Storages and Parquet map these to their own. */
export interface RecordColumn {
  readonly name: keyof RequestRecord;
  readonly valueType: ValueType;
  readonly unit?: string;
  readonly meaning: string;
  readonly personal: boolean;
  /** Few distinct values: storages may use an enumeration or a dictionary. */
  readonly source: 'signal' | 'outcome';
}

const outcomeColumns: { readonly [N in keyof RecordOutcome]: readonly [ValueType, string, string?] } = {
  id: ['string', 'Id of the request, as in `x-waybill-request-id`.'],
  sandbox: ['bool', 'Whether the row comes from the simulated upstream or the generated sample.'],
  'decision.policy': ['string', 'Id of the policy that decided; empty when the request named a target.'],
  'decision.version': ['int', 'Version of that policy.'],
  'decision.hash': ['string', 'Semantic hash of that version.'],
  'decision.path': ['string', 'The path through the policy, as text.'],
  'decision.targets': ['string_list', 'Targets to be tried, in order; empty when refused.'],
  'decision.shadow': ['string', 'What a version in shadow would have decided, as JSON; empty without one.'],
  'outcome.status': ['string', '`served`, `refused`, `failed` or `abandoned`.'],
  'outcome.target': ['string', 'The target that answered, else the last one tried.'],
  'outcome.error': ['string', 'Error class or refusal code; empty when served.'],
  'outcome.http_status': ['int', 'HTTP status the client saw; 499 when it left first.'],
  'outcome.attempts': ['string', 'Every attempt, as JSON.'],
  'outcome.dropped': [
    'string_list',
    'What could not be carried between the client’s dialect and the target’s.',
  ],
  'outcome.notes': [
    'string_list',
    'What went differently than the rules foresee: `budget_unchecked` (the store of budgets was down, and the budget lets pass then), `budget_unpriced` (no price, so nothing was counted), `accept_schema_unchecked`, `accept_logprob_unknown`, `accept_judge_silent` (a check of a cascade that could not be made, and passed).',
  ],
  'usage.input_tokens': ['int', 'Input tokens that were neither read from nor written to a cache.', 'tokens'],
  'usage.cache_read_tokens': ['int', 'Input tokens read from the provider’s prompt cache.', 'tokens'],
  'usage.cache_write_5m_tokens': [
    'int',
    'Input tokens written to a cache that lives five minutes.',
    'tokens',
  ],
  'usage.cache_write_1h_tokens': ['int', 'Input tokens written to a cache that lives one hour.', 'tokens'],
  'usage.output_tokens': ['int', 'Output tokens without reasoning.', 'tokens'],
  'usage.reasoning_tokens': ['int', 'Output tokens spent on reasoning.', 'tokens'],
  'usage.audio_input_tokens': ['int', 'Input tokens of audio, fresh.', 'tokens'],
  'usage.audio_cache_read_tokens': ['int', 'Input tokens of audio read from a cache.', 'tokens'],
  'usage.audio_output_tokens': ['int', 'Output tokens of audio.', 'tokens'],
  'usage.image_input_tokens': [
    'int',
    'Input tokens of images, where the provider counts them apart.',
    'tokens',
  ],
  'usage.image_output_tokens': ['int', 'Output tokens of images.', 'tokens'],
  'usage.web_search_calls': ['int', 'Web searches that the provider made and bills by the call.', 'calls'],
  'usage.file_search_calls': ['int', 'File searches that the provider made and bills by the call.', 'calls'],
  'usage.code_execution_calls': ['int', 'Containers or runs of code that the provider bills.', 'calls'],
  'usage.social_search_calls': ['int', 'Searches of a social network that the provider bills.', 'calls'],
  'usage.service_tier': [
    'string',
    'How the provider says it served: `standard`, `batch`, `flex`, `priority`, ….',
  ],
  'usage.region': ['string', 'Where the provider promises that inference took place; empty: anywhere.'],
  'usage.source': ['string', '`provider`, `estimated` or `none`.'],
  'cost.nano_usd': [
    'int',
    'Cost over all attempts; null when a price is unknown.',
    'nano-dollars (10⁻⁹ USD)',
  ],
  'cost.price_book': ['string', 'Version of the price book used.'],
  'latency.total_ms': ['double', 'From the request’s arrival to the last byte of the answer.', 'ms'],
  'latency.first_token_ms': ['double', 'From the request’s arrival to the first content.', 'ms'],
};

/** The columns of the log in order: one a signal, then the outcome. The public exchange format is made of these. */
export const recordColumns: readonly RecordColumn[] = [
  ...signalRegistry.map(
    (signal): RecordColumn => ({
      name: signal.name,
      valueType: signal.valueType,
      meaning: signal.meaning,
      personal: 'personal' in signal && signal.personal === true,
      source: 'signal',
      ...('unit' in signal && signal.unit !== undefined ? { unit: signal.unit } : {}),
    }),
  ),
  ...Object.entries(outcomeColumns).map(
    ([name, [valueType, meaning, unit]]): RecordColumn => ({
      name: name as keyof RecordOutcome,
      valueType,
      meaning,
      personal: false,
      source: 'outcome',
      ...(unit === undefined ? {} : { unit }),
    }),
  ),
];

/**
 * A row with nothing in it. Rows are copies of it: filled one key at a time, an object of so many keys becomes a hash table
 * inside V8, which is several times as slow to make and to write as JSON. (`JSON.parse` makes it the fast kind.)
 */
const emptyRow: Readonly<Record<string, unknown>> = JSON.parse(
  JSON.stringify(Object.fromEntries(recordColumns.map(({ name }) => [name, null]))),
);
const signalNames = signalRegistry.map(({ name }) => name);

/** Joins signals and outcome into one row; signals that are unknown become `null`. */
export function makeRecord(signals: NamedSignals, outcome: RecordOutcome): RequestRecord {
  const row: Record<string, unknown> = { ...emptyRow };
  for (const name of signalNames) row[name] = signals[name] ?? null;
  return Object.assign(row, outcome) as unknown as RequestRecord;
}

/** The same from signals as the engine holds them. */
export function recordOf(signals: Signals, outcome: RecordOutcome): RequestRecord {
  const row: Record<string, unknown> = { ...emptyRow };
  for (let slot = 0; slot < signalNames.length; slot += 1) row[signalNames[slot] as string] = signals[slot];
  return Object.assign(row, outcome) as unknown as RequestRecord;
}
