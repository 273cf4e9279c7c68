import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { isLoopback } from '../config.ts';
import type { Principal } from '../contract/index.ts';
import { ApiFailure } from '../errors.ts';
import { setPrincipal } from './actor.ts';

const cookieName = 'waybill_session';

/**
 * Lets callers into `/api`. With an admin token: bearers of it, and browsers that opened the studio with it. Without:
 * callers on this machine, as long as no page of another origin speaks through their browser (DNS rebinding, forgery).
 */
export function protectApi(adminToken: string | null): RequestHandler {
  return adminToken === null ? letLocalIn : letAdminIn(adminToken);
}

const letLocalIn: RequestHandler = (request, response, next) => {
  const host = request.headers.host;
  if (host === undefined || !isLoopback(hostName(host))) {
    throw new ApiFailure(
      403,
      'foreign_host',
      `Without WAYBILL_ADMIN_TOKEN the API answers only under this machine's own names (localhost, 127.0.0.1), not "${host ?? ''}".`,
    );
  }
  requireOwnOrigin(request);
  setPrincipal(response, ownerCalled('local'));
  next();
};

function letAdminIn(token: string): RequestHandler {
  const session = sessionOf(token);
  return (request, response, next) => {
    const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (bearer === undefined || !isSame(bearer, token)) {
      if (bearer !== undefined || !isSame(cookieOf(request) ?? '', session)) throw notLetIn();
      requireOwnOrigin(request);
    }
    setPrincipal(response, ownerCalled('admin'));
    next();
  };
}

function ownerCalled(id: string): Principal {
  return { id, grants: [{ role: 'owner', team: null }] };
}

function notLetIn(): ApiFailure {
  return new ApiFailure(
    401,
    'not_authenticated',
    'The API needs WAYBILL_ADMIN_TOKEN: send it as "Authorization: Bearer <token>", or open the studio once as /?token=<token>.',
  );
}

/** Opening `/?token=…` with the right token keeps the browser let in, and takes the token out of its address bar. */
export function takeToken(adminToken: string | null): RequestHandler {
  return (request, response, next) => {
    const { token } = request.query;
    if (adminToken === null || typeof token !== 'string') return next();
    if (!isSame(token, adminToken)) throw notLetIn();
    response.cookie(cookieName, sessionOf(adminToken), {
      httpOnly: true,
      sameSite: 'strict',
      secure: request.secure,
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
function sessionOf(token: string): string {
  return createHash('sha256').update(`waybill session\n${token}`).digest('hex');
}

function cookieOf(request: Request): string | undefined {
  const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1);
}

/** Compares hashes, so that neither length nor common beginning shows in the time it takes. */
function isSame(left: string, right: string): boolean {
  const [one, other] = [left, right].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
