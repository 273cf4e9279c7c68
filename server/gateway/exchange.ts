import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { PriceBook } from '#engine/catalogue/index.ts';
import type { Context } from '../context.ts';

/** One request and its response, with what was noted when it came in. */
export interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly id: string;
  /** When it came in, ms since 1970; fractions where the clock has them. */
  readonly at: number;
  /** The prices of that moment. */
  readonly priceBook: PriceBook;
  /** Headers of every reply from now on: how limits and budgets stand. */
  tell: () => readonly (readonly [string, string])[];
}

const nothing: readonly never[] = Object.freeze([]);
const nothingToTell = () => nothing;

export function openExchange(req: IncomingMessage, res: ServerResponse, context: Context): Exchange {
  // A copy: prices may change while the request runs.
  const priceBook = { ...context.priceBook };
  return { req, res, id: context.newId(), at: context.clock(), priceBook, tell: nothingToTell };
}

/** A header that occurs once; empty when it is missing. */
export function headerOf(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}
