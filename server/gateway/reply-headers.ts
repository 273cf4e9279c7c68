import type { WireDialect } from '../dialects/index.ts';
import type { Decided } from './decide-request.ts';
import type { Exchange } from './exchange.ts';
import { type MadeAttempt, totalCost } from './made-attempt.ts';

/** Headers as Node writes them fastest: name, value, name, value. */
export type FlatHeaders = string[];

/** Headers of an upstream that mean something to its client. The rest is between Waybill and the upstream. */
const passedBack = new Set([
  'retry-after',
  'retry-after-ms',
  'x-should-retry',
  'x-request-id',
  'request-id',
  'openai-processing-ms',
]);
const passedBackBeginning = /^(?:x|anthropic)-ratelimit-/;

export function addUpstreamHeaders(flat: FlatHeaders, upstream: Readonly<Record<string, string>>): void {
  // Where the key has limits of its own, those of the upstream's account would contradict them.
  const limited = flat.includes('ratelimit');
  for (const name in upstream) {
    if (!passedBack.has(name) && !passedBackBeginning.test(name)) continue;
    if (limited && name.startsWith('x-ratelimit-')) continue;
    flat.push(name, upstream[name] ?? '');
  }
}

/** Who answers. */
export interface Answering {
  /** Empty where nobody was called. */
  readonly target: string;
  readonly sandbox: boolean;
  /** What the target could not be told, or the client could not. */
  readonly dropped: readonly string[];
}

/** What every reply says about the way its request went. */
export function addWaybillHeaders(
  flat: FlatHeaders,
  exchange: Exchange,
  decided: Decided,
  attempts: number,
  answering: Answering,
): void {
  addDecisionHeaders(flat, exchange, decided);
  for (const [name, value] of answeringHeaders(attempts, answering)) flat.push(name, value);
}

/** What is known of a request before any target has answered it. */
export function addDecisionHeaders(flat: FlatHeaders, { id, tell }: Exchange, decided: Decided): void {
  flat.push('x-waybill-request-id', id);
  for (const [name, value] of tell()) flat.push(name, value);
  if (decided.policyId === '') return;
  flat.push('x-waybill-policy', decided.policyId, 'x-waybill-version', String(decided.version));
  flat.push('x-waybill-path', decided.path);
}

/** Who answered: headers, or trailers where the headers had to go out before that was known. */
export function answeringHeaders(
  attempts: number,
  { target, sandbox, dropped }: Answering,
): [string, string][] {
  const headers: [string, string][] = [];
  if (target !== '') headers.push(['x-waybill-target', target]);
  headers.push(['x-waybill-attempts', String(attempts)]);
  if (sandbox) headers.push(['x-waybill-sandbox', 'true']);
  if (dropped.length > 0) headers.push(['x-waybill-dropped', headerList(dropped)]);
  return headers;
}

/** The request's id where the dialect's own clients look for one, unless the upstream's stands there. */
export function addRequestId(
  flat: FlatHeaders,
  { id }: Exchange,
  { name }: WireDialect,
  upstream: Readonly<Record<string, string>>,
): void {
  const header = name === 'anthropic-messages' ? 'request-id' : 'x-request-id';
  if (upstream[header] === undefined) flat.push(header, id);
}

/** The cost of all attempts in nano-dollars; left out when a price is unknown. */
export function addCostHeader(flat: FlatHeaders, attempts: readonly MadeAttempt[]): void {
  const cost = totalCost(attempts);
  if (cost !== null) flat.push('x-waybill-cost', String(cost));
}

/** Names out of a client's body, so cleaned of what a header cannot hold, and cut. */
function headerList(names: readonly string[]): string {
  return names
    .join(', ')
    .replaceAll(/[^\x20-\x7e]/g, '?')
    .slice(0, longestList);
}

const longestList = 1_000;
