import type { Request, RequestHandler, Response } from 'express';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration as Client,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { signOnCallbackPath } from '../../contract/index.ts';
import { withAccount } from '../../governance/people/accounts.ts';
import { admit, Claims, type Problem } from '../../governance/people/sign-on/admit.ts';
import { type Flow, flowMs, openFlow, ownPath, sealFlow } from '../../governance/people/sign-on/flow.ts';
import { discoverIssuer } from '../../governance/people/sign-on/issuer.ts';
import type { StoredSignOn } from '../../governance/people/stored-people.ts';
import { signOnBound } from '../../governance/secrets/reseal.ts';
import type { Installation } from '../installation.ts';
import { cookieOf, isSecure, type Visit, visitOf } from '../visit.ts';
import { enter } from './enter.ts';
import { aNewAccount } from './session.ts';

const flowCookie = 'waybill_sign_on';

/** The two pages of single sign-on: away to the identity provider, and back. */
export interface SignOnPages {
  readonly start: RequestHandler;
  readonly callback: RequestHandler;
}

export function makeSignOnPages(installation: Installation): SignOnPages {
  const clientFor = makeClients(installation);
  return {
    start: async (request, response) => {
      const settings = settingsOf(installation);
      const back = ownPath(request.query.return);
      if (settings === null) return leave(response, 'failed', back);
      const visit = visitOf(request, response);
      const flow = aFlow(visit, back, installation.clock());
      const client = await clientFor(settings).catch((err: unknown) => {
        installation.logger.warn({ err }, 'the identity provider cannot be used');
        return null;
      });
      if (client === null) return leave(response, 'failed', back);
      keepFlow(request, response, sealFlow(flow, installation.secrets));
      const address = buildAuthorizationUrl(client, {
        redirect_uri: `${flow.origin}${signOnCallbackPath}`,
        scope: scopesOf(client),
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
      });
      response.redirect(303, address.href);
    },
    callback: async (request, response) => {
      const { secrets, clock } = installation;
      const flow = openFlow(cookieOf(request, flowCookie), secrets, clock());
      keepFlow(request, response, null);
      const settings = settingsOf(installation);
      if (flow === undefined || settings === null) return leave(response, 'expired', '/');
      const visit = visitOf(request, response);
      const claims = await clientFor(settings)
        .then((client) => claimsOf(client, request, flow))
        .then((told) => Claims.parse(told))
        .catch((err: unknown) => {
          installation.logger.warn({ err }, 'a single sign-on did not succeed');
          return null;
        });
      const problem = claims === null ? 'failed' : await signOn(installation, visit, settings, claims);
      if (problem !== null) {
        await recordRefusal(installation, visit, problem);
        return leave(response, problem, flow.return);
      }
      response.redirect(303, flow.return);
    },
  };
}

function settingsOf({ store }: Installation): StoredSignOn | null {
  const { signOn } = store.read();
  return signOn?.enabled === true ? signOn : null;
}

/** The client of the settings in force; asked for once for each revision of them. */
function makeClients({ secrets, config }: Installation): (settings: StoredSignOn) => Promise<Client> {
  let known: { readonly revision: number; readonly client: Promise<Client> } | undefined;
  return (settings) => {
    if (known?.revision === settings.revision) return known.client;
    const { issuer, clientId, sealedSecret, revision } = settings;
    const client = discoverIssuer({
      issuer,
      clientId,
      clientSecret: sealedSecret === null ? null : secrets.open(sealedSecret, signOnBound),
      allowPrivate: config.allowPrivateUpstreams === true,
    });
    known = { revision, client };
    // One that was away is asked again.
    client.catch(() => {
      known = undefined;
    });
    return client;
  };
}

function aFlow({ origin }: Visit, back: string, at: number): Flow {
  return {
    state: randomState(),
    nonce: randomNonce(),
    verifier: randomPKCECodeVerifier(),
    origin,
    return: back,
    at,
  };
}

function scopesOf(client: Client): string {
  const offered = client.serverMetadata().scopes_supported ?? [];
  return ['openid', 'email', 'profile', ...(offered.includes('groups') ? ['groups'] : [])].join(' ');
}

/** Checks state, nonce, PKCE and the signature; asks for what the token leaves out. */
async function claimsOf(client: Client, request: Request, flow: Flow): Promise<object> {
  const tokens = await authorizationCodeGrant(client, new URL(`${flow.origin}${request.originalUrl}`), {
    expectedState: flow.state,
    expectedNonce: flow.nonce,
    pkceCodeVerifier: flow.verifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (claims === undefined) throw new Error('The identity provider gave no id token.');
  const isWhole = claims.email !== undefined && claims.groups !== undefined;
  if (isWhole || client.serverMetadata().userinfo_endpoint === undefined) return claims;
  return { ...(await fetchUserInfo(client, tokens.access_token, claims.sub)), ...claims };
}

/** What kept them out; `null`: they are signed in. */
async function signOn(
  installation: Installation,
  visit: Visit,
  settings: StoredSignOn,
  claims: Claims,
): Promise<Problem | null> {
  const { store, clock } = installation;
  const at = new Date(clock()).toISOString();
  const fresh = aNewAccount({ email: '', name: '', by: 'single sign-on', at });
  const decide = (state: ReturnType<typeof store.read>) =>
    admit(state, settings, claims, (email, name) => ({ ...fresh, email, name }));
  const first = decide(store.read());
  if (first.kind === 'out') return first.problem;
  const before = store.read().accounts.find(({ id }) => id === first.account.id);
  if (JSON.stringify(before) !== JSON.stringify(first.account)) {
    const { id, email, name, grants } = first.account;
    await store.update(
      {
        actor: 'single sign-on',
        action: before === undefined ? 'account.create' : 'account.write',
        subject: email,
        before: before === undefined ? null : { name: before.name, grants: before.grants },
        after: { account: id, name, grants, issuer: settings.issuer },
        address: visit.address,
      },
      (state) => {
        const now = decide(state);
        if (now.kind === 'out') return state;
        return withAccount(state, { ...now.account, revision: now.account.revision + 1 });
      },
    );
    const last = decide(store.read());
    if (last.kind === 'out') return last.problem;
  }
  await enter(installation, visit, first.account.id, { action: 'session.start', by: 'sign_on' });
  return null;
}

async function recordRefusal(
  { store, failedSignIns }: Installation,
  visit: Visit,
  problem: Problem,
): Promise<void> {
  const counted = failedSignIns.count();
  if (counted === null) return;
  await store.update(
    {
      actor: 'nobody',
      action: 'session.refuse',
      subject: 'single sign-on',
      before: null,
      after: { problem, ...(counted.leftOut === 0 ? {} : { leftOut: counted.leftOut }) },
      address: visit.address,
    },
    (state) => state,
  );
}

function keepFlow(request: Request, response: Response, sealed: string | null): void {
  const kept = { httpOnly: true, sameSite: 'lax', secure: isSecure(request), path: '/api/sign-on' } as const;
  if (sealed === null) response.clearCookie(flowCookie, kept);
  else response.cookie(flowCookie, sealed, { ...kept, maxAge: flowMs, encode: (value) => value });
}

function leave(response: Response, problem: Problem, back: string): void {
  const way = back === '/' ? '' : `&return=${encodeURIComponent(back)}`;
  response.redirect(303, `/sign-in?problem=${problem}${way}`);
}
