import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { KeptSimulation } from '#server/contract/index.ts';
import { openSimulationFiles } from '#server/store/simulation-files.ts';
import { makeMemorySimulationStore, type SimulationStore } from '#server/store/simulation-store.ts';
import { anInvited, anOwner } from '../../governance/people/a-person.ts';
import { aDraft, aServer } from '../a-server.ts';

const opus = aDraft('anthropic/claude-opus-5');

async function keptOn(server: Awaited<ReturnType<typeof aServer>>) {
  const { status, body } = await server.call('POST', '/api/simulations', {
    name: 'All to Opus',
    candidate: { policy: opus },
  });
  expect(status).toBe(201);
  return body as KeptSimulation;
}

describe('a kept what-if', () => {
  it('is listed, and read again as it was', async () => {
    const server = await aServer({ records: 300 });
    const kept = await keptOn(server);
    expect(kept.result.records).toBe(300);
    const { body } = await server.call('GET', '/api/simulations?policy=draft');
    expect(body.simulations).toMatchObject([{ id: kept.id, name: 'All to Opus', by: 'local', records: 300 }]);
    expect(body.simulations[0].result).toBeUndefined();
    expect((await server.call('GET', `/api/simulations/${kept.id}`)).body).toEqual(kept);
    expect((await server.call('GET', '/api/simulations?policy=other')).body.simulations).toEqual([]);
    expect((await server.call('GET', '/api/simulations/nobody')).status).toBe(404);
  });

  it('tells all its changed decisions page by page, cut by a filter, and as a file', async () => {
    const server = await aServer({ records: 300 });
    const { id, result } = await keptOn(server);
    const first = await server.call('GET', `/api/simulations/${id}/changes?limit=120`);
    expect(first.body).toMatchObject({ total: result.changed, next: 120 });
    expect(first.body.changes).toEqual(result.changes.slice(0, 120));
    const rest = await server.call('GET', `/api/simulations/${id}/changes?limit=1000&cursor=120`);
    expect(rest.body.next).toBeNull();
    const all = [...first.body.changes, ...rest.body.changes];
    expect(new Set(all.map((one: { id: string }) => one.id)).size).toBe(result.changed);
    const { team } = all[0];
    const cut = await server.call('GET', `/api/simulations/${id}/changes?limit=1000&team=${team}`);
    expect(cut.body.changes).toEqual(all.filter((one: { team: string }) => one.team === team));
    const file = await server.call('GET', `/api/simulations/${id}/changes.csv?team=${team}`);
    expect(file.headers.get('content-type')).toContain('text/csv');
    expect(file.body.trim().split('\n').length).toBe(cut.body.total + 1);
  });

  it('rehearses a bad day: keeps what was injected, and tells the same decisions again', async () => {
    const server = await aServer({ records: 300 });
    const incidents = [
      { kind: 'outage', target: 'anthropic/*', error: 'timeout' },
      { kind: 'traffic', factor: 2 },
      { kind: 'price', target: 'anthropic/*', factor: 3 },
    ];
    const budgets = [{ per: 'organisation', limit_usd: 1e6, window: 'day', enforcement: 'hard' }];
    const { status, body: kept } = await server.call('POST', '/api/simulations', {
      candidate: { policy: opus },
      incidents,
      budgets,
    });
    expect(status).toBe(201);
    expect(kept).toMatchObject({ incidents, budgets, records: 600 });
    expect(kept.result).toMatchObject({ incidents, refused: { after: 0 } });
    expect(kept.result.errors.after).toBeGreaterThanOrEqual(600);
    expect((await server.call('GET', `/api/simulations/${kept.id}`)).body).toEqual(kept);
    const { body: page } = await server.call('GET', `/api/simulations/${kept.id}/changes?limit=200`);
    expect(page).toMatchObject({ total: kept.result.changed, changes: kept.result.changes });
    const { body: heads } = await server.call('GET', '/api/simulations');
    expect(heads.simulations).toMatchObject([{ id: kept.id, incidents, budgets }]);
  });

  it('without incidents is another question than with them', async () => {
    const server = await aServer({ records: 100 });
    const body = { candidate: { policy: opus } };
    const { body: fine } = await server.call('POST', '/api/simulations', body);
    const { body: bad } = await server.call('POST', '/api/simulations', {
      ...body,
      incidents: [{ kind: 'outage', target: '*' }],
    });
    const changesOf = async (id: string) =>
      (await server.call('GET', `/api/simulations/${id}/changes?limit=200`)).body.changes;
    expect(await changesOf(fine.id)).toEqual(fine.result.changes);
    expect(await changesOf(bad.id)).toEqual(bad.result.changes);
    expect(bad.result.changes).not.toEqual(fine.result.changes);
  });

  it('refuses an incident that is none, and says where', async () => {
    const server = await aServer();
    const { status, body } = await server.call('POST', '/api/simulate', {
      candidate: { policy: opus },
      incidents: [{ kind: 'outage', target: 'openai/*', from: 'noon' }],
    });
    expect(status).toBe(400);
    expect(body.error.message).toContain('incidents.0.from');
  });

  it('says so when the log no longer holds the same requests', async () => {
    const server = await aServer({ records: 50 });
    const kept = await keptOn(server);
    await server.open.installation.simulations.put({
      ...kept,
      id: 'moved',
      result: { ...kept.result, records_hash: 'other' },
    });
    expect(await server.call('GET', '/api/simulations/moved/changes')).toMatchObject({
      status: 409,
      body: { error: { code: 'records_changed' } },
    });
  });

  it('is named by the version that was published on it, and compared with what happened', async () => {
    const server = await aServer({ records: 100 });
    await server.call('POST', '/api/policies', { name: 'Draft', id: 'draft', policy: opus });
    const { id, result } = await keptOn(server);
    expect((await server.call('GET', `/api/simulations/${id}/outcome`)).body.published).toBeNull();
    const published = await server.call('POST', '/api/policies/draft/publish', {
      revision: 1,
      simulation: id,
    });
    expect(published.body.versions[0].simulation).toBe(id);
    const { body } = await server.call('GET', `/api/simulations/${id}/outcome`);
    expect(body).toMatchObject({
      published: { policy: 'draft', version: 1, judged_by: true },
      requests: 0,
      within: null,
      cost_per_request: { forecast: result.cost_nano_usd.after / 100, actual: null },
    });
  });

  it('of another draft is not what a version was judged by', async () => {
    const server = await aServer({ records: 20 });
    await server.call('POST', '/api/policies', { name: 'Draft', id: 'draft', policy: aDraft() });
    const { id } = await keptOn(server);
    expect(
      await server.call('POST', '/api/policies/draft/publish', { revision: 1, simulation: id }),
    ).toMatchObject({ status: 409, body: { error: { code: 'other_policy_simulated' } } });
  });
});

describe('somebody who may read the traffic of one team only', () => {
  it('is told none of the changed decisions, neither page by page nor as a file', async () => {
    const server = await aServer({ records: 50 });
    const { id } = await keptOn(server);
    const owner = await anOwner(server);
    await owner.call('PUT', '/api/teams/search', { name: 'Search', revision: 0 });
    const viewer = await anInvited(server, owner, [{ role: 'viewer', team: 'search' }]);
    for (const path of [
      `/api/simulations/${id}/changes?team=search`,
      `/api/simulations/${id}/changes.csv?team=search`,
    ]) {
      expect((await owner.call('GET', path)).status, path).toBe(200);
      const refused = await viewer.call('GET', path);
      expect(refused, path).toMatchObject({ status: 403, body: { error: { code: 'not_permitted' } } });
      expect(refused.body.error.message).toContain('what_if.run');
    }
  });
});

const stores: readonly (readonly [string, (most: number) => Promise<SimulationStore>])[] = [
  ['in memory', async (most) => makeMemorySimulationStore(most)],
  [
    'in files',
    async (most) => {
      const folder = await mkdtemp(join(tmpdir(), 'simulations-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      return openSimulationFiles(join(folder, 'simulations'), most);
    },
  ],
];

describe.each(stores)('a store of what-ifs %s', (_, open) => {
  it('lists the newest first and lets the oldest go', async () => {
    const server = await aServer({ records: 10 });
    const kept = await keptOn(server);
    const store = await open(2);
    for (const [index, id] of ['a', 'b', 'c'].entries())
      await store.put({ ...kept, id, at: new Date(Date.UTC(2026, 10, 22, index)).toISOString() });
    expect((await store.list()).map(({ id }) => id)).toEqual(['c', 'b']);
    expect(await store.find('a')).toBeUndefined();
    expect(await store.find('b')).toEqual({ ...kept, id: 'b', at: '2026-11-22T01:00:00.000Z' });
    expect(await store.find('../b')).toBeUndefined();
  });
});
