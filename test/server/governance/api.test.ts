import { describe, expect, it } from 'vitest';
import { loadConfig } from '#server/config/config.ts';
import { shortBudget } from '#server/governance/budgets/read-budget.ts';
import { aServer } from '../api/a-server.ts';
import { aRecord } from '../store/builders.ts';

const monthly = { scope: { team: 'search' }, usd: 0.5, window: 'month', revision: 0 };
const file = {
  ...loadConfig({}).config.file,
  teams: [{ id: 'ops', name: 'Ops' }],
  budgets: [shortBudget('team', 'ops', { usd: 3, window: 'day' })],
};

describe('budgets in the API', () => {
  it('are in force when they have been written, with what was spent before', async () => {
    const { call, log } = await aServer();
    log.append(aRecord({ 'time.at': Date.now(), 'caller.team': 'search', 'cost.nano_usd': 123 }));
    log.append(aRecord({ 'time.at': Date.now(), 'caller.team': 'ops', 'cost.nano_usd': 7 }));
    const written = await call('PUT', '/api/budgets/search-2026', monthly);
    expect(written.status).toBe(200);
    expect(written.body).toMatchObject({
      id: 'search-2026',
      usd: 0.5,
      zone: 'UTC',
      enforcement: 'hard',
      origin: 'studio',
      revision: 1,
      limitNanoUsd: 500_000_000,
      spentNanoUsd: 123,
      reservedNanoUsd: 0,
    });
    const rolling = {
      ...monthly,
      kind: 'rolling',
      window: 'hour',
      scope: { organisation: true },
      revision: 1,
    };
    expect((await call('PUT', '/api/budgets/search-2026', rolling)).body).toMatchObject({
      spentNanoUsd: 130,
    });
  });

  it('are changed from the revision that is there, and every change is on record', async () => {
    const { call, open } = await aServer();
    await call('PUT', '/api/budgets/all', monthly);
    const stale = await call('PUT', '/api/budgets/all', { ...monthly, usd: 9 });
    expect([stale.status, stale.body.error.code, stale.body.error.revision]).toEqual([
      409,
      'revision_conflict',
      1,
    ]);
    expect((await call('PUT', '/api/budgets/all', { ...monthly, usd: 9, revision: 1 })).body.revision).toBe(
      2,
    );
    expect((await call('DELETE', '/api/budgets/all')).status).toBe(200);
    expect((await call('DELETE', '/api/budgets/all')).body.error.code).toBe('budget_missing');
    const { entries } = await open.installation.store.audit.page({ limit: 9, subject: 'all' });
    const changes = entries.toReversed();
    expect(changes).toMatchObject([
      { action: 'budget.write', before: null, after: { usd: 0.5 } },
      { action: 'budget.write', before: { usd: 0.5 }, after: { usd: 9 } },
      { action: 'budget.delete', before: { usd: 9 }, after: null },
    ]);
  });

  it('of the config file are shown as such and managed there', async () => {
    const { call } = await aServer({ config: { file } });
    expect((await call('GET', '/api/budgets')).body.budgets).toMatchObject([
      { id: 'team:ops', origin: 'file', scope: { team: 'ops' }, usd: 3, window: 'day', revision: 0 },
    ]);
    expect((await call('DELETE', '/api/budgets/team:ops')).body.error.code).toBe('managed_by_file');
  });

  it('say what is wrong with them', async () => {
    const { call } = await aServer();
    const bad = await call('PUT', '/api/budgets/all', { ...monthly, usd: -1, zone: 'Mars' });
    expect(bad.status).toBe(400);
    expect(bad.body.error.fields.map(({ field }: { field: string }) => field).sort()).toEqual([
      'usd',
      'zone',
    ]);
    expect((await call('PUT', '/api/budgets/No!', monthly)).status).toBe(400);
  });
});

describe('keys in the API', () => {
  it('carry limits and scopes, which hold at once', async () => {
    const { call, base } = await aServer();
    const made = await call('POST', '/api/keys', {
      id: 'ci',
      rpm: 60,
      models: ['openai/*'],
      retention: 'retains',
    });
    expect(made.body).toMatchObject({ id: 'ci', rpm: 60, models: ['openai/*'], origin: 'studio' });
    const asked = await fetch(`${base}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${made.body.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'anthropic/claude-opus-5', messages: [{ role: 'user', content: 'Hi' }] }),
    });
    expect([asked.status, asked.headers.get('x-ratelimit-limit-requests')]).toEqual([403, '60']);
    const listed = (await call('GET', '/api/keys')).body.keys;
    expect(listed.find(({ id }: { id: string }) => id === 'ci')).toMatchObject({ rpm: 60 });
  });
});
