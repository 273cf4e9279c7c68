import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StoreDown } from '#server/governance/budgets/spend-store.ts';
import { makeRedisRateLimits } from '#server/store/redis/make-redis-rate-limits.ts';
import { makeRedisSpendStore } from '#server/store/redis/make-redis-spend-store.ts';
import { describeSpendStore } from '../../governance/budgets/spend-store-conformance.ts';
import { describeRateLimits } from '../../governance/limits/rate-limit-conformance.ts';
import { type RunningRedis, startRedis } from './a-redis.ts';

let redis: RunningRedis;
let made = 0;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.close());

const prefix = () => `test${++made}`;

describeSpendStore('the spend of a fleet', () => makeRedisSpendStore(redis.client, prefix()));
describeRateLimits('the rates of a fleet', () => makeRedisRateLimits(redis.client, prefix()));

describe('the spend of a fleet', () => {
  it('is one for all gateways: two of them never pass a limit together', async () => {
    const name = prefix();
    const second = redis.client.duplicate();
    const gateways = [makeRedisSpendStore(redis.client, name), makeRedisSpendStore(second, name)];
    const ask = { account: 'organisation', slice: 's', counted: ['s'], limit: 1_000, amount: 7 };
    const taken = await Promise.all(
      Array.from({ length: 400 }, (_, index) => gateways[index % 2]?.take(`l${index}`, [ask], 0)),
    );
    expect(taken.filter((one) => one?.kind === 'taken')).toHaveLength(142);
    const [balance] = (await gateways[0]?.balances([ask], 0)) ?? [];
    expect(balance).toEqual({ spent: 0, reserved: 994 });
    second.disconnect();
  });

  it('is exact for amounts beyond what a float of 32 bits or a short number holds', async () => {
    const store = makeRedisSpendStore(redis.client, prefix());
    const ask = { account: 'a', slice: 's', counted: ['s'], limit: null, amount: 4_503_599_627_370_497 };
    await store.take('a', [ask], 0);
    await store.seed([{ account: 'a', slice: 's', spent: 1_234_567_890_123_457 }]);
    expect(await store.balances([ask], 0)).toEqual([
      { spent: 1_234_567_890_123_457, reserved: 4_503_599_627_370_497 },
    ]);
  });
});

describe('stores in Redis', () => {
  beforeEach(async () => {
    await redis.client.ping();
  });

  it('say that they are down while Redis is, and work again when it is back', async () => {
    const store = makeRedisSpendStore(redis.client, prefix());
    const ask = { account: 'a', slice: 's', counted: ['s'], limit: null, amount: 1 };
    await redis.kill();
    await expect(store.take('a', [ask], 0)).rejects.toBeInstanceOf(StoreDown);
    await redis.restart();
    await redis.client.ping();
    expect(await store.take('b', [ask], 0)).toMatchObject({ kind: 'taken' });
  });
});
