import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { isLoopback } from '../config/config.ts';
import type { Principal } from '../contract/index.ts';
import { ApiFailure } from '../errors.ts';
import { needsSignIn, principalOfAccount } from '../governance/people/accounts.ts';
import { csrfOf, seenEveryMs, sessionOf } from '../governance/people/sessions.ts';
import type { StoredSession } from '../governance/people/stored-people.ts';
import { setPrincipal } from './actor.ts';
import { makeClientAddress } from './client-address.ts';
import type { Installation } from './installation.ts';
import { cookieOf, type Entry, entryOf, isSecure, sessionCookie, setAddress, setEntry } from './visit.ts';

type Guarded = Pick<Installation, 'config' | 'store' | 'clock' | 'logger'>;

/**
 * Finds out who calls `/api`: bearers of the admin token, browsers that are signed in, browsers that opened the studio with
 * the admin token, and, while there is neither token nor owner, callers on this machine. Nobody is turned away here: that
 * is `requireLetIn`, behind the calls that anyone may make.
 */
export function identify(installation: Guarded): RequestHandler {
  const noteSeen = makeNoteSeen(installation);
  const clientAddress = makeClientAddress(installation.config.trustedProxies ?? []);
  return (request, response, next) => {
    setAddress(response, clientAddress(request));
    const entry = entryFor(request, installation);
    setEntry(response, entry);
    setPrincipal(response, principalOfEntry(entry));
    if (entry.kind === 'account') noteSeen(entry.session);
    next();
  };
}

/**
 * Turns away who is nobody. Changes that a cookie lets in have to come from a page of ours: it knows what is made from the
 * session and no other page can read.
 *
 * @throws {ApiFailure} `not_authenticated`, `foreign_host`, `csrf_missing`.
 */
export const requireLetIn: RequestHandler = (request, response, next) => {
  requireEntry(request, response);
  next();
};

function requireEntry(request: Request, response: Response): void {
  const entry = entryOf(response);
  if (entry.kind === 'nobody') throw entry.denial;
  if (request.method === 'GET' || request.method === 'HEAD' || entry.kind === 'open') return;
  if (entry.csrf === null) return;
  const stated = request.headers['x-waybill-csrf'];
  if (typeof stated === 'string' && isSame(stated, entry.csrf)) return;
  throw new ApiFailure(
    403,
    'csrf_missing',
    'Changes from a browser need the header x-waybill-csrf with what GET /api/session says. Reload the page.',
  );
}

function entryFor(request: Request, { config, store, clock }: Guarded): Entry {
  const { adminToken } = config;
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const state = store.read();
  const hasAccounts = needsSignIn(state);
  if (adminToken !== null && bearer !== undefined)
    return isSame(bearer, adminToken)
      ? { kind: 'admin', csrf: null }
      : { kind: 'nobody', denial: notLetIn(adminToken, hasAccounts) };
  requireOwnOrigin(request);
  const cookie = cookieOf(request, sessionCookie);
  if (cookie !== undefined) {
    if (adminToken !== null && isSame(cookie, cookieOfToken(adminToken)))
      return { kind: 'admin', csrf: csrfOf(cookie) };
    const found = sessionOf(state, cookie, clock());
    if (found !== undefined) return { kind: 'account', ...found, csrf: csrfOf(cookie) };
  }
  if (adminToken !== null || hasAccounts)
    return { kind: 'nobody', denial: notLetIn(adminToken, hasAccounts) };
  return whyForeign(request) ?? { kind: 'open' };
}

/** A page of another name that leads here (DNS rebinding) is not this machine. */
function whyForeign(request: Request): Entry | undefined {
  const { host } = request.headers;
  if (host !== undefined && isLoopback(hostName(host))) return undefined;
  const denial = new ApiFailure(
    403,
    'foreign_host',
    `Without WAYBILL_ADMIN_TOKEN the API answers only under this machine's own names (localhost, 127.0.0.1), not "${host ?? ''}".`,
  );
  return { kind: 'nobody', denial };
}

function principalOfEntry(entry: Entry): Principal {
  if (entry.kind === 'account') return principalOfAccount(entry.account);
  if (entry.kind === 'nobody') return { id: 'nobody', grants: [] };
  return { id: entry.kind === 'admin' ? 'admin' : 'local', grants: [{ role: 'owner', team: null }] };
}

function notLetIn(adminToken: string | null, hasAccounts: boolean): ApiFailure {
  const byToken =
    'send WAYBILL_ADMIN_TOKEN as "Authorization: Bearer <token>", or open the studio once as /?token=<token>';
  if (!hasAccounts)
    return new ApiFailure(401, 'not_authenticated', `The API needs to know who calls: ${byToken}.`);
  const orToken = adminToken === null ? '' : ` Programs ${byToken}.`;
  return new ApiFailure(401, 'not_authenticated', `Sign in first.${orToken}`);
}

/** Writes down, not on every request, that a session is in use: idle ones end. */
function makeNoteSeen({ store, clock, logger }: Guarded): (session: StoredSession) => void {
  const noting = new Set<string>();
  return ({ id, seenAt }) => {
    const now = clock();
    if (now - Date.parse(seenAt) < seenEveryMs || noting.has(id)) return;
    noting.add(id);
    const at = new Date(now).toISOString();
    store
      .note((state) => ({
        ...state,
        sessions: state.sessions.map((session) => (session.id === id ? { ...session, seenAt: at } : session)),
      }))
      .catch((err: unknown) => logger.warn({ err }, 'when a session was last seen could not be kept'))
      .finally(() => noting.delete(id));
  };
}

/** Opening `/?token=…` with the right token keeps the browser let in, and takes the token out of its address bar. */
export function takeToken(adminToken: string | null): RequestHandler {
  return (request, response, next) => {
    const { token } = request.query;
    if (adminToken === null || typeof token !== 'string') return next();
    if (!isSame(token, adminToken)) throw notLetIn(adminToken, false);
    response.cookie(sessionCookie, cookieOfToken(adminToken), {
      httpOnly: true,
      sameSite: 'strict',
      secure: isSecure(request),
      path: '/',
      maxAge: 30 * 24 * 3_600_000,
    });
    response.redirect(303, request.path);
  };
}

/** A page of another origin names it in `Origin`; scripts and command lines name none. */
function requireOwnOrigin(request: Request): void {
  const { origin, host } = request.headers;
  if (origin === undefined) return;
  const named = URL.canParse(origin) ? new URL(origin).host : null;
  if (named === host) return;
  throw new ApiFailure(403, 'foreign_origin', `The API does not answer pages of ${origin}.`);
}

/** `127.0.0.1:4800` → `127.0.0.1`; `[::1]:4800` → `[::1]`. */
function hostName(host: string): string {
  return host.replace(/:\d+$/, '');
}

/** What the cookie holds: made from the token, and gone with it; the token itself is never in it. */
function cookieOfToken(token: string): string {
  return createHash('sha256').update(`waybill session\n${token}`).digest('hex');
}

/** Compares hashes, so that neither length nor common beginning shows in the time it takes. */
function isSame(left: string, right: string): boolean {
  const [one, other] = [left, right].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
