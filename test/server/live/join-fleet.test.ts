import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { PlanLimit, Step } from '#engine/plan/index.ts';
import { HealthTracker, RetryBudgets, SessionMemory } from '#engine/plan/index.ts';
import { signalsFrom } from '#engine/signals/index.ts';
import type { TrafficEvent } from '#server/contract/index.ts';
import { joinFleet } from '#server/live/join-fleet.ts';
import { LimitCounters } from '#server/live/limit-counters.ts';
import { makeRedisBus } from '#server/store/redis/make-redis-bus.ts';
import { makeTrafficFeed } from '#server/telemetry/traffic-feed.ts';
import { until } from '../../fleet/support/calls.ts';
import { silent } from '../store/builders.ts';
import { type RunningRedis, startRedis } from '../store/redis/a-redis.ts';

const now = Date.UTC(2026, 10, 22, 12, 0, 30);
const limit: PlanLimit = { node: 'cap', amount: 5, unit: 'requests', per: null, window: 'minute' };
const path: readonly Step[] = [{ node: 'cap', port: 'within', undetermined: false }];
const signals = signalsFrom({});
const failure = { outcome: 'server_error', firstTokenMs: null, outputTokens: 0, writingMs: 0 } as const;

let redis: RunningRedis;
let made = 0;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.close());

async function aGateway(name: string, clock = () => now, askAgainMs = 50) {
  const live = {
    health: new HealthTracker(clock, () => ['*']),
    sessions: new SessionMemory(),
    limits: new LimitCounters(),
    retries: new RetryBudgets(),
  };
  const feed = makeTrafficFeed();
  const own = new Redis(redis.url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, lazyConnect: true });
  own.on('error', () => undefined);
  await own.connect();
  const bus = await makeRedisBus(own, name, silent);
  // Only of the line it asks by: the line it listens on has its settings already.
  own.options.retryStrategy = () => askAgainMs;
  const fleet = joinFleet({ bus, live, feed, clock, logger: silent, scheduled: false });
  onTestFinished(async () => {
    await fleet.close();
    own.disconnect();
  });
  return {
    live,
    feed,
    tell: fleet.tell,
    pass: () => live.limits.pass('p', [limit], path, signals, clock()),
    used: async () => live.limits.used('p', [limit], signals, clock()).cap,
  };
}

describe('gateways of a fleet', () => {
  it('count a limit together, whoever lets a request through, and one that joins later knows', async () => {
    const name = `fleet${++made}`;
    const [one, other] = [await aGateway(name), await aGateway(name)];
    one.pass();
    one.pass();
    other.pass();
    expect([await one.used(), await other.used()]).toEqual([2, 1]);
    await Promise.all([one.tell(), other.tell()]);
    await until(one.used, (used) => used === 3);
    await until(other.used, (used) => used === 3);
    const late = await aGateway(name);
    await until(late.used, (used) => used === 3);
  });

  it('go on counting while Redis is away, and know everything again when it is back with nothing', async () => {
    const name = `fleet${++made}`;
    const [one, other] = [await aGateway(name), await aGateway(name)];
    one.pass();
    await one.tell();
    await until(other.used, (used) => used === 1);
    await redis.kill();
    one.pass();
    await one.tell();
    expect(await one.used()).toBe(2);
    await redis.restart();
    await until(
      async () => {
        await one.tell();
        return other.used();
      },
      (used) => used === 2,
    );
    expect(await one.used()).toBe(2);
  });

  it('learn what they missed, though they can ask only some time after they hear again', async () => {
    const name = `fleet${++made}`;
    const [one, other] = [await aGateway(name), await aGateway(name, () => now, 1_500)];
    await redis.kill();
    one.pass();
    await redis.restart();
    const late = await aGateway(name);
    await until(
      async () => {
        await one.tell();
        return late.used();
      },
      (used) => used === 1,
    );
    await until(other.used, (used) => used === 1);
  });

  it('count by the window of each request, however their clocks differ', async () => {
    const name = `fleet${++made}`;
    let time = now;
    const [one, ahead] = [await aGateway(name, () => time), await aGateway(name, () => now + 60_000)];
    one.pass();
    ahead.pass();
    ahead.pass();
    await Promise.all([one.tell(), ahead.tell()]);
    // Whoever comes late reads everything: the sums of both windows have arrived.
    const late = await aGateway(name, () => now + 60_000);
    await until(late.used, (used) => used === 2);
    await one.tell();
    expect([await one.used(), await ahead.used()]).toEqual([1, 2]);
    time += 60_000;
    await one.tell();
    expect(await one.used()).toBe(2);
  });

  it('hear of a breaker that opens elsewhere, and find out for themselves', async () => {
    const name = `fleet${++made}`;
    let time = now;
    const [one, other] = [await aGateway(name, () => time), await aGateway(name, () => time)];
    for (let call = 0; call < 5; call += 1) one.live.health.report('a/b', failure);
    await one.tell();
    await until(
      async () => other.live.health.ask('a/b').permit,
      (permit) => permit === 'no',
    );
    time += 5_000;
    expect(other.live.health.ask('a/b').permit).toBe('probe');
    other.live.health.report('a/b', { ...failure, outcome: 'served' });
    expect(other.live.health.ask('a/b').permit).toBe('yes');
    // The other's line was bad: it is not listened to again for a while.
    other.live.health.hint('a/b');
    expect(other.live.health.ask('a/b').permit).toBe('yes');
  });

  it('see the requests of all, each once', async () => {
    const name = `fleet${++made}`;
    const [one, other] = [await aGateway(name), await aGateway(name)];
    const seen = { one: [] as string[], other: [] as string[] };
    one.feed.subscribe(({ id }) => seen.one.push(id));
    other.feed.subscribe(({ id }) => seen.other.push(id));
    one.feed.publish(anEvent('a'));
    other.feed.publish(anEvent('b'));
    await Promise.all([one.tell(), other.tell()]);
    await until(
      async () => [seen.one.length, seen.other.length],
      ([left, right]) => left === 2 && right === 2,
    );
    expect(seen).toEqual({ one: ['a', 'b'], other: ['b', 'a'] });
  });
});

function anEvent(id: string): TrafficEvent {
  return {
    id,
    team: 't',
    policy: 'p',
    version: 1,
    path: '',
    target: 'a/b',
    status: 'served',
    costNanoUsd: 1,
    latencyMs: 1,
    at: now,
    sandbox: false,
  };
}
