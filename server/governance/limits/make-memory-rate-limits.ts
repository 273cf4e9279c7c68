import {
  type Admitted,
  type RateLimit,
  type RateLimitStore,
  type RateStanding,
  type RateTicket,
  ticketMs,
} from './rate-limit-store.ts';
import { SlidingMinute } from './sliding-minute.ts';

/** Where the use of one limit is counted. */
interface Counter {
  readonly minute: SlidingMinute;
  running: number;
}

/** Rates of one process. Nothing is awaited in between, so every method is atomic. */
export function makeMemoryRateLimits(): RateLimitStore {
  const counters = new Map<string, Counter>();
  /** Of the limits of a key, which are one list for all its requests. */
  const ofLimits = new WeakMap<readonly RateLimit[], readonly Counted[]>();
  /** In order of age. */
  const tickets = new Map<string, RateTicket>();

  const counterOf = (id: string): Counter => {
    const known = counters.get(id);
    if (known !== undefined) return known;
    const made = { minute: new SlidingMinute(), running: 0 };
    counters.set(id, made);
    return made;
  };
  const countedOf = (limits: readonly RateLimit[]): readonly Counted[] => {
    const known = ofLimits.get(limits);
    if (known !== undefined) return known;
    const made = limits.map((limit) => ({ limit, counter: counterOf(limit.id) }));
    ofLimits.set(limits, made);
    return made;
  };
  const release = (ticket: RateTicket): boolean => {
    if (!tickets.delete(ticket.id)) return false;
    for (const { limit, counter } of countedOf(ticket.limits))
      if (limit.unit === 'concurrency') counter.running = Math.max(0, counter.running - 1);
    return true;
  };
  const expire = (now: number): void => {
    for (const ticket of tickets.values()) {
      if (ticket.at + ticketMs > now) return;
      release(ticket);
    }
  };

  return {
    take: async (id, limits, tokens, now): Promise<Admitted> => {
      expire(now);
      const all = countedOf(limits);
      const full = all.find((one) => usedOf(one, now) + amountOf(one.limit, tokens) > one.limit.limit);
      if (full !== undefined) {
        const retryAfterMs = freeAfter(full, amountOf(full.limit, tokens), now);
        return { kind: 'full', limit: full.limit, retryAfterMs, standings: standingsOf(all, now) };
      }
      for (const { limit, counter } of all) {
        if (limit.unit === 'concurrency') counter.running += 1;
        else counter.minute.add(amountOf(limit, tokens), now, now);
      }
      const ticket = { id, limits, tokens, at: now };
      tickets.set(id, ticket);
      return { kind: 'taken', ticket, standings: standingsOf(all, now) };
    },
    settle: async (ticket, tokens, now) => {
      expire(now);
      if (!release(ticket)) return;
      for (const { limit, counter } of countedOf(ticket.limits))
        if (limit.unit === 'tokens') counter.minute.add(tokens - ticket.tokens, ticket.at, now);
    },
  };
}

interface Counted {
  readonly limit: RateLimit;
  readonly counter: Counter;
}

function amountOf({ unit }: RateLimit, tokens: number): number {
  return unit === 'tokens' ? tokens : 1;
}

function usedOf({ limit, counter }: Counted, now: number): number {
  return limit.unit === 'concurrency' ? counter.running : counter.minute.total(now);
}

/** When there is room for so much, ms; `null` where there never will be, or nobody can say. */
function freeAfter({ limit, counter }: Counted, amount: number, now: number): number | null {
  const room = limit.limit - amount;
  return room >= 0 && limit.unit !== 'concurrency' ? counter.minute.freeAfter(room, now) : null;
}

function standingsOf(all: readonly Counted[], now: number): readonly RateStanding[] {
  return all.map((one) => ({
    limit: one.limit,
    remaining: Math.max(0, one.limit.limit - usedOf(one, now)),
    resetMs: one.limit.unit === 'concurrency' ? 0 : one.counter.minute.emptyAfter(now),
  }));
}
