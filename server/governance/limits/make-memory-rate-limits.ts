import {
  type Admitted,
  type RateLimit,
  type RateLimitStore,
  type RateStanding,
  type RateTicket,
  ticketMs,
} from './rate-limit-store.ts';
import { SlidingMinute } from './sliding-minute.ts';

/** Rates of one process. Nothing is awaited in between, so every method is atomic. */
export function makeMemoryRateLimits(): RateLimitStore {
  const minutes = new Map<string, SlidingMinute>();
  const running = new Map<string, number>();
  /** In order of age. */
  const tickets = new Map<string, RateTicket>();

  const minuteOf = (id: string): SlidingMinute => {
    const known = minutes.get(id);
    if (known !== undefined) return known;
    const made = new SlidingMinute();
    minutes.set(id, made);
    return made;
  };
  const release = (ticket: RateTicket): boolean => {
    if (!tickets.delete(ticket.id)) return false;
    for (const { id, unit } of ticket.limits)
      if (unit === 'concurrency') running.set(id, Math.max(0, (running.get(id) ?? 0) - 1));
    return true;
  };
  const expire = (now: number): void => {
    for (const ticket of tickets.values()) {
      if (ticket.at + ticketMs > now) return;
      release(ticket);
    }
  };
  const used = ({ id, unit }: RateLimit, now: number): number =>
    unit === 'concurrency' ? (running.get(id) ?? 0) : minuteOf(id).total(now);
  const standingOf = (limit: RateLimit, now: number): RateStanding => ({
    limit,
    remaining: Math.max(0, limit.limit - used(limit, now)),
    resetMs: limit.unit === 'concurrency' ? 0 : minuteOf(limit.id).emptyAfter(now),
  });

  return {
    take: async (id, limits, tokens, now): Promise<Admitted> => {
      expire(now);
      for (const limit of limits) {
        const amount = limit.unit === 'tokens' ? tokens : 1;
        if (used(limit, now) + amount <= limit.limit) continue;
        const room = limit.limit - amount;
        const known = room >= 0 && limit.unit !== 'concurrency';
        const retryAfterMs = known ? minuteOf(limit.id).freeAfter(room, now) : null;
        return { kind: 'full', limit, retryAfterMs, standings: limits.map((one) => standingOf(one, now)) };
      }
      const ticket = { id, limits, tokens, at: now };
      for (const { id: name, unit } of limits) {
        if (unit === 'concurrency') running.set(name, (running.get(name) ?? 0) + 1);
        else minuteOf(name).add(unit === 'tokens' ? tokens : 1, now, now);
      }
      tickets.set(id, ticket);
      return { kind: 'taken', ticket, standings: limits.map((one) => standingOf(one, now)) };
    },
    settle: async (ticket, tokens, now) => {
      expire(now);
      if (!release(ticket)) return;
      for (const { id, unit } of ticket.limits)
        if (unit === 'tokens') minuteOf(id).add(tokens - ticket.tokens, ticket.at, now);
    },
  };
}
