import fc from 'fast-check';
import { taskLabels } from '#engine/classify/task-labels.ts';
import {
  makeRecord,
  type NamedSignals,
  type RecordOutcome,
  type RequestRecord,
  type SignalDefinition,
  signalRegistry,
} from '#engine/signals/index.ts';
import { keys, numbers, shares, words } from './arbitrary-condition.ts';
import { targets } from './law-world.ts';

const word = fc.constantFrom(...words);

const target = fc.constantFrom(...targets);
const few = { maxKeys: 4, noNullPrototype: true } as const;

/** Live state of targets, limits and classifiers that random policies name. */
const liveValues: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'health.providers': fc.oneof(
    fc.constant(['*']),
    fc.subarray(['openai', 'anthropic', 'google', 'two', 'three', 'four', 'nobody']),
  ),
  'health.open': fc.array(target, { maxLength: 3 }),
  'health.error_rate': fc.dictionary(target, fc.constantFrom(...shares), few),
  'health.first_token_ms': fc.dictionary(target, fc.constantFrom(200, 900, 1_000, 4_000), few),
  'health.tokens_per_second': fc.dictionary(target, fc.constantFrom(0, 20, 75.5), few),
  'session.target': fc.oneof(fc.constant(''), target),
  'limits.used': fc.dictionary(
    fc.nat({ max: 12 }).map((index) => `n${index}`),
    fc.constantFrom(0, 0.5, 1, 39, 40),
    { maxKeys: 9, noNullPrototype: true },
  ),
  'classifiers.label': fc.dictionary(fc.constantFrom('intent', 'rules'), word, few),
  'classifiers.confidence': fc.dictionary(
    fc.constantFrom('intent', 'rules'),
    fc.constantFrom(0, 0.5, 0.9),
    few,
  ),
};

/** Values of a signal: by its name where it has a range of its own, else by its type. */
function valuesOf({ name, valueType }: SignalDefinition): fc.Arbitrary<unknown> {
  if (name === 'time.at') return fc.integer({ min: 1_789_999_000_000, max: 1_790_200_000_000 });
  if (name === 'time.hour') return fc.integer({ min: 0, max: 23 });
  if (name === 'time.weekday') return fc.integer({ min: 1, max: 7 });
  if (name === 'task.label') return fc.oneof(fc.constantFrom(...taskLabels), word);
  if (name === 'session.id') return fc.integer({ min: 0, max: 400 }).map((n) => (n === 0 ? '' : `s${n}`));
  const own = liveValues[name];
  if (own !== undefined) return own;
  switch (valueType) {
    case 'int':
      return fc.oneof(fc.constantFrom(...numbers).map(Math.abs), fc.nat({ max: 100_000 }));
    case 'double':
      return fc.oneof(
        fc.constantFrom(...shares.filter((share) => share < 1)),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      );
    case 'bool':
      return fc.boolean();
    case 'string':
      return word;
    case 'string_list':
      return fc.array(word, { maxLength: 3 });
    case 'string_map':
      return fc.dictionary(fc.constantFrom(...keys), word, { maxKeys: 3, noNullPrototype: true });
    case 'double_map':
      return fc.dictionary(fc.constantFrom(...keys, ...targets), fc.constantFrom(...shares), {
        maxKeys: 3,
        noNullPrototype: true,
      });
  }
}

/** Signals of a request, each of them unknown now and then. */
export const arbitrarySignals: fc.Arbitrary<NamedSignals> = fc
  .tuple(...signalRegistry.map((signal) => fc.option(valuesOf(signal), { freq: 8 })))
  .map(
    (values) =>
      Object.fromEntries(
        signalRegistry.map(({ name }, slot) => [name, values[slot] ?? null]),
      ) as NamedSignals,
  );

const tokens = fc.option(fc.nat({ max: 300_000 }), { freq: 12 });

/** Zero or unknown for most rows. */
function seldom(counts: fc.Arbitrary<number>): fc.Arbitrary<number | null> {
  return fc.oneof(
    { weight: 1, arbitrary: counts },
    { weight: 5, arbitrary: fc.constant(0) },
    { weight: 5, arbitrary: fc.constant(null) },
  );
}

const arbitraryOutcome: fc.Arbitrary<Omit<RecordOutcome, 'id'>> = fc.record({
  sandbox: fc.boolean(),
  'decision.policy': fc.constant('logged'),
  'decision.version': fc.constant(1),
  'decision.hash': fc.constant('0'),
  'decision.path': fc.constantFrom('', 'n1', 'n2:c0>n1', 'old:a?>n0'),
  'decision.targets': fc.array(fc.constantFrom(...targets), { maxLength: 2 }),
  'decision.shadow': fc.constant(''),
  'outcome.status': fc.constantFrom('served', 'served', 'served', 'refused', 'failed', 'abandoned'),
  'outcome.target': fc.constantFrom('', ...targets),
  'outcome.error': fc.constantFrom('', 'timeout'),
  'outcome.http_status': fc.constantFrom(200, 403, 499, 502),
  'outcome.attempts': fc.constant('[]'),
  'outcome.dropped': fc.constant([]),
  'outcome.notes': fc.constant([]),
  'usage.input_tokens': tokens,
  'usage.cache_read_tokens': tokens,
  'usage.cache_write_5m_tokens': tokens,
  'usage.cache_write_1h_tokens': tokens,
  'usage.output_tokens': tokens,
  'usage.reasoning_tokens': tokens,
  'usage.audio_input_tokens': seldom(fc.nat({ max: 9_000 })),
  'usage.audio_cache_read_tokens': fc.constant(null),
  'usage.audio_output_tokens': seldom(fc.nat({ max: 9_000 })),
  'usage.image_input_tokens': seldom(fc.nat({ max: 9_000 })),
  'usage.image_output_tokens': fc.constant(null),
  'usage.web_search_calls': seldom(fc.nat({ max: 9 })),
  'usage.file_search_calls': fc.constant(null),
  'usage.code_execution_calls': fc.constant(null),
  'usage.social_search_calls': fc.constant(null),
  'usage.service_tier': fc.constantFrom(null, 'standard', 'standard', 'standard', 'batch', 'priority'),
  'usage.region': fc.constantFrom('', '', '', 'us'),
  'usage.source': fc.constantFrom('provider', 'provider', 'estimated', 'none'),
  'cost.nano_usd': fc.option(fc.nat({ max: 2_000_000_000 }), { freq: 10 }),
  'cost.price_book': fc.constant('old'),
  'latency.total_ms': fc.option(fc.double({ min: 1, max: 60_000, noNaN: true }), { freq: 10 }),
  'latency.first_token_ms': fc.option(fc.double({ min: 1, max: 5_000, noNaN: true }), { freq: 10 }),
});

/** A row of a log in which anything may be unknown and nothing fits together. */
export const arbitraryRecord: fc.Arbitrary<RequestRecord> = fc
  .tuple(fc.uuid(), arbitrarySignals, arbitraryOutcome)
  .map(([id, signals, outcome]) => makeRecord(signals, { id, ...outcome }));

/** The same records every time: a stated seed, so that a failure can be looked at again. */
export function someRecords(count: number, seed = 1): readonly RequestRecord[] {
  return fc.sample(arbitraryRecord, { numRuns: count, seed });
}
