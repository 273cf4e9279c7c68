import { describe, expect, it } from 'vitest';
import { trafficStreamPath } from '#server/contract/index.ts';
import { resetOwner } from '#server/governance/people/reset-owner.ts';
import { aServer } from '../../api/a-server.ts';
import { aBrowser, anInvited, anOwner, goodPassword } from './a-person.ts';

const hour = 3_600_000;
const viewer = [{ role: 'viewer', team: null }] as const;

async function aServerWithClock() {
  const clock = { now: Date.parse('2026-11-22T00:00:00Z') };
  const server = await aServer({ clock: () => clock.now });
  return { server, owner: await anOwner(server), clock, store: server.open.installation.store };
}

describe('a session', () => {
  it('ends after 12 hours without use, and after 7 days in any case', async () => {
    const { owner, clock, store } = await aServerWithClock();
    const isIn = async () => (await owner.call('GET', '/api/status')).status === 200;
    const seen = () => store.read().sessions[0]?.seenAt;
    for (let turn = 0; turn < 15; turn += 1) {
      clock.now += 11 * hour;
      expect(await isIn()).toBe(true);
      await expect.poll(seen).toBe(new Date(clock.now).toISOString());
    }
    clock.now += 4 * hour;
    expect(await isIn()).toBe(false);
    expect((await owner.call('GET', '/api/session')).body.state).toBe('signed_out');
    await owner.call('POST', '/api/session', { email: 'olga@example.com', password: goodPassword });
    clock.now += 12 * hour;
    expect(await isIn()).toBe(false);
  });

  it('writes when it was last seen every five minutes at most, and not into the audit', async () => {
    const { owner, clock, store } = await aServerWithClock();
    const before = store.read();
    clock.now += 4 * 60_000;
    await owner.call('GET', '/api/status');
    expect(store.read()).toBe(before);
    clock.now += 60_000;
    await owner.call('GET', '/api/status');
    await expect.poll(() => store.read().sessions[0]?.seenAt).toBe(new Date(clock.now).toISOString());
    expect(store.read().audit).toEqual(before.audit);
  });

  it('is kept as a hash, in a cookie that no script reads, and is Secure where the browser came by https', async () => {
    const { server, store } = await aServerWithClock();
    const body = { email: 'olga@example.com', password: goodPassword };
    const answer = await server.call('POST', '/api/session', body, { 'x-forwarded-proto': 'https' });
    const set = answer.headers.getSetCookie().find((one) => one.startsWith('waybill_session=')) ?? '';
    expect(set).toMatch(
      /^waybill_session=[\w-]{43}; Max-Age=604800; Path=\/;.*HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(JSON.stringify(store.read())).not.toContain(set.slice(16, 59));
    const plain = await server.call('POST', '/api/session', body);
    expect(plain.headers.getSetCookie().join()).not.toContain('Secure');
  });

  it('takes the live stream of traffic along when it ends', async () => {
    const { server, owner } = await aServerWithClock();
    const cookie = [...owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const stream = await fetch(`${server.base}${trafficStreamPath}`, { headers: { cookie } });
    expect(stream.status).toBe(200);
    const told = stream.text();
    await owner.call('DELETE', '/api/session');
    expect(await told).toContain(': listening');
    expect((await fetch(`${server.base}${trafficStreamPath}`, { headers: { cookie } })).status).toBe(401);
  });

  it('is listed and ended by whose it is, and by who manages them', async () => {
    const { server, owner } = await aServerWithClock();
    const ann = await anInvited(server, owner, viewer);
    const phone = aBrowser(server);
    const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    await phone.call(
      'POST',
      '/api/session',
      { email: ann.email, password: goodPassword },
      { 'user-agent': agent },
    );
    const { sessions } = (await ann.call('GET', `/api/accounts/${ann.id}/sessions`)).body;
    expect(sessions).toHaveLength(2);
    const other = sessions.find(({ current }: { current: boolean }) => !current);
    expect(other.device).toBe('Firefox on Linux');
    expect((await ann.call('DELETE', `/api/sessions/${other.id}`)).status).toBe(200);
    expect((await phone.call('GET', '/api/status')).status).toBe(401);
    const [{ id }] = (await owner.call('GET', `/api/accounts/${ann.id}/sessions`)).body.sessions;
    const bob = await anInvited(server, owner, viewer, 'bob');
    expect((await bob.call('DELETE', `/api/sessions/${id}`)).body.error.code).toBe('session_missing');
    expect((await bob.call('GET', `/api/accounts/${ann.id}/sessions`)).body.error.code).toBe(
      'account_missing',
    );
    expect((await owner.call('DELETE', `/api/sessions/${id}`)).status).toBe(200);
    expect((await ann.call('GET', '/api/status')).status).toBe(401);
  });
});

describe('wrong passwords', () => {
  const email = 'olga@example.com';

  it('make the next try wait, longer each time, and say when to try again', async () => {
    const { server, clock } = await aServerWithClock();
    const guess = (password = 'nothing') => server.call('POST', '/api/session', { email, password });
    for (let turn = 0; turn < 5; turn += 1) expect((await guess()).status).toBe(401);
    const refused = await guess(goodPassword);
    expect([refused.status, refused.body.error.code]).toEqual([429, 'locked_out']);
    expect([refused.headers.get('retry-after'), refused.body.error.message]).toEqual([
      '1',
      'Too many wrong passwords. Try again in 1 s.',
    ]);
    clock.now += 1_000;
    expect((await guess()).status).toBe(401);
    expect((await guess()).headers.get('retry-after')).toBe('2');
    clock.now += 2_000;
    expect((await guess(goodPassword)).status).toBe(200);
    expect((await guess()).status).toBe(401);
  });

  it('never make anybody wait longer than fifteen minutes, and do not hold up a browser that was in before', async () => {
    const { server, owner, clock } = await aServerWithClock();
    const guess = () => server.call('POST', '/api/session', { email, password: 'nothing' });
    let longest = 0;
    for (let turn = 0; turn < 18; turn += 1) {
      const wait = Number((await guess()).headers.get('retry-after') ?? 0);
      longest = Math.max(longest, wait);
      clock.now += wait * 1_000;
    }
    for (let turn = 0; turn < 30; turn += 1) {
      server.open.installation.lockOut.begin({ email, address: '203.0.113.7', knownDevice: null });
      clock.now += 16 * 60_000;
    }
    clock.now -= 16 * 60_000;
    longest = Math.max(longest, Number((await guess()).headers.get('retry-after') ?? 0));
    expect(longest).toBe(900);
    await owner.call('DELETE', '/api/session');
    const body = { email, password: goodPassword };
    expect((await aBrowser(server).call('POST', '/api/session', body)).status).toBe(429);
    expect((await owner.call('POST', '/api/session', body)).status).toBe(200);
    const forged = aBrowser(server);
    forged.cookies.set('waybill_device', 'made.up');
    expect((await forged.call('POST', '/api/session', body)).status).toBe(429);
  });

  it('count by address too, over all accounts', async () => {
    const { server } = await aServerWithClock();
    const guess = (turn: number) =>
      server.call('POST', '/api/session', { email: `u${turn}@example.com`, password: 'nothing' });
    for (let turn = 0; turn < 20; turn += 1) expect((await guess(turn)).status).toBe(401);
    expect((await guess(20)).status).toBe(429);
  });

  it('count a whole /64 of IPv6 as one address, however its zeros are written', async () => {
    const { server } = await aServerWithClock();
    const { lockOut } = server.open.installation;
    const begin = (turn: number, address: string) =>
      lockOut.begin({ email: `u${turn}@example.com`, address, knownDevice: null });
    for (let turn = 0; turn < 20; turn += 1)
      begin(turn, turn % 2 === 0 ? `2001:db8::${turn}` : `2001:db8:0:0:${turn}::`);
    expect(begin(20, '2001:db8::abcd')).toBeGreaterThan(0);
    expect(begin(21, '2001:db8:0:1::1')).toBe(0);
  });
});

it('an owner who forgot the password gets back in from the machine', async () => {
  const { server, owner, clock, store } = await aServerWithClock();
  const done = await resetOwner(store, { email: 'OLGA@example.com', actor: 'command line', now: clock.now });
  expect(done).toMatchObject({ created: false, madeOwner: false });
  const browser = aBrowser(server);
  const password = 'seven green bicycles';
  expect(
    (await browser.call('POST', `/api${done.path.replace('invite', 'invites')}`, { password })).status,
  ).toBe(200);
  expect((await browser.call('GET', '/api/accounts')).status).toBe(200);
  expect((await owner.call('GET', '/api/status')).status).toBe(401);
  const other = await resetOwner(store, { email: 'new@example.com', actor: 'command line', now: clock.now });
  expect(other).toMatchObject({ created: true, madeOwner: true });
});
