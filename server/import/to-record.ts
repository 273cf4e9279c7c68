import {
  attemptUsage,
  columnOfClass,
  costOf,
  type PriceBook,
  priceOf,
  type Usage,
  unknownUsageColumns,
} from '#engine/catalogue/index.ts';
import { stickyPoint } from '#engine/nodes/index.ts';
import { hourOf, makeRecord, type RequestRecord, weekdayOf } from '#engine/signals/index.ts';
import type { ForeignRequest, ForeignUsage } from './foreign-request.ts';

/** What a foreign request needs to become a record. */
export interface RecordContext {
  /** Used where the log has no id of its own. */
  readonly id: string;
  readonly target: string;
  /** `null`: the clock is relative and nobody said when the log began, so that hour and weekday are unknown. */
  readonly startsAt: number | null;
  readonly priceBook: PriceBook;
}

/** A foreign request as a request record. The draw is made from the id, so that splits can be simulated and repeated. */
export function toRecord(
  foreign: ForeignRequest,
  { target, startsAt, priceBook, ...context }: RecordContext,
): RequestRecord {
  const id = foreign.id ?? context.id;
  const at = foreign.at === null ? null : foreign.at + (startsAt ?? 0);
  const calendar =
    at !== null && startsAt !== null ? { 'time.hour': hourOf(at), 'time.weekday': weekdayOf(at) } : {};
  const cost = costOfForeign(foreign, target, priceBook, at ?? undefined);
  return makeRecord(
    { ...foreign.signals, 'time.at': at, ...calendar, draw: stickyPoint('import', id) },
    {
      id,
      sandbox: false,
      'decision.policy': '',
      'decision.version': 0,
      'decision.hash': '',
      'decision.path': '',
      'decision.targets': target === '' ? [] : [target],
      'decision.shadow': '',
      'outcome.status': foreign.status,
      'outcome.target': target,
      'outcome.error': foreign.error,
      'outcome.http_status': foreign.httpStatus || (foreign.status === 'served' ? 200 : 0),
      'outcome.attempts': JSON.stringify(attemptsOf(foreign, target, cost.nanoUsd)),
      'outcome.dropped': [],
      'outcome.notes': [],
      ...unknownUsageColumns,
      'usage.input_tokens': foreign.usage.input,
      'usage.cache_read_tokens': foreign.usage.cacheRead,
      'usage.cache_write_5m_tokens': foreign.usage.cacheWrite5m,
      'usage.cache_write_1h_tokens': foreign.usage.cacheWrite1h,
      'usage.output_tokens': foreign.usage.output,
      'usage.reasoning_tokens': foreign.usage.reasoning,
      ...foreign.extra,
      'usage.source': foreign.usageSource,
      'cost.nano_usd': cost.nanoUsd,
      'cost.price_book': cost.priceBook,
      'latency.total_ms': foreign.totalMs,
      'latency.first_token_ms': foreign.firstTokenMs,
    },
  );
}

/** What the log says it cost; else its tokens at the price book's price; else unknown. */
function costOfForeign(
  foreign: ForeignRequest,
  target: string,
  book: PriceBook,
  at: number | undefined,
): { readonly nanoUsd: number | null; readonly priceBook: string } {
  if (foreign.costNanoUsd !== null) return { nanoUsd: foreign.costNanoUsd, priceBook: 'log' };
  const usage = knownUsage(foreign);
  const cost = usage === null ? 'unpriced' : costOf(usage, priceOf(book, target), at);
  return cost === 'unpriced' ? { nanoUsd: null, priceBook: '' } : { nanoUsd: cost, priceBook: book.version };
}

/** Classes that a log does not tell apart are in the input and the output, so they count as none. */
function knownUsage({ usage, extra }: ForeignRequest): Usage | null {
  const { input, output, ...classes }: ForeignUsage = usage;
  if (input === null || output === null) return null;
  return {
    ...extraUsage(extra),
    inputTokens: input,
    cacheReadTokens: classes.cacheRead ?? 0,
    cacheWrite5mTokens: classes.cacheWrite5m ?? 0,
    cacheWrite1hTokens: classes.cacheWrite1h ?? 0,
    outputTokens: output,
    reasoningTokens: classes.reasoning ?? 0,
  };
}

/** The other classes by their names in a cost. */
function extraUsage(extra: ForeignRequest['extra']): Partial<Usage> {
  const counts = Object.entries(columnOfClass).flatMap(([name, column]) => {
    const count = extra[column];
    return typeof count === 'number' ? [[name, count] as const] : [];
  });
  const tier = extra['usage.service_tier'];
  const region = extra['usage.region'];
  return {
    ...Object.fromEntries(counts),
    ...(typeof tier === 'string' && tier !== '' && tier !== 'standard' ? { serviceTier: tier } : {}),
    ...(typeof region === 'string' && region !== '' ? { region } : {}),
  };
}

function attemptsOf(foreign: ForeignRequest, target: string, costNanoUsd: number | null): readonly unknown[] {
  if (target === '') return [];
  const outcome = foreign.status === 'served' ? 'served' : foreign.error;
  const usage = knownUsage(foreign);
  return [
    {
      target,
      outcome,
      status: foreign.httpStatus || (foreign.status === 'served' ? 200 : null),
      latency_ms: foreign.totalMs,
      cost_nano_usd: costNanoUsd,
      usage: usage === null ? null : attemptUsage(usage),
    },
  ];
}
