import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openPostgresConfigStore } from '#server/store/postgres/open-config-store.ts';
import { openPool } from '#server/store/postgres/open-pool.ts';
import { silent } from '../builders.ts';
import { describeConfigStore, withAlias } from '../config-store-conformance.ts';
import { type RunningPostgres, startPostgres } from './a-postgres.ts';

const clock = () => Date.UTC(2026, 10, 22);
const audit = { actor: 'test', action: 'deployment.write', subject: 'auto', before: null, after: null };

let postgres: RunningPostgres;
let made = 0;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.close());

async function open(url: string) {
  const pool = await openPool(url, silent);
  const store = await openPostgresConfigStore({ url, pool, logger: silent, clock });
  onTestFinished(async () => {
    await store.close();
    await pool.end();
  });
  return store;
}

describeConfigStore('PostgreSQL', async () => open(await postgres.database(`store${++made}`)));

describe('a configuration that several gateways share', () => {
  it('is one: a change of one reaches the others, and none is lost when all change at once', async () => {
    const url = await postgres.database(`store${++made}`);
    const gateways = await Promise.all([open(url), open(url), open(url)]);
    expect(new Set(gateways.map((one) => one.read().salt)).size).toBe(1);
    const seen = new Promise<void>((resolve) => {
      gateways[2]?.subscribe(({ deployments }) => {
        if (deployments.length === 30) resolve();
      });
    });
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => gateways[index % 3]?.update(audit, withAlias(`a${index}`))),
    );
    await seen;
    const aliases = gateways[2]?.read().deployments.map(({ alias }) => alias);
    expect(new Set(aliases).size).toBe(30);
    expect(await gateways[1]?.audit.verify()).toMatchObject({ ok: true, entries: 30 });
  });

  it('goes on being read while PostgreSQL is away, refuses changes, and takes them again afterwards', async () => {
    const url = await postgres.database(`store${++made}`);
    const store = await open(url);
    await store.update(audit, withAlias('auto'));
    await postgres.stop();
    expect(store.read().deployments).toHaveLength(1);
    await expect(store.update(audit, withAlias('other'))).rejects.toMatchObject({
      code: 'store_down',
      status: 503,
    });
    await postgres.start();
    await store.update(audit, withAlias('other'));
    expect(store.read().deployments.map(({ alias }) => alias)).toEqual(['auto', 'other']);
    expect(await store.audit.verify()).toMatchObject({ ok: true, entries: 2 });
  });

  it('notices an entry of the audit that was changed in the database', async () => {
    const url = await postgres.database(`store${++made}`);
    const store = await open(url);
    await store.update(audit, withAlias('auto'));
    await store.update(audit, withAlias('other'));
    const pool = await openPool(url, silent);
    onTestFinished(() => pool.end());
    await pool.query(`UPDATE waybill_audit SET entry = replace(entry, 'test', 'nobody') WHERE sequence = 1`);
    expect(await store.audit.verify()).toMatchObject({ ok: false, broken: { sequence: 1, kind: 'changed' } });
  });

  it('keeps the order of what is in a policy', async () => {
    const url = await postgres.database(`store${++made}`);
    const [one, other] = [await open(url), await open(url)];
    const nodes = { zebra: { kind: 'model', target: 'a/b' }, a: { kind: 'model', target: 'a/b' } } as const;
    const policy = { format: 1, id: 'p', name: 'P', entry: 'zebra', nodes, layout: {} } as const;
    const seen = new Promise<void>((resolve) => {
      other.subscribe(({ policies }) => policies.length === 1 && resolve());
    });
    await one.update(audit, (now) => ({
      ...now,
      policies: [{ id: 'p', policy, revision: 1, updatedAt: '', updatedBy: 'test' }],
    }));
    await seen;
    expect(Object.keys(other.read().policies[0]?.policy.nodes ?? {})).toEqual(['zebra', 'a']);
  });
});
