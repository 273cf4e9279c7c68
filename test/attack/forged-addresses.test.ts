import { expect, it } from 'vitest';
import { aServer, type TestServer } from '../server/api/a-server.ts';
import { anOwner, type Person } from '../server/governance/people/a-person.ts';

/** Clocks stand still, so that no wait ends while the tries go on. */
async function aSignIn(trustedProxies: readonly string[]): Promise<TestServer & { readonly owner: Person }> {
  const now = Date.now();
  const server = await aServer({ config: { trustedProxies }, clock: () => now });
  return { ...server, owner: await anOwner(server) };
}

/** Tries a wrong password on an account of nobody; answers the status. */
async function guess({ call }: TestServer, nth: number, forwardedFor: string): Promise<number> {
  const body = { email: `somebody-${nth}@example.com`, password: 'not the password at all' };
  return (await call('POST', '/api/session', body, { 'x-forwarded-for': forwardedFor })).status;
}

async function statuses(server: TestServer, forwardedFor: (nth: number) => string) {
  const found: number[] = [];
  for (let nth = 0; nth < 22; nth += 1) found.push(await guess(server, nth, forwardedFor(nth)));
  return found;
}

async function refusedFrom(owner: Person): Promise<readonly string[]> {
  const { body } = await owner.call('GET', '/api/audit?action=session.refuse');
  return body.entries.map(({ address }: { address: string }) => address);
}

it('a forged X-Forwarded-For of somebody who is no proxy buys no tries, and hides nobody in the audit', async () => {
  const server = await aSignIn(['10.0.0.0/8']);
  const found = await statuses(server, (nth) => `203.0.113.${nth}`);
  expect(found.slice(0, 20)).toEqual(Array(20).fill(401));
  expect(found.slice(20)).toEqual([429, 429]);
  const addresses = await refusedFrom(server.owner);
  expect(addresses.length).toBeGreaterThan(0);
  expect(new Set(addresses)).toEqual(new Set(['127.0.0.1']));
});

it('behind a proxy that is trusted each client has its own tries, whatever it wrote into the header before', async () => {
  const server = await aSignIn(['127.0.0.0/8']);
  const found = await statuses(server, (nth) => `198.51.100.${nth}, 203.0.113.9`);
  expect(found.slice(20)).toEqual([429, 429]);
  expect(await guess(server, 30, '203.0.113.9, 198.51.100.4')).toBe(401);
  expect(await guess(server, 31, '198.51.100.4, 203.0.113.9')).toBe(429);
  const addresses = await refusedFrom(server.owner);
  expect(addresses).toContain('203.0.113.9');
  expect(addresses).not.toContain('127.0.0.1');
});
