import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api, ask, metric, until } from './support/calls.ts';
import { describeCanary } from './support/describe-canary.ts';
import { describeClock } from './support/describe-clock.ts';
import { numbered, publish } from './support/publishing.ts';
import {
  body,
  everywhere,
  free,
  here,
  holdChanges,
  readiness,
  serves,
  start,
  stop,
  urlOf,
} from './support/publishing-fleet.ts';

beforeAll(start, 180_000);
afterAll(stop);

describe('publishing while', () => {
  it('the gateway that does it is killed: it serves nowhere, and the others go on', async () => {
    const killed = await here().fleet.join();
    here().newest = await publish(killed.url, 'main', numbered('local/cheap', 2));
    await Promise.all(here().fleet.gateways.map(({ url }) => serves(url, here().newest)));
    const clients = everywhere();
    const held = await holdChanges();
    const publishing = publish(killed.url, 'main', numbered('local/cheap', 3)).catch(() => null);
    await held.someoneWaits();
    await killed.end('SIGKILL');
    await held.letGo();
    expect(await publishing).toBeNull();
    // What it held is free, and nothing of it is there.
    const next = await publish(urlOf(1), 'main', numbered('local/cheap', 4));
    expect(next).toBe(here().newest + 1);
    here().newest = next;
    await Promise.all(here().fleet.gateways.map(({ url }) => serves(url, here().newest)));
    await clients.stop();
    const { versions } = await api(urlOf(0), 'GET', '/policies/main');
    expect(versions.map(({ version }: { version: number }) => version)).toEqual([3, 2, 1]);
  }, 180_000);

  it('PostgreSQL is slow: it waits and serves everywhere, or is refused in 5 s and serves nowhere', async () => {
    const clients = everywhere();
    const short = await holdChanges();
    const waiting = publish(urlOf(0), 'main', numbered('local/cheap', 5));
    await short.someoneWaits();
    await clients.more(1);
    await short.letGo();
    here().newest = await waiting;
    await Promise.all(here().fleet.gateways.map(({ url }) => serves(url, here().newest)));

    const long = await holdChanges();
    await expect(publish(urlOf(0), 'main', numbered('local/cheap', 6))).rejects.toThrow(
      /503.*store_down.*busy with another change/,
    );
    await long.letGo();
    await clients.more(5);
    await clients.stop();
    for (const { url } of here().fleet.gateways) {
      expect((await ask(url, free, body)).version).toBe(String(here().newest));
      expect((await api(url, 'GET', '/policies/main')).versions[0].version).toBe(here().newest);
    }
  }, 180_000);

  it('PostgreSQL does not answer: gateways say so and go on serving, and it is there afterwards', async () => {
    const clients = everywhere();
    const [first, second] = [urlOf(0), urlOf(1)];
    const draft = await api(first, 'GET', '/policies/main');
    here().fleet.stallPostgres(true);
    const publishing = api(first, 'POST', '/policies/main/publish', {
      revision: draft.revision,
      note: 'Into the silence.',
    }).catch((cause: unknown) => String(cause));
    const told = await readiness(second);
    expect(told).toMatchObject({ status: 200, ready: true });
    expect(told.told).toContain('PostgreSQL cannot be reached (no answer in 2 s)');
    expect(await metric(second, /^waybill_store_up\{store="postgres"\} (\S+)$/m)).toBe(0);
    await clients.more(5);
    here().fleet.stallPostgres(false);
    await publishing;
    await until(
      () => readiness(second),
      ({ told }) => told === '',
    );
    here().newest = await publish(second, 'main', numbered('local/cheap', 7));
    await Promise.all(here().fleet.gateways.map(({ url }) => serves(url, here().newest)));
    await clients.stop();
  }, 180_000);
});

describe('a policy file', () => {
  it('that is edited serves on every gateway as one version, without a request dropped; a broken one changes nothing', async () => {
    const file = join(here().fleet.folder, 'policies', 'filed.policy.json');
    const save = (maximum: number) => {
      const only = { kind: 'model', target: 'local/cheap', parameters: { max_output_tokens: maximum } };
      writeFileSync(
        file,
        JSON.stringify({ format: 1, id: 'filed', name: 'Filed', entry: 'only', nodes: { only } }),
      );
    };
    const askFiled = (url: string) => ask(url, free, { ...body, model: 'policy/filed' });
    const serveFiled = (version: number) =>
      Promise.all(
        here().fleet.gateways.map(({ url }) =>
          until(
            () => askFiled(url),
            (answer) => answer.version === String(version),
          ),
        ),
      );
    save(50);
    await serveFiled(1);
    const clients = everywhere({ ...body, model: 'policy/filed' });
    save(60);
    await serveFiled(2);
    writeFileSync(file, '{ "format": 1, ');
    for (const { url } of here().fleet.gateways) {
      const told = await until(
        () => readiness(url),
        ({ told: said }) => said.includes('filed.policy.json'),
      );
      expect(told).toMatchObject({ status: 200, ready: true });
      expect(told.told).toMatch(
        /filed\.policy\.json has errors: This is not JSON.*last good version keeps serving/,
      );
      expect((await askFiled(url)).version).toBe('2');
    }
    save(70);
    await serveFiled(3);
    for (const { url } of here().fleet.gateways)
      await until(
        () => readiness(url),
        ({ told }) => told === '',
      );
    await clients.stop();
    const { versions } = await api(urlOf(0), 'GET', '/policies/filed');
    expect(versions).toHaveLength(3);
  }, 180_000);
});

describeClock();
describeCanary();

describe('publishing', () => {
  it('while Redis is away serves everywhere in spite of it, and gateways say what that means', async () => {
    const clients = everywhere();
    await here().fleet.redis.kill();
    here().newest = await publish(urlOf(0), 'main', numbered('local/cheap', 8));
    // An alias whose rollout was taken back stays where it was until it is told otherwise.
    await api(urlOf(0), 'PUT', '/deployments/auto', { policy: 'main', version: null });
    await Promise.all(here().fleet.gateways.map(({ url }) => serves(url, here().newest)));
    const told = await readiness(urlOf(1));
    expect(told).toMatchObject({ status: 200, ready: true });
    expect(told.told).toContain('Redis cannot be reached');
    expect(await metric(urlOf(1), /^waybill_store_up\{store="redis"\} (\S+)$/m)).toBe(0);
    await here().fleet.redis.restart();
    await until(
      () => readiness(urlOf(1)),
      ({ told: left }) => left === '',
    );
    await clients.stop();
  }, 180_000);
});
