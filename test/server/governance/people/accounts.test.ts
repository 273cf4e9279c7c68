import { describe, expect, it } from 'vitest';
import { aServer } from '../../api/a-server.ts';
import { aBrowser, anInvited, anOwner, goodPassword } from './a-person.ts';

const everywhere = (role: 'owner' | 'admin' | 'viewer') => [{ role, team: null }];

describe('an installation without accounts', () => {
  it('is open on this machine until the owner is made, and from then on everybody signs in', async () => {
    const server = await aServer();
    const before = await server.call('GET', '/api/session');
    expect(before.body).toEqual({ state: 'open', me: null, csrf: null, signOn: null });
    expect((await server.call('GET', '/api/policies')).status).toBe(200);
    const owner = await anOwner(server);
    const { body } = await owner.call('GET', '/api/session');
    expect(body.state).toBe('signed_in');
    expect(body.me).toMatchObject({
      name: 'Olga Owner',
      email: 'Olga@Example.com',
      grants: everywhere('owner'),
    });
    expect((await owner.call('GET', '/api/policies')).status).toBe(200);
    expect((await server.call('GET', '/api/policies')).body.error.code).toBe('not_authenticated');
    expect((await server.call('GET', '/api/session')).body).toMatchObject({ state: 'signed_out', me: null });
    const second = await server.call('POST', '/api/owner', {
      email: 'eve@example.com',
      name: 'Eve',
      password: goodPassword,
    });
    expect(second.body.error.code).toBe('owner_exists');
  });

  it('gives its owner account to the admin token only, where there is one', async () => {
    const server = await aServer({ config: { adminToken: 'the-token' } });
    const wanted = { email: 'eve@example.com', name: 'Eve', password: goodPassword };
    expect((await server.call('GET', '/api/session')).body.state).toBe('signed_out');
    expect((await server.call('POST', '/api/owner', wanted)).body.error.code).toBe('not_authenticated');
    const authorization = 'Bearer the-token';
    expect((await server.call('POST', '/api/owner', wanted, { authorization })).status).toBe(200);
    const status = await server.call('GET', '/api/accounts', undefined, { authorization });
    expect(status.body.accounts).toHaveLength(1);
    const me = (await server.call('GET', '/api/session', undefined, { authorization })).body;
    expect([me.state, me.me.id, me.csrf]).toEqual(['signed_in', 'admin', null]);
  });

  it('invites nobody before there is an owner', async () => {
    const { call } = await aServer();
    const body = { name: 'Ann', email: 'ann@example.com', grants: everywhere('viewer') };
    expect((await call('POST', '/api/accounts', body)).body.error.code).toBe('owner_missing');
  });
});

describe('signing in', () => {
  it('takes the address in any case, and says the same of a wrong password and an unknown address', async () => {
    const server = await aServer();
    await anOwner(server);
    const browser = aBrowser(server);
    const wrong = await browser.call('POST', '/api/session', {
      email: 'olga@example.com',
      password: 'nothing',
    });
    const unknown = await browser.call('POST', '/api/session', {
      email: 'x@example.com',
      password: 'nothing',
    });
    expect([wrong.status, wrong.body]).toEqual([401, unknown.body]);
    const right = await browser.call('POST', '/api/session', {
      email: ' oLGA@EXAMPLE.com',
      password: goodPassword,
    });
    expect(right.body).toMatchObject({ state: 'signed_in', me: { name: 'Olga Owner' } });
  });

  it('is put on record, and so is what was refused, with the address it came from', async () => {
    const server = await aServer();
    const owner = await anOwner(server);
    const browser = aBrowser(server);
    await browser.call('POST', '/api/session', { email: 'olga@example.com', password: 'nothing' });
    await browser.call('POST', '/api/session', { email: 'my secret by mistake', password: 'nothing' });
    await browser.call('POST', '/api/session', { email: 'olga@example.com', password: goodPassword });
    await browser.call('DELETE', '/api/session');
    const { entries } = (await owner.call('GET', '/api/audit?action=session.')).body;
    const told = entries.map(({ actor, action, subject, address }: Record<string, string>) => [
      actor,
      action,
      subject,
      address,
    ]);
    expect(told).toEqual([
      ['Olga@Example.com', 'session.end', 'Olga@Example.com', '127.0.0.1'],
      ['Olga@Example.com', 'session.start', 'Olga@Example.com', '127.0.0.1'],
      ['nobody', 'session.refuse', 'unknown address', '127.0.0.1'],
      ['nobody', 'session.refuse', 'Olga@Example.com', '127.0.0.1'],
      ['Olga@Example.com', 'session.start', 'Olga@Example.com', '127.0.0.1'],
    ]);
    const all = JSON.stringify((await owner.call('GET', '/api/audit')).body);
    for (const secret of ['by mistake', goodPassword, '$argon2id']) expect(all).not.toContain(secret);
  });

  it('keeps passwords as argon2id and nothing else', async () => {
    const server = await aServer();
    await anOwner(server);
    const [account] = server.open.installation.store.read().accounts;
    expect(account?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe('a password', () => {
  it.each([
    ['short words', /at least 12/],
    ['password12345', /first that are tried/],
    ['Password!2345', /first that are tried/],
    ['123456789012', /first that are tried/],
    ['aaaaaaaaaaaaaaa', /first that are tried/],
    ['qwertyuiopas', /first that are tried/],
    ['olga@example.com', /e-mail address/],
    ['OLGA@example.COM', /e-mail address/],
  ])('is not "%s"', async (password, message) => {
    const server = await aServer();
    const made = await server.call('POST', '/api/owner', {
      email: 'Olga@Example.com',
      name: 'Olga',
      password,
    });
    expect([made.status, made.body.error.message]).toEqual([400, expect.stringMatching(message)]);
  });

  it('is changed by who knows the present one; every other session ends and this one goes on', async () => {
    const server = await aServer();
    const owner = await anOwner(server);
    const other = aBrowser(server);
    await other.call('POST', '/api/session', { email: 'olga@example.com', password: goodPassword });
    const change = (current: string) =>
      owner.call('PUT', '/api/session/password', { current, password: 'seven green bicycles' });
    expect((await change('not this one')).body.error.fields[0].field).toBe('current');
    const before = owner.cookies.get('waybill_session');
    expect((await change(goodPassword)).body.state).toBe('signed_in');
    expect(owner.cookies.get('waybill_session')).not.toBe(before);
    expect((await owner.call('GET', '/api/policies')).status).toBe(200);
    expect((await other.call('GET', '/api/policies')).status).toBe(401);
    const old = await other.call('POST', '/api/session', {
      email: 'olga@example.com',
      password: goodPassword,
    });
    expect(old.status).toBe(401);
  });
});

describe('the last owner', () => {
  it('is neither demoted nor deactivated, and may go when there is another who has signed in', async () => {
    const server = await aServer();
    const owner = await anOwner(server);
    const [me] = (await owner.call('GET', '/api/accounts')).body.accounts;
    const write = (change: object) =>
      owner.call('PUT', `/api/accounts/${me.id}`, {
        name: me.name,
        grants: me.grants,
        active: true,
        revision: me.revision,
        ...change,
      });
    expect((await write({ grants: everywhere('admin') })).body.error.code).toBe('last_owner');
    expect((await write({ active: false })).body.error.code).toBe('last_owner');
    await owner.call('POST', '/api/accounts', {
      name: 'B',
      email: 'b@example.com',
      grants: everywhere('owner'),
    });
    expect((await write({ active: false })).body.error.code).toBe('last_owner');
    await anInvited(server, owner, everywhere('owner'));
    expect((await write({ grants: everywhere('viewer') })).status).toBe(200);
    expect((await owner.call('GET', '/api/accounts')).body.error.code).toBe('not_permitted');
  });
});

describe('changing somebody', () => {
  it('ends their sessions when they are deactivated, and lets them sign in again when they are back', async () => {
    const server = await aServer();
    const owner = await anOwner(server);
    const ann = await anInvited(server, owner, everywhere('viewer'));
    expect((await ann.call('GET', '/api/policies')).status).toBe(200);
    const write = (active: boolean, revision: number) =>
      owner.call('PUT', `/api/accounts/${ann.id}`, {
        name: 'ann',
        grants: everywhere('viewer'),
        active,
        revision,
      });
    expect((await write(false, 1)).body.error.code).toBe('revision_conflict');
    expect((await write(false, 2)).body.state).toBe('deactivated');
    expect((await ann.call('GET', '/api/policies')).status).toBe(401);
    const signIn = () => ann.call('POST', '/api/session', { email: ann.email, password: goodPassword });
    expect((await signIn()).body.error.code).toBe('deactivated');
    expect((await write(true, 3)).body.state).toBe('active');
    expect((await signIn()).status).toBe(200);
  });

  it('gives nobody more than the one who gives holds', async () => {
    const server = await aServer();
    const owner = await anOwner(server);
    const admin = await anInvited(server, owner, everywhere('admin'), 'adam');
    const invite = (grants: object) =>
      admin.call('POST', '/api/accounts', { name: 'E', email: 'e@example.com', grants });
    expect((await invite(everywhere('owner'))).body.error.code).toBe('not_permitted');
    expect((await invite([{ role: 'owner', team: 'search' }])).body.error.code).toBe('not_permitted');
    const accounts = (await admin.call('GET', '/api/accounts')).body.accounts;
    const olga = accounts.find(({ name }: { name: string }) => name === 'Olga Owner');
    const takeOver = await admin.call('POST', `/api/accounts/${olga.id}/link`);
    expect(takeOver.body.error.code).toBe('not_permitted');
    const body = { name: 'Olga', grants: everywhere('viewer'), active: true, revision: olga.revision };
    const demoted = await admin.call('PUT', `/api/accounts/${olga.id}`, body);
    expect(demoted.body.error.code).toBe('not_permitted');
  });

  it('of a team is for who manages its people, and leaves what they hold elsewhere alone', async () => {
    const server = await aServer();
    const owner = await anOwner(server);
    for (const id of ['search', 'finance'])
      await owner.call('PUT', `/api/teams/${id}`, { name: id, revision: 0 });
    const manager = await anInvited(server, owner, [{ role: 'admin', team: 'search' }], 'mia');
    const both = [
      { role: 'editor', team: 'search' },
      { role: 'auditor', team: 'finance' },
    ] as const;
    const bea = await anInvited(server, owner, both, 'bea');
    const fin = await anInvited(server, owner, [{ role: 'viewer', team: 'finance' }], 'fin');
    const { accounts } = (await manager.call('GET', '/api/accounts')).body;
    expect(accounts.map(({ name, grants }: Record<string, unknown>) => [name, grants])).toEqual([
      ['bea', [both[0]]],
      ['mia', [{ role: 'admin', team: 'search' }]],
    ]);
    const write = (id: string, change: object) =>
      manager.call('PUT', `/api/accounts/${id}`, { name: 'bea', active: true, revision: 2, ...change });
    expect((await write(fin.id, { grants: [] })).body.error.code).toBe('account_missing');
    expect(
      (await write(bea.id, { grants: [both[0], { role: 'viewer', team: 'finance' }] })).body.error.code,
    ).toBe('not_permitted');
    expect((await write(bea.id, { grants: [both[0]], active: false })).body.error.code).toBe('not_permitted');
    expect((await manager.call('POST', `/api/accounts/${bea.id}/link`)).body.error.code).toBe(
      'not_permitted',
    );
    expect((await write(bea.id, { grants: [{ role: 'viewer', team: 'search' }] })).body.grants).toEqual([
      { role: 'viewer', team: 'search' },
    ]);
    const { me } = (await bea.call('GET', '/api/session')).body;
    expect(me.grants).toEqual([both[1], { role: 'viewer', team: 'search' }]);
  });
});
