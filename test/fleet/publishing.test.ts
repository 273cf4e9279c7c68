import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Fleet, startFleet } from './support/a-fleet.ts';
import { aModelServer, type ModelServer } from './support/a-model-server.ts';
import { api, ask, until } from './support/calls.ts';
import { numbered, publish } from './support/publishing.ts';
import { type Traffic, traffic } from './support/traffic.ts';

const free = 'wb-publishing-free-0123456789';
const tight = 'wb-publishing-tight-0123456789';
const rated = 'wb-publishing-rated-0123456789';
const hourMs = 3_600_000;

let models: ModelServer;
let fleet: Fleet;
let pool: pg.Pool;
let newest = 0;
beforeAll(async () => {
  models = await aModelServer(5);
  const priced = (id: string) => ({ id, price_usd_per_million: { input: 1, output: 10 } });
  fleet = await startFleet(2, {
    config: {
      policies: 'policies',
      providers: [
        {
          id: 'local',
          kind: 'openai-compatible',
          base_url: models.url,
          api_key: 'none',
          models: ['cheap', 'slow', 'broken'].map(priced),
        },
      ],
      teams: [{ id: 'free' }, { id: 'tight', budget: { usd: 0.0015, window: 'hour' } }, { id: 'rated' }],
      keys: [
        { id: 'free', team: 'free', secret: free },
        { id: 'tight', team: 'tight', secret: tight },
        { id: 'rated', team: 'rated', secret: rated, rpm: 3 },
      ],
    },
  });
  pool = new pg.Pool({ connectionString: fleet.databaseUrl, max: 2 });
  newest = await publish(urlOf(0), 'main', numbered('local/cheap', 1));
  await api(urlOf(0), 'PUT', '/deployments/auto', { policy: 'main', version: null });
  await Promise.all(fleet.gateways.map(({ url }) => serves(url, newest)));
}, 180_000);
afterAll(async () => {
  await pool?.end();
  await fleet?.close();
  await models?.close();
});

const urlOf = (index: number) => fleet.gateways[index]?.url ?? '';
const body = { model: 'auto', max_tokens: 10 };

/** Answers once a gateway serves this version. */
function serves(url: string, version: number) {
  return until(
    () => ask(url, free, body),
    (answer) => answer.status === 200 && answer.version === String(version),
  );
}

/** A client at each of the two gateways; whatever else happens, they are answered. */
function everywhere(asked: object = body): { stop(): Promise<void> } & Pick<Traffic, 'more'> {
  const clients = fleet.gateways.map(({ url }) => traffic(url, free, asked));
  onTestFinished(async () => void (await Promise.all(clients.map((client) => client.stop()))));
  return {
    more: async (count) => void (await Promise.all(clients.map((client) => client.more(count)))),
    stop: async () => {
      const answers = (await Promise.all(clients.map((client) => client.stop()))).flat();
      expect(answers.filter((answer) => !answer.startsWith('200 '))).toEqual([]);
    },
  };
}

/** Holds what every change has to take, until it is let go. */
async function holdChanges() {
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query('SELECT 1 FROM waybill_head FOR UPDATE');
  const letGo = async () => {
    await client.query('ROLLBACK');
    client.release();
  };
  const someoneWaits = () =>
    until(
      async () => {
        const { rows } = await pool.query(
          `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE wait_event_type = 'Lock'`,
        );
        return rows[0].waiting;
      },
      (waiting) => waiting > 0,
    );
  return { letGo, someoneWaits };
}

const readiness = async (url: string) => {
  const response = await fetch(`${url}/readyz`);
  const { ready, problems } = (await response.json()) as { ready: boolean; problems: string[] };
  return { status: response.status, ready, told: problems.join('\n') };
};

const metric = async (url: string, line: RegExp) =>
  Number(line.exec(await (await fetch(`${url}/metrics`)).text())?.[1]);

describe('publishing while', () => {
  it('the gateway that does it is killed: it serves nowhere, and the others go on', async () => {
    const killed = await fleet.join();
    newest = await publish(killed.url, 'main', numbered('local/cheap', 2));
    await Promise.all(fleet.gateways.map(({ url }) => serves(url, newest)));
    const clients = everywhere();
    const held = await holdChanges();
    const publishing = publish(killed.url, 'main', numbered('local/cheap', 3)).catch(() => null);
    await held.someoneWaits();
    await killed.end('SIGKILL');
    await held.letGo();
    expect(await publishing).toBeNull();
    // What it held is free, and nothing of it is there.
    const next = await publish(urlOf(1), 'main', numbered('local/cheap', 4));
    expect(next).toBe(newest + 1);
    newest = next;
    await Promise.all(fleet.gateways.map(({ url }) => serves(url, newest)));
    await clients.stop();
    const { versions } = await api(urlOf(0), 'GET', '/policies/main');
    expect(versions.map(({ version }: { version: number }) => version)).toEqual([3, 2, 1]);
  }, 60_000);

  it('PostgreSQL is slow: it waits and serves everywhere, or is refused in 5 s and serves nowhere', async () => {
    const clients = everywhere();
    const short = await holdChanges();
    const waiting = publish(urlOf(0), 'main', numbered('local/cheap', 5));
    await short.someoneWaits();
    await clients.more(1);
    await short.letGo();
    newest = await waiting;
    await Promise.all(fleet.gateways.map(({ url }) => serves(url, newest)));

    const long = await holdChanges();
    await expect(publish(urlOf(0), 'main', numbered('local/cheap', 6))).rejects.toThrow(
      /503.*store_down.*busy with another change/,
    );
    await long.letGo();
    await clients.more(5);
    await clients.stop();
    for (const { url } of fleet.gateways) {
      expect((await ask(url, free, body)).version).toBe(String(newest));
      expect((await api(url, 'GET', '/policies/main')).versions[0].version).toBe(newest);
    }
  }, 60_000);

  it('PostgreSQL does not answer: gateways say so and go on serving, and it is there afterwards', async () => {
    const clients = everywhere();
    const [first, second] = [urlOf(0), urlOf(1)];
    const draft = await api(first, 'GET', '/policies/main');
    fleet.stallPostgres(true);
    const publishing = api(first, 'POST', '/policies/main/publish', {
      revision: draft.revision,
      note: 'Into the silence.',
    }).catch((cause: unknown) => String(cause));
    const told = await readiness(second);
    expect(told).toMatchObject({ status: 200, ready: true });
    expect(told.told).toContain('PostgreSQL cannot be reached (no answer in 2 s)');
    expect(await metric(second, /^waybill_store_up\{store="postgres"\} (\S+)$/m)).toBe(0);
    await clients.more(5);
    fleet.stallPostgres(false);
    await publishing;
    await until(
      () => readiness(second),
      ({ told }) => told === '',
    );
    newest = await publish(second, 'main', numbered('local/cheap', 7));
    await Promise.all(fleet.gateways.map(({ url }) => serves(url, newest)));
    await clients.stop();
  }, 60_000);
});

describe('a policy file', () => {
  it('that is edited serves on every gateway as one version, without a request dropped; a broken one changes nothing', async () => {
    const file = join(fleet.folder, 'policies', 'filed.policy.json');
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
        fleet.gateways.map(({ url }) =>
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
    for (const { url } of fleet.gateways) {
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
    for (const { url } of fleet.gateways)
      await until(
        () => readiness(url),
        ({ told }) => told === '',
      );
    await clients.stop();
    const { versions } = await api(urlOf(0), 'GET', '/policies/filed');
    expect(versions).toHaveLength(3);
  }, 60_000);
});

describe('a gateway whose clock is an hour ahead', () => {
  it('goes by PostgreSQL’s: leases, limits, windows, schedules and records are as everywhere', async () => {
    const skewed = await fleet.join({ clockAheadMs: hourMs });
    const told = await readiness(skewed.url);
    expect(told.ready).toBe(true);
    expect(told.told).toMatch(/clock is 3\d\d\d s ahead of PostgreSQL/);
    expect(await metric(skewed.url, /^waybill_clock_ahead_seconds (\S+)$/m)).toBeGreaterThan(3_000);

    // A lease of a request that runs elsewhere is not taken for one that nobody gave back.
    const running = ask(urlOf(0), tight, { model: 'local/slow', max_tokens: 100 });
    await until(
      () => budget(urlOf(0)),
      ({ reservedNanoUsd }) => reservedNanoUsd > 0,
    );
    expect((await ask(skewed.url, tight, { model: 'local/cheap', max_tokens: 100 })).status).toBe(429);
    models.letGo();
    expect((await running).status).toBe(200);
    const [here, there] = [await budget(urlOf(0)), await budget(skewed.url)];
    expect([there.from, there.until]).toEqual([here.from, here.until]);

    // A minute's requests are counted in the same minute.
    for (let turn = 0; turn < 3; turn += 1) expect((await ask(urlOf(1), rated, body)).status).toBe(200);
    expect((await ask(skewed.url, rated, body)).status).toBe(429);

    // What is due in half an hour waits, and a record says when its request came.
    const due = new Date(Date.now() + hourMs / 2).toISOString();
    await publish(skewed.url, 'later', numbered('local/cheap', 1), { due });
    const asked = Date.now();
    expect((await ask(skewed.url, free, { ...body, user: 'skewed' })).status).toBe(200);
    const { records } = await until(
      () => api(skewed.url, 'GET', '/records?limit=5&user=skewed'),
      ({ records: found }) => found.length > 0,
    );
    expect(Math.abs(records[0]['time.at'] - asked)).toBeLessThan(hourMs / 4);
    expect((await api(urlOf(0), 'GET', '/policies/later')).versions).toEqual([]);
  }, 60_000);
});

const budget = async (url: string) => {
  const { budgets } = await api(url, 'GET', '/budgets');
  return budgets.find(({ id }: { id: string }) => id === 'team:tight');
};

describe('a canary on several gateways', () => {
  const guards = { error_rate: 0.02, latency: null, cost: null };
  const rollout = (...shares: readonly number[]) => ({
    rollout: { steps: shares.map((share) => ({ share, minutes: 10_000 })), guards, min_requests: 0 },
  });
  const askAs = (index: number, user: string) =>
    ask(urlOf(index), free, { ...body, user, messages: [{ role: 'user', content: `I am ${user}.` }] });
  /** The figures of the one rollout under way, as a gateway has them. */
  const figures = async (url: string) => {
    const { running } = await api(url, 'GET', '/rollouts');
    return running[0]?.figures;
  };
  const isKnown = (shares: number) =>
    Promise.all(
      fleet.gateways.map(({ url }) =>
        until(
          () => api(url, 'GET', '/rollouts'),
          ({ running }) =>
            running.length === (shares > 0 ? 1 : 0) && (running[0]?.rollout.step ?? 0) === shares - 1,
        ).catch(() => undefined),
      ),
    );

  it('keeps a conversation on its side on every gateway, and whom it had when its share rises', async () => {
    const candidate = await publish(urlOf(0), 'main', numbered('local/cheap', 9), rollout(0.3, 0.7));
    await isKnown(1);
    const sides = async () => {
      const versions: string[] = [];
      for (let person = 0; person < 30; person += 1) {
        const [here, there] = await Promise.all([askAs(0, `p${person}`), askAs(1, `p${person}`)]);
        expect(there.version).toBe(here.version);
        versions.push(here.version);
      }
      return versions;
    };
    const before = await sides();
    expect(new Set(before)).toEqual(new Set([String(newest), String(candidate)]));
    await api(urlOf(1), 'PUT', '/deployments/auto/rollout', { step: 1 });
    await isKnown(2);
    const after = await sides();
    const kept = before.flatMap((version, person) => (version === String(candidate) ? [after[person]] : []));
    expect(new Set(kept)).toEqual(new Set([String(candidate)]));
    await api(urlOf(1), 'POST', '/deployments/auto/rollout/end', { outcome: 'promoted' });
    newest = candidate;
    await Promise.all(fleet.gateways.map(({ url }) => serves(url, newest)));
  }, 60_000);

  it('is judged by what all have seen together, once, and taken back everywhere', async () => {
    await publish(urlOf(0), 'main', { only: { kind: 'model', target: 'local/broken' } }, rollout(0.5));
    await isKnown(1);
    // Too few for a judgement; each gateway took half of them, and knows of all.
    for (let person = 0; person < 40; person += 1) await askAs(person % 2, `q${person}`);
    for (const { url } of fleet.gateways)
      await until(
        () => figures(url),
        ({ baseline, candidate }) => baseline.requests + candidate.requests >= 40,
      );
    const clients = fleet.gateways.map((_, index) => {
      let person = 0;
      return until(
        async () => {
          person += 1;
          await askAs(index, `r${index}-${person}`);
          return figures(urlOf(index));
        },
        (running) => running === undefined,
      );
    });
    await Promise.all(clients);
    for (const { url } of fleet.gateways) {
      await serves(url, newest);
      const { ended } = await api(url, 'GET', '/rollouts');
      const last = ended.find(({ outcome }: { outcome: string }) => outcome === 'rolled_back');
      expect(last.reason).toMatch(/requests failed under the candidate/);
    }
    const { entries } = await api(urlOf(1), 'GET', '/audit?action=rollout.roll_back&limit=10');
    expect(entries).toHaveLength(1);
    for (let person = 0; person < 10; person += 1)
      expect((await askAs(person % 2, `s${person}`)).version).toBe(String(newest));
  }, 60_000);
});

describe('publishing', () => {
  it('while Redis is away serves everywhere in spite of it, and gateways say what that means', async () => {
    const clients = everywhere();
    await fleet.redis.kill();
    newest = await publish(urlOf(0), 'main', numbered('local/cheap', 8));
    // An alias whose rollout was taken back stays where it was until it is told otherwise.
    await api(urlOf(0), 'PUT', '/deployments/auto', { policy: 'main', version: null });
    await Promise.all(fleet.gateways.map(({ url }) => serves(url, newest)));
    const told = await readiness(urlOf(1));
    expect(told).toMatchObject({ status: 200, ready: true });
    expect(told.told).toContain('Redis cannot be reached');
    expect(await metric(urlOf(1), /^waybill_store_up\{store="redis"\} (\S+)$/m)).toBe(0);
    await fleet.redis.restart();
    await until(
      () => readiness(urlOf(1)),
      ({ told: left }) => left === '',
    );
    await clients.stop();
  }, 60_000);
});
