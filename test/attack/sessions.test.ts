import { describe, expect, it } from 'vitest';
import { aServer } from '../server/api/a-server.ts';
import { aBrowser, anInvited, anOwner, goodPassword } from '../server/governance/people/a-person.ts';

const email = 'olga@example.com';

describe('a page of somebody else', () => {
  it('changes nothing with the cookie of who is signed in', async () => {
    const server = await aServer();
    const owner = await anOwner(server);
    const { csrf } = owner;
    const team = { name: 'Evil', revision: 0 };
    const put = (headers: Record<string, string>) => owner.call('PUT', '/api/teams/evil', team, headers);
    owner.csrf = null;
    expect((await put({})).body.error.code).toBe('csrf_missing');
    expect((await put({ 'x-waybill-csrf': 'f'.repeat(64) })).body.error.code).toBe('csrf_missing');
    expect((await owner.call('DELETE', '/api/session')).body.error.code).toBe('csrf_missing');
    owner.csrf = csrf;
    const foreign = await put({ origin: 'https://evil.example' });
    expect(foreign.body.error.code).toBe('foreign_origin');
    expect((await put({ origin: 'null' })).body.error.code).toBe('foreign_origin');
    const signedIn = await aBrowser(server).call(
      'POST',
      '/api/session',
      { email, password: goodPassword },
      { origin: 'https://evil.example' },
    );
    expect([signedIn.status, signedIn.headers.getSetCookie()]).toEqual([403, []]);
    expect((await put({})).status).toBe(200);
  });

  it('gets no csrf token of another session to work, nor one of the admin cookie', async () => {
    const server = await aServer({ config: { adminToken: 'the-token' } });
    const admin = aBrowser(server);
    await admin.call('GET', '/?token=the-token');
    const team = { name: 'T', revision: 0 };
    expect((await admin.call('PUT', '/api/teams/t', team)).body.error.code).toBe('csrf_missing');
    await admin.call('GET', '/api/session');
    expect((await admin.call('PUT', '/api/teams/t', team)).status).toBe(200);
    const body = { email, name: 'Olga', password: goodPassword };
    const owner = aBrowser(server);
    const made = await owner.call('POST', '/api/owner', body, { authorization: 'Bearer the-token' });
    expect(made.status).toBe(200);
    owner.csrf = admin.csrf;
    const other = await owner.call('PUT', '/api/teams/u', team);
    expect(other.body.error.code).toBe('csrf_missing');
    const bearer = { authorization: 'Bearer the-token' };
    expect((await server.call('PUT', '/api/teams/u', team, bearer)).status).toBe(200);
  });
});

describe('a session cookie', () => {
  it('that was planted before the sign-in is worth nothing after it', async () => {
    const server = await aServer();
    await anOwner(server);
    const victim = aBrowser(server);
    const planted = 'A'.repeat(43);
    victim.cookies.set('waybill_session', planted);
    await victim.call('POST', '/api/session', { email, password: goodPassword });
    const first = victim.cookies.get('waybill_session');
    expect(first).not.toBe(planted);
    await victim.call('POST', '/api/session', { email, password: goodPassword });
    expect(victim.cookies.get('waybill_session')).not.toBe(first);
    for (const cookie of [planted, first]) {
      const answer = await server.call('GET', '/api/policies', undefined, {
        cookie: `waybill_session=${cookie}`,
      });
      expect(answer.status).toBe(401);
    }
  });

  it('that is forged, cut, doubled or of who signed out lets nobody in', async () => {
    const server = await aServer();
    const owner = await anOwner(server);
    const good = owner.cookies.get('waybill_session') ?? '';
    const [session] = server.open.installation.store.read().sessions;
    await owner.call('DELETE', '/api/session');
    const forged = [
      good,
      '',
      good.slice(1),
      `${good}A`,
      session?.id,
      session?.tokenSha256,
      '__proto__',
      'null',
    ];
    for (const value of forged) {
      const cookie = `waybill_session=${value}; waybill_session=${good}`;
      expect((await server.call('GET', '/api/policies', undefined, { cookie })).status, value).toBe(401);
    }
  });
});

it('names of people that are scripts come back as JSON that no browser runs', async () => {
  const server = await aServer();
  const owner = await anOwner(server);
  const name = '<img src=x onerror=alert(1)>';
  const invite = (body: object) => owner.call('POST', '/api/accounts', body);
  const grants = [{ role: 'viewer', team: null }];
  const made = await invite({ name, email: 'x@example.com', grants });
  expect(made.body.account.name).toBe(name);
  expect(made.headers.get('content-type')).toMatch(/^application\/json/);
  expect(made.headers.get('x-content-type-options')).toBe('nosniff');
  for (const bad of ['"><script>@example.com', 'a b@example.com', 'nobody'])
    expect((await invite({ name, email: bad, grants })).status, bad).toBe(400);
  expect((await invite({ name: 'a\u0000b', email: 'y@example.com', grants })).status).toBe(400);
});

it('ids of other teams open nothing to who belongs to one team', async () => {
  const server = await aServer();
  const owner = await anOwner(server);
  for (const id of ['ours', 'theirs']) {
    await owner.call('PUT', `/api/teams/${id}`, { name: id, revision: 0 });
    await owner.call('POST', '/api/keys', { id: `key-${id}`, team: id });
  }
  const theirs = await anInvited(server, owner, [{ role: 'admin', team: 'theirs' }], 'theo');
  const ours = await anInvited(server, owner, [{ role: 'admin', team: 'ours' }], 'otto');
  const tries: readonly (readonly [string, string, unknown?])[] = [
    ['PUT', '/api/teams/theirs', { name: 'x', revision: 1 }],
    ['PUT', '/api/teams/theirs/projects/p', { name: 'x', revision: 0 }],
    ['POST', '/api/keys', { id: 'mine', team: 'theirs' }],
    ['POST', '/api/keys/key-theirs/rotate', {}],
    ['DELETE', '/api/keys/key-theirs'],
    ['PUT', `/api/accounts/${theirs.id}`, { name: 'x', grants: [], active: false, revision: 2 }],
    ['POST', `/api/accounts/${theirs.id}/link`, {}],
    ['GET', `/api/accounts/${theirs.id}/sessions`],
    ['PUT', '/api/privacy/texts/theirs', { days: 1 }],
    ['GET', '/api/privacy/keys/key-theirs'],
    ['GET', '/api/sign-on'],
  ];
  const before = server.open.installation.store.read();
  for (const [method, path, body] of tries) {
    const { status } = await ours.call(method, path, body);
    expect([400, 403, 404], `${method} ${path}: ${status}`).toContain(status);
  }
  expect(server.open.installation.store.read().audit).toEqual(before.audit);
  const keys = (await ours.call('GET', '/api/keys')).body.keys;
  expect(keys.map(({ id }: { id: string }) => id)).toEqual(['key-ours']);
});
