import { costOf, noUsage, type PriceBook, priceOf, type Usage } from '#engine/catalogue/index.ts';
import type { ErrorClass } from '#engine/nodes/index.ts';
import type { UsageSource } from '#engine/signals/index.ts';
import type { StreamReader } from '../dialects/index.ts';

/** One call to one target, after the fact. */
export interface MadeAttempt {
  readonly target: string;
  /** What it was asked for where it was not to answer the client; left out for an attempt at an answer. */
  readonly role?: HelpingRole;
  readonly outcome: 'served' | 'abandoned' | ErrorClass;
  /** Of the upstream; `null` when it did not answer. */
  readonly status: number | null;
  readonly latencyMs: number;
  /** From its own start to its first content, ms; `null` for an answer in one piece, and where none came. */
  readonly firstTokenMs: number | null;
  /** ms since 1970; `null` for a call that was not made. */
  readonly endedAt: number | null;
  readonly usage: MeteredUsage;
  /** `null` when there is usage and no price for it. */
  readonly costNanoUsd: number | null;
  readonly sandbox: boolean;
  /** Names of what the target could not be told, or the client could not; empty where nothing was translated. */
  readonly dropped: readonly string[];
}

/** `judge` marks an answer of another model; `classifier` says what is asked. */
export type HelpingRole = 'judge' | 'classifier';

/** The last attempt at an answer; `undefined` where none was made. */
export function answeringAttempt(attempts: readonly MadeAttempt[]): MadeAttempt | undefined {
  return attempts.findLast(({ role }) => role === undefined);
}

export function countAnswering(attempts: readonly MadeAttempt[]): number {
  return attempts.reduce((count, { role }) => (role === undefined ? count + 1 : count), 0);
}

/** What a stream adds up to, as far as it came. */
export type Counted = Pick<StreamReader, 'usage' | 'outputCharacters' | 'finished'>;

/** Tokens and who counted them. `none` is an attempt without an answer, which is taken as not billed. */
export type MeteredUsage =
  | { readonly source: Exclude<UsageSource, 'none'>; readonly tokens: Usage }
  | { readonly source: 'none'; readonly tokens: null };

export const unmetered: MeteredUsage = Object.freeze({ source: 'none', tokens: null });

/** The provider's count where there is one, else an estimate from the request's tokens and the answer's characters. */
export function meter(usage: Usage | null, inputTokens: number, outputCharacters: number): MeteredUsage {
  if (usage !== null) return { source: 'provider', tokens: usage };
  const outputTokens = Math.ceil(outputCharacters / 4);
  return { source: 'estimated', tokens: { ...noUsage, inputTokens, outputTokens } };
}

/**
 * The usage of a stream that did not get to its end. What the provider counted at its beginning stands; the output is at
 * least what came through.
 */
export function meterPart(reader: Counted, inputTokens: number): MeteredUsage {
  const { usage, outputCharacters, finished } = reader;
  if (finished || usage === null) return meter(usage, inputTokens, outputCharacters);
  const seen = Math.ceil(outputCharacters / 4) - usage.reasoningTokens;
  return {
    source: 'estimated',
    tokens: { ...usage, outputTokens: Math.max(usage.outputTokens, seen) },
  };
}

/** Whole nano-dollars at the prices of when the request came (whole ms); 0 without usage, `null` without a price. */
export function costOfUsage(
  { tokens }: MeteredUsage,
  target: string,
  { book, at }: { readonly book: PriceBook; readonly at: number },
): number | null {
  if (tokens === null) return 0;
  const cost = costOf(tokens, priceOf(book, target), at);
  return cost === 'unpriced' ? null : cost;
}

/** The cost of all attempts; `null` as soon as one of them has no price. */
export function totalCost(attempts: readonly MadeAttempt[]): number | null {
  let sum = 0;
  for (const { costNanoUsd } of attempts) {
    if (costNanoUsd === null) return null;
    sum += costNanoUsd;
  }
  return sum;
}
