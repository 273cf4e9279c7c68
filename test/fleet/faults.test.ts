import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fleet, startFleet } from './support/a-fleet.ts';
import { aModelServer, type ModelServer } from './support/a-model-server.ts';
import { api, ask, isReady, metric, until } from './support/calls.ts';

const strict = 'wb-faults-strict-0123456789';
const lenient = 'wb-faults-lenient-0123456789';
const free = 'wb-faults-free-0123456789';
const body = { model: 'local/cheap', max_tokens: 100 };

let models: ModelServer;
let fleet: Fleet;
beforeAll(async () => {
  models = await aModelServer(5);
  const price = { input: 1, output: 10 };
  fleet = await startFleet(2, {
    config: {
      providers: [
        {
          id: 'local',
          kind: 'openai-compatible',
          base_url: models.url,
          api_key: 'none',
          models: [
            { id: 'cheap', price_usd_per_million: price },
            { id: 'slow', price_usd_per_million: price },
          ],
        },
      ],
      teams: [{ id: 'strict' }, { id: 'lenient' }, { id: 'free' }],
      keys: [
        { id: 'strict', team: 'strict', secret: strict },
        { id: 'lenient', team: 'lenient', secret: lenient },
        { id: 'free', team: 'free', secret: free },
      ],
      budgets: [
        { id: 'strict', scope: { team: 'strict' }, usd: 100, window: 'month' },
        { id: 'lenient', scope: { team: 'lenient' }, usd: 100, window: 'month', when_store_down: 'allow' },
      ],
    },
  });
}, 180_000);
afterAll(async () => {
  await fleet?.close();
  await models?.close();
});

const statuses = async (secret: string) =>
  Promise.all(fleet.gateways.map(async ({ url }) => (await ask(url, secret, body)).status));

const spentBy = async (id: string): Promise<number> => {
  const { budgets } = await api(fleet.gateways[0]!.url, 'GET', '/budgets');
  return budgets.find((one: { id: string }) => one.id === id).spentNanoUsd;
};

const recordsOf = async (team: string): Promise<number> => {
  const { records } = await api(fleet.url, 'GET', `/records?limit=500&team=${team}`);
  return records.length;
};

/** 10 input and 100 output tokens. */
const cost = 10 * 1_000 + 100 * 10_000;

describe('a fleet', () => {
  it('serves while Redis is away, as every budget says, and books afterwards what was spent meanwhile', async () => {
    expect(await statuses(strict)).toEqual([200, 200]);
    expect(await statuses(lenient)).toEqual([200, 200]);
    expect(await statuses(free)).toEqual([200, 200]);
    await until(
      () => spentBy('lenient'),
      (spent) => spent === 2 * cost,
    );
    await fleet.redis.kill();
    expect(await statuses(free)).toEqual([200, 200]);
    expect(await statuses(lenient)).toEqual([200, 200]);
    expect(await statuses(strict)).toEqual([503, 503]);
    // It comes back with nothing: what was spent is read from the request log.
    await fleet.redis.restart();
    await until(
      () => statuses(strict),
      (all) => all.every((status) => status === 200),
    );
    await until(
      () => statuses(lenient),
      (all) => all.every((status) => status === 200),
    );
    const count = await until(
      () => recordsOf('lenient'),
      (rows) => rows >= 6,
    );
    await until(
      () => spentBy('lenient'),
      (spent) => spent >= 6 * cost,
    );
    expect((await spentBy('lenient')) % cost).toBe(0);
    expect(count).toBeGreaterThanOrEqual(6);
  }, 180_000);

  it('serves while PostgreSQL is away, refuses changes, and loses no record', async () => {
    const before = await until(
      () => recordsOf('free'),
      (rows) => rows >= 4,
    );
    await fleet.postgres.stop();
    for (let turn = 0; turn < 5; turn += 1) expect(await statuses(free)).toEqual([200, 200]);
    const refused = api(fleet.gateways[0]!.url, 'POST', '/policies', { name: 'Not now' });
    await expect(refused).rejects.toThrow(/503.*store_down/);
    await fleet.postgres.start();
    await until(
      () => recordsOf('free').catch(() => 0),
      (rows) => rows === before + 10,
    );
    const made = await until(
      () => api(fleet.gateways[0]!.url, 'POST', '/policies', { name: 'Now', id: 'now' }).catch(() => null),
      (answer) => answer !== null,
    );
    expect(made.policy.id).toBe('now');
    await until(
      () => api(fleet.gateways[1]!.url, 'GET', '/policies').catch(() => ({ policies: [] })),
      ({ policies }) => policies.some(({ id }: { id: string }) => id === 'now'),
    );
  }, 180_000);

  it('lets running requests finish when a gateway is told to end', async () => {
    const leaving = await fleet.join();
    const running = Array.from({ length: 20 }, () =>
      ask(leaving.url, free, { ...body, model: 'local/slow' }),
    );
    await until(
      () => metric(leaving.url, /^waybill_requests_in_flight (\S+)$/m),
      (count) => count === 20,
    );
    const code = leaving.end('SIGTERM');
    await until(
      () => isReady(leaving.url),
      (ready) => !ready,
    );
    models.letGo();
    expect((await Promise.all(running)).map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(await code, leaving.said()).toBe(0);
  }, 180_000);
});
