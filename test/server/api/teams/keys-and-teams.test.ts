import { describe, expect, it } from 'vitest';
import { loadConfig } from '#server/config/config.ts';
import { aServer } from '../a-server.ts';

const file = {
  ...loadConfig({}).config.file,
  teams: [{ id: 'ops', name: 'Operations', rpm: 60 }],
  keys: [{ id: 'ci', team: 'ops', project: 'build', tags: [], secret: 'wb-0123456789abcdef' }],
};

describe('the rules of a key', () => {
  it('are changed as a whole; its secret stays, and before and after are on record', async () => {
    const { call, open } = await aServer();
    const { secret } = (await call('POST', '/api/keys', { id: 'bot', team: 'search', rpm: 10 })).body;
    const rules = { team: 'search', project: 'ranking', tags: ['batch'], models: ['openai/*'], tpm: 500 };
    const changed = await call('PUT', '/api/keys/bot', { ...rules, owner: 'ann', reason: 'ticket 5' });
    expect(changed.body).toMatchObject({ ...rules, owner: 'ann', state: 'active', createdBy: 'local' });
    expect(changed.body).not.toHaveProperty('rpm');
    expect(open.installation.keys.authenticate(secret)).toMatchObject({
      project: 'ranking',
      tags: ['batch'],
    });
    const { entries } = (await call('GET', '/api/audit?subject=bot&action=key.write')).body;
    expect(entries).toMatchObject([
      { actor: 'local', reason: 'ticket 5', before: { rpm: 10 }, after: { tpm: 500, project: 'ranking' } },
    ]);
  });

  it('let both secrets in after a rotation until the overlap ends', async () => {
    const { call, open } = await aServer();
    const first = (await call('POST', '/api/keys', { id: 'bot', team: 'search' })).body.secret;
    const rotated = (await call('POST', '/api/keys/bot/rotate', { overlapHours: 1 })).body;
    expect(rotated).toMatchObject({ state: 'rotating', previous: { prefix: first.slice(0, 9) } });
    const { keys, store } = open.installation;
    const known = keys.authenticate(rotated.secret);
    expect(known).toMatchObject({ key: 'bot' });
    expect(keys.authenticate(first)).toBe(known);
    await store.update(
      { actor: 'test', action: 'test', subject: 'time', before: null, after: null },
      (state) => ({
        ...state,
        keys: state.keys.map((key) =>
          key.previous === undefined
            ? key
            : { ...key, previous: { ...key.previous, until: new Date(Date.now() - 1).toISOString() } },
        ),
      }),
    );
    expect(keys.authenticate(first)).toBeUndefined();
    expect(keys.authenticate(rotated.secret)).toMatchObject({ key: 'bot' });
    const again = (await call('POST', '/api/keys/bot/rotate', { overlapHours: 0 })).body;
    expect(again).toMatchObject({ state: 'active', previous: null });
    expect(keys.authenticate(rotated.secret)).toBeUndefined();
    expect(JSON.stringify(await store.audit.page({ limit: 50 }))).not.toContain(again.secret);
  });

  it('say when it was last used', async () => {
    const { call, open } = await aServer();
    const { secret } = (await call('POST', '/api/keys', { id: 'bot' })).body;
    const use = async () => (await call('GET', '/api/keys?search=bot')).body.keys[0].lastUsedAt;
    expect(await use()).toBeNull();
    open.installation.keys.authenticate(secret);
    expect(Date.parse(await use())).toBeGreaterThan(Date.now() - 60_000);
  });

  it('decide which models it is shown', async () => {
    const { call, base } = await aServer();
    const names = async (rules: object, id: string) => {
      const { secret } = (await call('POST', '/api/keys', { id, ...rules })).body;
      const headers = { authorization: `Bearer ${secret}` };
      const { data } = (await (await fetch(`${base}/v1/models`, { headers })).json()) as {
        data: { id: string }[];
      };
      const one = await fetch(`${base}/v1/models/openai/gpt-5-mini`, { headers });
      return { ids: data.map((model) => model.id), one: one.status };
    };
    const all = await names({}, 'all');
    expect(all.ids).toContain('auto');
    expect(all.one).toBe(200);
    const some = await names({ models: ['anthropic/*'] }, 'some');
    expect(some.ids.length).toBeGreaterThan(1);
    expect(some.ids.every((id) => id === 'auto' || id.startsWith('anthropic/'))).toBe(true);
    expect(some.one).toBe(404);
    expect(await names({ aliases: ['other'] }, 'none')).toEqual({ ids: [], one: 404 });
  });
});

describe('thousands of keys', () => {
  it('are found by words, tags and the first characters of a secret, a page at a time', async () => {
    const { call, open } = await aServer();
    const { secret } = (await call('POST', '/api/keys', { id: 'zebra', team: 'zoo', tags: ['eu'] })).body;
    const at = '2026-01-01T00:00:00Z';
    await open.installation.store.update(
      { actor: 'test', action: 'test', subject: 'many', before: null, after: null },
      (state) => ({
        ...state,
        keys: [
          ...state.keys,
          ...Array.from({ length: 5_000 }, (_, n) => ({
            id: `bot-${String(n).padStart(4, '0')}`,
            team: `team-${n % 50}`,
            project: '',
            tags: [],
            secretSha256: String(n),
            prefix: `wb-${n}`,
            createdAt: at,
          })),
        ],
      }),
    );
    const ask = async (query: string) => (await call('GET', `/api/keys?${query}`)).body;
    expect(await ask('limit=2')).toMatchObject({
      total: 5_002,
      next: 'bot-0001',
      keys: [{ id: 'bot-0000' }, { id: 'bot-0001' }],
    });
    expect((await ask('limit=1&after=bot-0001')).keys[0].id).toBe('bot-0002');
    expect((await ask('search=BOT+team-7')).total).toBe(100);
    expect((await ask('team=team-7')).total).toBe(100);
    expect((await ask('tag=eu')).keys).toMatchObject([{ id: 'zebra' }]);
    expect((await ask(`search=${secret.slice(0, 9)}`)).keys).toMatchObject([{ id: 'zebra' }]);
  });
});

describe('teams and projects', () => {
  it('are made, renamed and archived, each change on record', async () => {
    const { call } = await aServer();
    const made = await call('PUT', '/api/teams/search', { name: 'Search', rpm: 100, revision: 0 });
    expect(made.body).toMatchObject({
      id: 'search',
      name: 'Search',
      rpm: 100,
      origin: 'studio',
      revision: 1,
    });
    const project = await call('PUT', '/api/teams/search/projects/ranking', { name: 'Ranking', revision: 0 });
    expect(project.body).toMatchObject({ id: 'ranking', origin: 'studio', keys: 0 });
    await call('PUT', '/api/teams/search', { name: 'Search & find', revision: 1 });
    expect((await call('PUT', '/api/teams/search', { name: 'Late', revision: 1 })).body.error).toMatchObject({
      code: 'revision_conflict',
      revision: 2,
    });
    await call('POST', '/api/keys', { id: 'bot', team: 'search', project: 'ranking' });
    const archive = { name: 'Search', archived: true, revision: 2 };
    const refused = await call('PUT', '/api/teams/search', archive);
    expect(refused.body.error).toMatchObject({ code: 'keys_in_force' });
    expect(refused.body.error.message).toContain('"bot"');
    await call('DELETE', '/api/keys/bot');
    expect((await call('PUT', '/api/teams/search', archive)).body.archivedAt).not.toBeNull();
    expect((await call('POST', '/api/keys', { id: 'bot', team: 'search' })).body.error.code).toBe('archived');
    const { entries } = (await call('GET', '/api/audit?action=team.')).body;
    expect(entries.map(({ action }: { action: string }) => action)).toEqual([
      'team.archive',
      'team.write',
      'team.create',
    ]);
  });

  it('of the config file are managed there, those that only keys name are shown', async () => {
    const { call } = await aServer({ config: { file } });
    await call('POST', '/api/keys', { id: 'bot', team: 'search', project: 'ranking' });
    const { teams } = (await call('GET', '/api/teams')).body;
    expect(teams).toMatchObject([
      { id: 'ops', name: 'Operations', origin: 'file', rpm: 60, keys: 1, projects: [{ id: 'build' }] },
      { id: 'search', origin: 'keys', keys: 1, projects: [{ id: 'ranking', origin: 'keys' }] },
    ]);
    expect((await call('PUT', '/api/teams/ops', { name: 'Ops', revision: 0 })).body.error.code).toBe(
      'managed_by_file',
    );
  });

  it('hold their keys to their own rules', async () => {
    const { call, base } = await aServer();
    await call('PUT', '/api/teams/search', { name: 'Search', rpm: 1, revision: 0 });
    const { secret } = (await call('POST', '/api/keys', { id: 'bot', team: 'search' })).body;
    const ask = async () =>
      (
        await fetch(`${base}/v1/chat/completions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
          body: JSON.stringify({ model: 'auto', messages: [{ role: 'user', content: 'Hello' }] }),
        })
      ).status;
    expect([await ask(), await ask()]).toEqual([200, 429]);
  });
});
