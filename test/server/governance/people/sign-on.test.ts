import { describe, expect, it } from 'vitest';
import { ownPath } from '#server/governance/people/sign-on/flow.ts';
import { aServer } from '../../api/a-server.ts';
import { aBrowser, anInvited, anOwner, type Person } from './a-person.ts';
import { anIdentityProvider, throughProvider } from './an-identity-provider.ts';

const groups = [
  { group: 'engineers', role: 'editor', team: null },
  { group: 'bosses', role: 'owner', team: null },
] as const;

async function aServerWithSignOn(different: object = {}) {
  const clock = { ahead: 0 };
  const server = await aServer({
    config: { allowPrivateUpstreams: true, secretKey: 'ab'.repeat(32) },
    clock: () => Date.now() + clock.ahead,
  });
  const owner = await anOwner(server);
  const provider = await anIdentityProvider(`${server.base}/api/sign-on/callback`);
  const settings = {
    enabled: true,
    name: 'Acme',
    issuer: provider.issuer,
    clientId: 'waybill',
    clientSecret: 'a-secret-of-the-client',
    domains: [],
    groups,
    revision: 0,
    ...different,
  };
  const written = await owner.call('PUT', '/api/sign-on', settings);
  if (written.status !== 200) throw new Error(JSON.stringify(written.body));
  return { server, owner, provider, written, clock, settings };
}

type Set = Awaited<ReturnType<typeof aServerWithSignOn>>;

/** Goes all the way; answers where the browser ends up. */
async function signOn(
  { server, provider }: Set,
  browser: Person,
  back = '/policies',
): Promise<string | null> {
  const start = await browser.call('GET', `/api/sign-on/start?return=${encodeURIComponent(back)}`);
  const returned = await throughProvider(start.headers.get('location') ?? '', provider.issuer);
  expect(returned.origin).toBe(server.base);
  const done = await browser.call('GET', returned.pathname + returned.search);
  return done.headers.get('location');
}

const me = async (browser: Person) => (await browser.call('GET', '/api/session')).body.me;

describe('single sign-on', () => {
  it('is set without its secret ever being told again, and its button is shown to who is signed out', async () => {
    const set = await aServerWithSignOn();
    expect(set.written.body).toMatchObject({ hasSecret: true, revision: 1, enabled: true });
    const read = await set.owner.call('GET', '/api/sign-on');
    expect(read.body.callback).toBe(`${set.server.base}/api/sign-on/callback`);
    const everything = JSON.stringify([
      read.body,
      set.written.body,
      set.server.open.installation.store.read(),
      (await set.owner.call('GET', '/api/audit')).body,
    ]);
    expect(everything).not.toContain('a-secret-of-the-client');
    expect((await set.server.call('GET', '/api/session')).body.signOn).toEqual({ name: 'Acme' });
  });

  it('gives who is in a group an account with its roles, and other roles when the groups are others', async () => {
    const set = await aServerWithSignOn();
    const browser = aBrowser(set.server);
    set.provider.who.is = { sub: 'eve', email: 'eve@example.com', name: 'Eve', groups: ['engineers', 'x'] };
    expect(await signOn(set, browser, '/policies/support?panel=test')).toBe('/policies/support?panel=test');
    expect(await me(browser)).toMatchObject({ name: 'Eve', grants: [{ role: 'editor', team: null }] });
    set.provider.who.is = { ...set.provider.who.is, groups: ['bosses'] };
    expect(await signOn(set, browser)).toBe('/policies');
    expect(await me(browser)).toMatchObject({ grants: [{ role: 'owner', team: null }] });
    set.provider.who.is = { ...set.provider.who.is, groups: [] };
    expect(await signOn(set, aBrowser(set.server))).toMatch('problem=not_invited');
    const { entries } = (await set.owner.call('GET', '/api/audit?action=account.')).body;
    expect(entries.map(({ action, actor }: Record<string, string>) => [action, actor]).slice(0, 2)).toEqual([
      ['account.write', 'single sign-on'],
      ['account.create', 'single sign-on'],
    ]);
  });

  it('knows who was invited by an address that the provider has verified, and leaves their roles', async () => {
    const set = await aServerWithSignOn();
    const ann = await anInvited(set.server, set.owner, [{ role: 'viewer', team: null }]);
    const browser = aBrowser(set.server);
    set.provider.who.is = { sub: 'ann', email: 'ANN@example.com', email_verified: false, groups: [] };
    expect(await signOn(set, browser)).toMatch('problem=not_verified');
    set.provider.who.is = { sub: 'ann', email: 'ANN@example.com', groups: [] };
    expect(await signOn(set, browser)).toBe('/policies');
    expect(await me(browser)).toMatchObject({ id: ann.id, grants: [{ role: 'viewer', team: null }] });
    set.provider.who.is = { sub: 'mallory', email: 'ann@example.com', groups: ['bosses'] };
    expect(await signOn(set, aBrowser(set.server))).toMatch('problem=not_invited');
  });

  it('keeps out other domains, strangers and who is deactivated', async () => {
    const set = await aServerWithSignOn({ domains: ['example.com'] });
    const browser = aBrowser(set.server);
    set.provider.who.is = { sub: 'x', email: 'x@example.com.evil.org', groups: ['bosses'] };
    expect(await signOn(set, browser)).toMatch('problem=wrong_domain');
    set.provider.who.is = { sub: 'y', email: 'y@example.com', groups: ['cooks'] };
    expect(await signOn(set, browser)).toMatch('problem=not_invited');
    const ann = await anInvited(set.server, set.owner, [{ role: 'viewer', team: null }]);
    const write = { name: 'ann', grants: [{ role: 'viewer', team: null }], active: false, revision: 2 };
    expect((await set.owner.call('PUT', `/api/accounts/${ann.id}`, write)).status).toBe(200);
    set.provider.who.is = { sub: 'ann', email: ann.email };
    expect(await signOn(set, browser)).toMatch('problem=deactivated');
    expect(await me(browser)).toBeNull();
    const { entries } = (await set.owner.call('GET', '/api/audit?action=session.refuse')).body;
    expect(entries.map(({ after }: { after: { problem: string } }) => after.problem)).toEqual([
      'deactivated',
      'not_invited',
      'wrong_domain',
    ]);
  });

  it('takes no answer with another state, another nonce, from another browser, twice, or too late', async () => {
    const set = await aServerWithSignOn();
    const browser = aBrowser(set.server);
    set.provider.who.is = { sub: 'eve', email: 'eve@example.com', groups: ['engineers'] };
    const begin = async (by: Person, change = (address: string) => address) => {
      const start = await by.call('GET', '/api/sign-on/start');
      return throughProvider(change(start.headers.get('location') ?? ''), set.provider.issuer);
    };
    const end = async (by: Person, at: URL) =>
      (await by.call('GET', at.pathname + at.search)).headers.get('location');
    const otherState = await begin(browser);
    otherState.searchParams.set('state', 'made-up');
    expect(await end(browser, otherState)).toMatch('problem=failed');
    const otherNonce = await begin(browser, (address) => address.replace(/nonce=[^&]+/, 'nonce=planted'));
    expect(await end(browser, otherNonce)).toMatch('problem=failed');
    const stolen = await begin(browser);
    expect(await end(aBrowser(set.server), stolen)).toMatch('problem=expired');
    expect(await end(browser, stolen)).toBe('/');
    expect(await end(browser, stolen)).toMatch('problem=expired');
    const late = await begin(browser);
    set.clock.ahead += 11 * 60_000;
    expect(await end(browser, late)).toMatch('problem=expired');
    browser.cookies.set('waybill_sign_on', 'made-up');
    expect(await end(browser, late)).toMatch('problem=expired');
  });

  it('asks the issuer before it is set, and calls none of one’s own network unless that is allowed', async () => {
    const set = await aServerWithSignOn();
    const write = (by: Person, change: object) =>
      by.call('PUT', '/api/sign-on', { ...set.settings, revision: 1, ...change });
    const dead = await write(set.owner, { issuer: 'http://127.0.0.1:1' });
    expect([dead.status, dead.body.error.fields[0].field]).toEqual([400, 'issuer']);
    const plain = await write(set.owner, { issuer: 'http://login.example.com' });
    expect(plain.body.error.message).toContain('https://');
    const strict = await aServer({ config: { secretKey: 'ab'.repeat(32) } });
    const owner = await anOwner(strict);
    for (const issuer of [set.provider.issuer, 'https://169.254.169.254', 'https://localhost:4443']) {
      const refused = await write(owner, { issuer, revision: 0 });
      expect([issuer, refused.status, refused.body.error.message]).toEqual([
        issuer,
        400,
        expect.stringMatching(/not on the public internet/),
      ]);
    }
    expect((await write(set.owner, { revision: 0 })).body.error.code).toBe('revision_conflict');
    expect((await write(set.owner, {})).status).toBe(200);
  });

  it('does not tell the secret to another issuer', async () => {
    const set = await aServerWithSignOn();
    const { clientSecret: _, ...rest } = set.settings;
    const other = { ...rest, enabled: false, issuer: 'https://evil.example', revision: 1 };
    expect((await set.owner.call('PUT', '/api/sign-on', other)).body.hasSecret).toBe(false);
  });
});

it.each([
  ['/policies/a?b=c#d', '/policies/a?b=c#d'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example/', '/'],
  ['javascript:alert(1)', '/'],
  ['/a/..//evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/%2f/evil.example\r\nset-cookie: a=b', '/'],
  [undefined, '/'],
  [['/a', '/b'], '/'],
])('leads back from %j to %j', (wanted, path) => {
  expect(ownPath(wanted)).toBe(path);
});
