import type { Redis } from 'ioredis';
import {
  type RateLimitStore,
  type RateStanding,
  ticketMs,
} from '../../governance/limits/rate-limit-store.ts';
import { settleRateLua, takeRateLua } from './rate-lua.ts';
import { redisScript } from './redis-script.ts';

/** Rates of a fleet, in Redis. `prefix` names the installation; a hash tag is put around it. */
export function makeRedisRateLimits(redis: Redis, prefix: string): RateLimitStore {
  const root = `{${prefix}:rates}`;
  const take = redisScript(redis, 'waybillTakeRate', takeRateLua);
  const settle = redisScript(redis, 'waybillSettleRate', settleRateLua);

  return {
    take: async (id, limits, tokens, now) => {
      const answer = await take(root, id, now, tokens, ticketMs, JSON.stringify(limits));
      if (!Array.isArray(answer)) throw new Error('Redis answered no list to a rate limit.');
      const [full = 0, retry = -1, ...numbers] = answer.map(Number);
      const standings = limits.map((limit, index): RateStanding => {
        const [remaining = 0, resetMs = 0] = numbers.slice(2 * index);
        return { limit, remaining, resetMs };
      });
      const blocking = limits[full - 1];
      if (blocking !== undefined)
        return { kind: 'full', limit: blocking, retryAfterMs: retry < 0 ? null : retry, standings };
      return { kind: 'taken', ticket: { id, limits, tokens, at: now }, standings };
    },
    settle: async ({ id, limits, tokens: came, at }, tokens, now) => {
      if (limits.length > 0) await settle(root, id, now, at, came, tokens, JSON.stringify(limits));
    },
  };
}
