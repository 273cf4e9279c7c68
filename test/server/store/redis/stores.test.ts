import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Budget } from '#server/governance/budgets/budget.ts';
import { Ledger } from '#server/governance/budgets/ledger.ts';
import { budgetFrom } from '#server/governance/budgets/read-budget.ts';
import { StoreDown } from '#server/governance/budgets/spend-store.ts';
import { makeMemoryRecordLog } from '#server/store/memory/make-memory-record-log.ts';
import type { RecordLog } from '#server/store/record-log.ts';
import { makeRedisRateLimits } from '#server/store/redis/make-redis-rate-limits.ts';
import { makeRedisSpendStore } from '#server/store/redis/make-redis-spend-store.ts';
import { describeSpendStore } from '../../governance/budgets/spend-store-conformance.ts';
import { describeRateLimits } from '../../governance/limits/rate-limit-conformance.ts';
import { aRecord, silent } from '../builders.ts';
import { type RunningRedis, startRedis } from './a-redis.ts';

let redis: RunningRedis;
let made = 0;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.close());

const prefix = () => `test${++made}`;

describeSpendStore('the spend of a fleet', () =>
  makeRedisSpendStore(redis.client, prefix(), { filled: false }),
);
describeRateLimits('the rates of a fleet', () => makeRedisRateLimits(redis.client, prefix()));

describe('the spend of a fleet', () => {
  it('is one for all gateways: two of them never pass a limit together', async () => {
    const name = prefix();
    const second = redis.client.duplicate();
    const gateways = [
      makeRedisSpendStore(redis.client, name, { filled: false }),
      makeRedisSpendStore(second, name, { filled: false }),
    ];
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
    const store = makeRedisSpendStore(redis.client, prefix(), { filled: false });
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
    const store = makeRedisSpendStore(redis.client, prefix(), { filled: false });
    const ask = { account: 'a', slice: 's', counted: ['s'], limit: null, amount: 1 };
    await redis.kill();
    await expect(store.take('a', [ask], 0)).rejects.toBeInstanceOf(StoreDown);
    await redis.restart();
    await redis.client.ping();
    expect(await store.take('b', [ask], 0)).toMatchObject({ kind: 'taken' });
  });
});

describe('accounts that many gateways share', () => {
  const times = { settleMs: 0, lookMs: 5, skewMs: 0 };
  const budget: Budget = budgetFrom({
    id: 'all',
    scope: { organisation: true },
    usd: 1,
    window: 'total',
    kind: 'calendar',
    zone: 'UTC',
    enforcement: 'hard',
    when_store_down: 'refuse',
  });
  const caller = { team: 'search', project: '', key: 'ci', tags: [] };
  const cost = (nano: number) => [{ target: 'a/b', costNanoUsd: nano }];

  function aGateway(name: string, log: RecordLog) {
    const store = makeRedisSpendStore(redis.client, name);
    return new Ledger({ store, log, clock: () => 5_000, logger: silent, times });
  }

  /** As the gateway does: booked and logged in one turn. */
  async function spend(ledger: Ledger, log: RecordLog, id: string, nano: number): Promise<void> {
    log.append(aRecord({ id, 'time.at': 1_000, 'cost.nano_usd': nano, 'caller.team': 'search' }));
    await ledger.settle(id, [], ledger.spendsOf(caller, 1_000, cost(nano)));
  }

  it('are filled from the log once, by the first of many', async () => {
    const log = makeMemoryRecordLog();
    log.append(aRecord({ id: 'before', 'time.at': 500, 'cost.nano_usd': 40 }));
    const name = prefix();
    const gateways = [aGateway(name, log), aGateway(name, log), aGateway(name, log)];
    await Promise.all(gateways.map((one) => one.follow([budget])));
    for (const [index, one] of gateways.entries()) await spend(one, log, `r${index}`, 1 + index);
    for (const one of gateways)
      expect(await one.standingOf('all', 5_000)).toMatchObject({ spent: 46, reserved: 0 });
  });

  it('are filled anew when Redis has lost them, and agree with the log', async () => {
    const log = makeMemoryRecordLog();
    const name = prefix();
    const [one, other] = [aGateway(name, log), aGateway(name, log)];
    await Promise.all([one.follow([budget]), other.follow([budget])]);
    await spend(one, log, 'a', 10);
    await spend(other, log, 'b', 20);
    await redis.client.flushall();
    const ask = {
      account: one.book.all[0]!.account,
      slice: 'total',
      counted: ['total'],
      limit: 100,
      amount: 1,
    };
    await expect(one.store.take('x', [ask], 5_000)).rejects.toBeInstanceOf(StoreDown);
    await one.ready();
    expect(await other.standingOf('all', 5_000)).toMatchObject({ spent: 30 });
    expect(await one.store.take('y', [ask], 5_000)).toMatchObject({ kind: 'taken' });
  });

  it('lose nothing and count nothing twice while they are filled under traffic', async () => {
    const log = makeMemoryRecordLog();
    const name = prefix();
    const [one, other] = [aGateway(name, log), aGateway(name, log)];
    const filling = Promise.all([one.follow([budget]), other.follow([budget])]);
    let sum = 0;
    const spending = Promise.all(
      Array.from({ length: 200 }, (_, index) => {
        sum += index;
        return spend(index % 2 === 0 ? one : other, log, `t${index}`, index);
      }),
    );
    await Promise.all([filling, spending]);
    expect(await one.standingOf('all', 5_000)).toMatchObject({ spent: sum });
  });
});
