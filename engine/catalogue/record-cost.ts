import { costOf } from './cost.ts';
import { type CallCost, costLinesOf } from './cost-lines.ts';
import { type PriceBook, priceOf } from './price-book.ts';
import { readAttemptUsage, type UsageColumns, usageOfColumns } from './recorded-usage.ts';
import type { Usage } from './usage.ts';

/** Of a request record, what its cost is made of. */
export interface RecordedCost extends Readonly<Partial<UsageColumns>> {
  readonly 'time.at': number | null;
  readonly 'outcome.target': string;
  /** Every attempt as JSON: `[{ target, …, usage? }]`. */
  readonly 'outcome.attempts': string;
  readonly 'usage.source': string;
}

/**
 * What a request costs, worked out from its record alone: each attempt's tokens at its target's price at the time of the
 * request, each rounded once, and added. With the book that `cost.price_book` names it is `cost.nano_usd` to the
 * nano-dollar. `null` where a price is unknown, or where several attempts were made and do not say what they used
 * (records of before attempts carried their usage).
 */
export function costOfRecord(record: RecordedCost, book: PriceBook): number | null {
  const at = record['time.at'] ?? undefined;
  const calls = callsOf(record);
  if (calls === null) return null;
  let sum = 0;
  for (const { target, usage } of calls) {
    const cost = usage === null ? 0 : costOf(usage, priceOf(book, target), at);
    if (cost === 'unpriced') return null;
    sum += cost;
  }
  return sum;
}

/** What one of a request's calls cost. */
export interface RecordedCallCost extends CallCost {
  readonly target: string;
  /** Which of `outcome.attempts`, from 0 on. */
  readonly attempt: number;
}

/** A request's cost, call by call and line by line. */
export interface RecordCostLines {
  /** Calls that were billed; `null` where the record does not say what each used. */
  readonly calls: readonly RecordedCallCost[] | null;
  /** Exactly the sum of all lines, and what `costOfRecord` says; `null` where that is unknown. */
  readonly costNanoUsd: number | null;
}

/** {@link costOfRecord}, line by line. */
export function costLinesOfRecord(record: RecordedCost, book: PriceBook): RecordCostLines {
  const at = record['time.at'] ?? undefined;
  const billed = callsOf(record);
  if (billed === null) return { calls: null, costNanoUsd: null };
  const calls = billed.flatMap(({ target, usage }, attempt) =>
    usage === null ? [] : [{ target, attempt, ...costLinesOf(usage, priceOf(book, target), at) }],
  );
  let sum: number | null = 0;
  for (const { costNanoUsd } of calls) sum = sum === null || costNanoUsd === null ? null : sum + costNanoUsd;
  return { calls, costNanoUsd: sum };
}

interface RecordedCall {
  readonly target: string;
  /** `null`: the attempt had no answer and is taken as not billed. */
  readonly usage: Usage | null;
}

function callsOf(record: RecordedCost): readonly RecordedCall[] | null {
  const attempts = readAttempts(record['outcome.attempts']);
  if (attempts.length === 0) return [];
  if (attempts.some((attempt) => 'usage' in attempt))
    return attempts.map(({ target, usage }) => ({ target: String(target), usage: readAttemptUsage(usage) }));
  if (attempts.length > 1) return null;
  if (record['usage.source'] === 'none') return [];
  const usage = usageOfColumns(record);
  return usage === null ? null : [{ target: record['outcome.target'], usage }];
}

function readAttempts(text: string): readonly Readonly<Record<string, unknown>>[] {
  const read: unknown = JSON.parse(text);
  return Array.isArray(read) ? read.filter((one) => typeof one === 'object' && one !== null) : [];
}
