import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';

interface Person {
  readonly name: string;
  readonly email: string;
  readonly groups: readonly string[];
}

/** What is used of `oidc-provider`, which comes without types. */
interface OpenIdProvider {
  callback(): RequestListener;
}
type MakeProvider = new (issuer: string, settings: object) => OpenIdProvider;

async function loadProvider(): Promise<MakeProvider> {
  const name: string = 'oidc-provider';
  return (await import(name)).default;
}

/** A real OpenID provider on loopback, with the people that it knows. */
export interface SignOnProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Goes through the provider's own pages as one of its people. */
  signInAs(page: Page, id: string): Promise<void>;
  close(): Promise<void>;
}

export async function aSignOnProvider({
  callback,
  people,
}: {
  readonly callback: string;
  readonly people: Readonly<Record<string, Person>>;
}): Promise<SignOnProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [clientId, clientSecret] = ['waybill', 'a-secret-of-the-journey-0123456789'];
  const Provider = await loadProvider();
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [callback],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['a-key-for-cookies-of-the-journey'] },
    findAccount: (_: unknown, id: string) => {
      const person = people[id];
      if (person === undefined) return undefined;
      const claims = () => ({ sub: id, ...person, groups: [...person.groups], email_verified: true });
      return { accountId: id, claims };
    },
  });
  server.on('request', provider.callback());
  return {
    issuer,
    clientId,
    clientSecret,
    signInAs: async (page, id) => {
      await page.locator('input[name=login]').fill(id);
      await page.locator('input[name=password]').fill('any');
      await page.locator('button[type=submit]').click();
      // It asks once whether the studio may know.
      await page.getByRole('button', { name: 'Continue' }).click();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
