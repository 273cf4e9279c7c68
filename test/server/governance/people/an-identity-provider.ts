import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

/** Who is at the keyboard of the identity provider. */
export interface Known {
  readonly sub: string;
  readonly email: string;
  readonly email_verified?: boolean;
  readonly name?: string;
  readonly groups?: readonly string[];
}

interface Provider {
  callback(): (request: IncomingMessage, response: ServerResponse) => void;
  interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
}

/** A real OpenID provider on a free port. Whoever comes is `who.is`, and agrees to everything. */
export async function anIdentityProvider(redirectUri: string) {
  const who: { is: Known } = { is: { sub: 'ann', email: 'ann@example.com' } };
  let provider: Provider | undefined;
  const server = createServer((request, response) => {
    if (provider === undefined) return void response.writeHead(503).end();
    if (request.url?.startsWith('/interaction/') === true)
      void provider.interactionFinished(request, response, { login: { accountId: who.is.sub } });
    else provider.callback()(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  // It has no types; a name that is not written out is not looked for.
  const name: string = 'oidc-provider';
  const { default: OpenIdProvider } = await import(name);
  const made: Provider = new OpenIdProvider(issuer, {
    clients: [
      {
        client_id: 'waybill',
        client_secret: 'a-secret-of-the-client',
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name'],
      groups: ['groups'],
    },
    cookies: { keys: ['of-a-test'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { readonly uid: string }) => `/interaction/${uid}` },
    findAccount: (_: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ email_verified: true, ...who.is }),
    }),
    loadExistingGrant: async ({ oidc }: { readonly oidc: Oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client.clientId,
        accountId: oidc.session.accountId,
      });
      grant.addOIDCScope('openid email profile groups');
      await grant.save();
      return grant;
    },
  });
  provider = made;
  return { issuer, who };
}

interface Oidc {
  readonly provider: {
    readonly Grant: new (of: object) => { addOIDCScope(scope: string): void; save(): Promise<string> };
  };
  readonly client: { readonly clientId: string };
  readonly session: { readonly accountId: string };
}

/** Walks through the identity provider as a browser does; answers the address that it leads back to. */
export async function throughProvider(from: string, issuer: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let address = new URL(from);
  for (let step = 0; step < 10 && address.origin === issuer; step += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(address, { redirect: 'manual', headers: { cookie } });
    for (const set of answer.headers.getSetCookie()) {
      const pair = set.split(';')[0] ?? '';
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const next = answer.headers.get('location');
    if (next === null) throw new Error(`${answer.status} at ${address}: ${await answer.text()}`);
    address = new URL(next, address);
  }
  return address;
}
