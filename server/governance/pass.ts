import { type Catalogue, type PriceBook, totalTokens, type Usage } from '#engine/catalogue/index.ts';
import type { Caller } from '#engine/signals/index.ts';
import { expectedCost } from './budgets/expected-cost.ts';
import { LeaseOut } from './budgets/lease-out.ts';
import type { Denial } from './denial.ts';
import { budgetDown, budgetFull, rateFull } from './denials.ts';
import type { GovernanceParts } from './governance.ts';
import { rateLimitHeaders } from './limits/rate-limit-headers.ts';
import type { RateStanding, RateTicket } from './limits/rate-limit-store.ts';
import type { Grant } from './scopes/grant.ts';
import { type Asked, whyNotAsked } from './scopes/may-ask.ts';
import { whyNotReached } from './scopes/may-reach.ts';

/** A call that ended, as far as governance is concerned. */
export interface EndedCall {
  readonly target: string;
  readonly outcome: string;
  readonly usage: { readonly tokens: Usage | null };
  readonly costNanoUsd: number | null;
}

/** A call that is about to be made. */
export interface WantedCall {
  readonly target: string;
  readonly inputTokens: number;
  /** The most that may be written as client and policy say; `null` where they do not. */
  readonly maxOutputTokens: number | null;
  readonly prices: { readonly book: PriceBook; readonly at: number };
}

/** Leave for one call, or why it is not made. `end` tells what became of it; once. */
export type Leave =
  | { readonly kind: 'leave'; readonly end: (ended: EndedCall | null) => void }
  | { readonly kind: 'denied'; readonly denial: Denial };

/** What one request may do and holds: opened when its key is known, closed when it is recorded. */
export class Pass<Call extends EndedCall = EndedCall> {
  readonly grant: Grant;
  readonly #parts: GovernanceParts;
  readonly #id: string;
  readonly #leases: LeaseOut;
  /** Calls that run, with what they are expected to cost. */
  readonly #running = new Map<number, { readonly target: string; readonly costNanoUsd: number }>();
  readonly #ended: Call[] = [];
  readonly #notes = new Set<string>();
  #calls = 0;
  #ticket: RateTicket | null = null;
  #rates: readonly RateStanding[] = [];
  #closed = false;

  constructor(
    parts: GovernanceParts,
    grant: Grant,
    request: { readonly id: string; readonly caller: Caller; readonly at: number },
  ) {
    this.#parts = parts;
    this.grant = grant;
    this.#id = request.id;
    this.#leases = new LeaseOut(parts.ledger, request.id, request.caller, Math.floor(request.at));
  }

  /** Calls that have ended so far. */
  get ended(): readonly Call[] {
    return this.#ended;
  }

  /** What went differently than the rules foresee, for the record. */
  get notes(): readonly string[] {
    return [...this.#notes];
  }

  /** Used share of the caller's tightest budget, models' budgets left aside; 0 where there is none. */
  async budgetUsed(): Promise<number> {
    await this.#leases.look(this.#parts.clock());
    return this.#leases.tightest()?.usedShare ?? 0;
  }

  /** Takes of the rate limits of key and team, with the tokens that the request is expected to use. */
  async admit({
    inputTokens,
    maxOutputTokens,
  }: Pick<WantedCall, 'inputTokens' | 'maxOutputTokens'>): Promise<Denial | undefined> {
    const { limits, key } = this.grant;
    if (limits.length === 0) return undefined;
    const { rates, expectation, clock } = this.#parts;
    const tokens = inputTokens + expectation.expect(`key ${key}`, maxOutputTokens);
    const admitted = await rates.take(this.#id, limits, tokens, clock());
    this.#rates = admitted.standings;
    if (admitted.kind === 'full') return rateFull(this.grant, admitted, tokens);
    this.#ticket = admitted.ticket;
    return undefined;
  }

  /** Why the key may not ask for this name. */
  whyNotAsked(name: string, asked: Asked): string | undefined {
    return whyNotAsked(this.grant, name, asked);
  }

  /** Why the key may not reach this target. */
  whyNotReached(target: string): string | undefined {
    return whyNotReached(this.grant, target, this.#parts.placeOf);
  }

  /** The one door to an upstream: scopes of the key first, then room on every budget for what the call will cost. */
  async leave(call: WantedCall): Promise<Leave> {
    const barred = this.whyNotReached(call.target);
    if (barred !== undefined) {
      const denial = { code: 'model_not_allowed', status: 403, message: barred, retryAfterMs: null } as const;
      return { kind: 'denied', denial: { ...denial, error: 'unavailable' } };
    }
    const { clock, ledger } = this.#parts;
    const expected = this.#expect(call);
    const counts = ledger.book.all.length > 0;
    if (expected === null && counts) this.#notes.add('budget_unpriced');
    if (!counts) return this.#go(call.target, expected ?? 0);
    const before = [...this.#ended, ...this.#running.values()];
    const answer = await this.#leases.cover(call.target, expected ?? 0, before, clock());
    if (answer.kind === 'full') return { kind: 'denied', denial: budgetFull(answer.counted, clock()) };
    if (answer.kind === 'down') return { kind: 'denied', denial: budgetDown(answer.counted) };
    if (answer.unchecked) this.#notes.add('budget_unchecked');
    return this.#go(call.target, expected ?? 0);
  }

  /**
   * Gives back what is held and books what the attempts cost. In the turn in which the record is appended; once.
   *
   * @param attempts Those of the record.
   */
  close(attempts: readonly EndedCall[]): void {
    if (this.#closed) return;
    this.#closed = true;
    const { rates, expectation, clock } = this.#parts;
    const booked = this.#leases.settle(attempts);
    let tokens = 0;
    for (const { target, outcome, usage } of attempts) {
      if (usage.tokens === null) continue;
      tokens += totalTokens(usage.tokens);
      if (outcome !== 'served') continue;
      const written = usage.tokens.outputTokens + usage.tokens.reasoningTokens;
      expectation.learn(target, written);
      expectation.learn(`key ${this.grant.key}`, written);
    }
    const freed = this.#ticket === null ? undefined : rates.settle(this.#ticket, tokens, clock());
    Promise.all([booked, freed]).catch((cause: unknown) => {
      this.#parts.logger.error({ err: cause, request: this.#id }, 'what a request held cannot be given back');
    });
  }

  /** What a reply tells of limits and budgets. Budgets others share are not told in numbers. */
  headers(): readonly [string, string][] {
    const own = this.#leases.tightest(({ budget }) => isOwn(budget.scope.kind));
    const told = rateLimitHeaders(this.grant.limits, this.#rates);
    if (own === undefined) return told;
    const { spent, reserved } = own.balance;
    const left = Math.max(0, own.counted.budget.limit - spent - reserved);
    told.push(['x-waybill-budget', own.counted.budget.id], ['x-waybill-budget-remaining', dollars(left)]);
    return told;
  }

  #expect({ target, inputTokens, maxOutputTokens, prices }: WantedCall): number | null {
    const { catalogue, expectation } = this.#parts;
    const cap = lower(maxOutputTokens, maxOutputOf(target, catalogue));
    const outputTokens = expectation.expect(target, cap);
    return expectedCost(target, { inputTokens, outputTokens }, prices);
  }

  #go(target: string, costNanoUsd: number): Leave {
    const number = this.#calls;
    this.#calls += 1;
    this.#running.set(number, { target, costNanoUsd });
    const end = (ended: EndedCall | null) => {
      if (!this.#running.delete(number) || ended === null) return;
      this.#ended.push(ended as Call);
    };
    return { kind: 'leave', end };
  }
}

function maxOutputOf(target: string, catalogue: Pick<Catalogue, 'find'>): number | null {
  return catalogue.find(target)?.maxOutput ?? null;
}

function lower(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

function isOwn(kind: string): boolean {
  return kind === 'key' || kind === 'project' || kind === 'team';
}

/** Nano-dollars as dollars, exact: `12.345`. */
function dollars(nano: number): string {
  const [whole, part] = [Math.floor(nano / 1e9), nano % 1e9];
  if (part === 0) return String(whole);
  // A one in front keeps the zeros behind the point; those at the end go.
  let digits = 1e9 + part;
  while (digits % 10 === 0) digits /= 10;
  return `${whole}.${String(digits).slice(1)}`;
}
