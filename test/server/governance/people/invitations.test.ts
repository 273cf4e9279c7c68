import { describe, expect, it } from 'vitest';
import { aServer } from '../../api/a-server.ts';
import { aBrowser, anOwner, goodPassword } from './a-person.ts';

const everywhere = (role: 'owner' | 'admin' | 'viewer') => [{ role, team: null }];

describe('an invitation', () => {
  it('is a link that is good once and is kept as a hash', async () => {
    const server = await aServer();
    const owner = await anOwner(server);
    const invited = await owner.call('POST', '/api/accounts', {
      name: 'Ann',
      email: 'ann@example.com',
      grants: everywhere('viewer'),
    });
    expect(invited.body.account).toMatchObject({ state: 'invited', email: 'ann@example.com' });
    expect(invited.body.link).toMatch(new RegExp(`^${server.base}/invite/[\\w-]{43}$`));
    const token = invited.body.link.split('/').at(-1);
    expect(JSON.stringify(server.open.installation.store.read())).not.toContain(token);
    const ann = aBrowser(server);
    const whose = () => ann.call('GET', `/api/invites/${token}`);
    expect((await whose()).body).toEqual({ name: 'Ann', email: 'ann@example.com', sets: 'first' });
    const short = await ann.call('POST', `/api/invites/${token}`, { password: 'short' });
    expect(short.body.error.fields).toEqual([{ field: 'password', message: expect.stringContaining('12') }]);
    const accepted = await ann.call('POST', `/api/invites/${token}`, { password: goodPassword });
    expect(accepted.body.me).toMatchObject({ name: 'Ann', grants: everywhere('viewer') });
    const again = await aBrowser(server).call('POST', `/api/invites/${token}`, { password: goodPassword });
    expect(again.body.error.code).toBe('link_invalid');
    expect((await whose()).body.error.code).toBe('link_invalid');
    const forgotten = await owner.call('POST', `/api/accounts/${invited.body.account.id}/link`);
    const other = await ann.call('GET', `/api/invites/${forgotten.body.link.split('/').at(-1)}`);
    expect(other.body).toMatchObject({ email: 'ann@example.com', sets: 'new' });
    expect((await ann.call('POST', '/api/policies', { name: 'x' })).body.error.code).toBe('not_permitted');
  });

  it('runs out after seven days, and a new link takes its place', async () => {
    let now = Date.parse('2026-11-22T00:00:00Z');
    const server = await aServer({ clock: () => now });
    const owner = await anOwner(server);
    const body = { name: 'Ann', email: 'ann@example.com', grants: everywhere('viewer') };
    const { account, link } = (await owner.call('POST', '/api/accounts', body)).body;
    const renewed = (await owner.call('POST', `/api/accounts/${account.id}/link`)).body.link;
    const accept = (of: string) =>
      aBrowser(server).call('POST', `/api/invites/${of.split('/').at(-1)}`, { password: goodPassword });
    expect((await accept(link)).body.error.code).toBe('link_invalid');
    now += 7 * 24 * 3_600_000;
    expect((await accept(renewed)).body.error.code).toBe('link_invalid');
  });

  it('is refused for an address that has an account, however it is written', async () => {
    const server = await aServer();
    const owner = await anOwner(server);
    const body = { name: 'Other', email: ' OLGA@example.COM ', grants: everywhere('viewer') };
    const refused = await owner.call('POST', '/api/accounts', body);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'account_exists']);
  });

  it('names only teams that there are', async () => {
    const server = await aServer();
    const owner = await anOwner(server);
    const body = { name: 'A', email: 'a@example.com', grants: [{ role: 'viewer', team: 'nowhere' }] };
    expect((await owner.call('POST', '/api/accounts', body)).body.error.message).toContain('"nowhere"');
  });
});
