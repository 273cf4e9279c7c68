import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type RateLimit,
  type RateLimitStore,
  type RateTicket,
  ticketMs,
} from '#server/governance/limits/rate-limit-store.ts';

const requests = (limit: number): RateLimit => ({ id: 'key ci requests', unit: 'requests', limit });
const tokens = (limit: number): RateLimit => ({ id: 'key ci tokens', unit: 'tokens', limit });
const running = (limit: number): RateLimit => ({ id: 'key ci concurrency', unit: 'concurrency', limit });

/** What every store of rates has to keep. `make` gives an empty one. */
export function describeRateLimits(name: string, make: () => Promise<RateLimitStore> | RateLimitStore): void {
  describe(name, () => {
    const taken = async (
      store: RateLimitStore,
      id: string,
      limits: readonly RateLimit[],
      now: number,
      used = 0,
    ) => {
      const admitted = await store.take(id, limits, used, now);
      return admitted.kind === 'taken' ? admitted.ticket : null;
    };

    it('lets as many requests through as a minute holds, and says when there is room again', async () => {
      const store = await make();
      expect(await taken(store, 'a', [requests(2)], 10_500)).not.toBeNull();
      expect(await store.take('b', [requests(2)], 0, 20_000)).toMatchObject({
        kind: 'taken',
        standings: [{ remaining: 0, resetMs: 61_000 }],
      });
      expect(await store.take('c', [requests(2)], 0, 30_000)).toMatchObject({
        kind: 'full',
        retryAfterMs: 41_000,
      });
      expect(await taken(store, 'd', [requests(2)], 70_999)).toBeNull();
      expect(await taken(store, 'e', [requests(2)], 71_000)).not.toBeNull();
    });

    it('takes of all limits or of none', async () => {
      const store = await make();
      expect(await taken(store, 'a', [requests(5), tokens(100)], 0, 80)).not.toBeNull();
      expect(await store.take('b', [requests(5), tokens(100)], 30, 0)).toMatchObject({
        kind: 'full',
        limit: { unit: 'tokens' },
        standings: [{ remaining: 4 }, { remaining: 20 }],
      });
    });

    it('settles tokens to what was used, in the minute in which they were taken', async () => {
      const store = await make();
      const ticket = await taken(store, 'a', [tokens(100)], 1_000, 80);
      if (ticket !== null) await store.settle(ticket, 30, 5_000);
      expect(await store.take('b', [tokens(100)], 71, 5_000)).toMatchObject({
        kind: 'full',
        retryAfterMs: 57_000,
      });
      const more = await taken(store, 'c', [tokens(100)], 5_000, 70);
      if (more !== null) await store.settle(more, 500, 200_000);
      expect(await taken(store, 'd', [tokens(100)], 200_000, 100)).not.toBeNull();
    });

    it('says that a request larger than its limit will never fit', async () => {
      const store = await make();
      expect(await store.take('a', [tokens(100)], 101, 0)).toMatchObject({
        kind: 'full',
        retryAfterMs: null,
      });
    });

    it('counts a request as running until it is settled, once, and not for ever', async () => {
      const store = await make();
      const first = await taken(store, 'a', [running(1)], 0);
      expect(await taken(store, 'b', [running(1)], 0)).toBeNull();
      for (let turn = 0; turn < 2 && first !== null; turn += 1) await store.settle(first, 0, 1);
      expect(await taken(store, 'c', [running(1)], 1)).not.toBeNull();
      expect(await taken(store, 'd', [running(1)], 2)).toBeNull();
      expect(await taken(store, 'e', [running(1)], ticketMs + 1)).not.toBeNull();
    });

    it('lets no more through in any minute than it says, whatever comes when', async () => {
      const event = fc.record({
        wait: fc.nat(20_000),
        amount: fc.nat(60),
        settle: fc.boolean(),
        less: fc.nat(60),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(event, { maxLength: 120 }), async (events) => {
          const store = await make();
          const passed: { at: number; amount: number }[] = [];
          let now = 1_000_000;
          for (const [index, { wait, amount, settle, less }] of events.entries()) {
            now += wait;
            const ticket: RateTicket | null = await taken(
              store,
              `t${index}`,
              [tokens(100), requests(5)],
              now,
              amount,
            );
            if (ticket === null) continue;
            const used = settle ? Math.max(0, amount - less) : amount;
            if (settle) await store.settle(ticket, used, now);
            passed.push({ at: now, amount: used });
            const minute = passed.filter(({ at }) => at > now - 60_000);
            expect(minute.reduce((sum, one) => sum + one.amount, 0)).toBeLessThanOrEqual(100);
            expect(minute.length).toBeLessThanOrEqual(5);
          }
        }),
        { numRuns: 100 },
      );
    });
  });
}
