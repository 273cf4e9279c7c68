import type { CookieOptions, Request, Response } from 'express';
import type { ApiFailure } from '../errors.ts';
import { deviceOf } from '../governance/people/sessions.ts';
import type { StoredAccount, StoredSession } from '../governance/people/stored-people.ts';

export const sessionCookie = 'waybill_session';
export const deviceCookie = 'waybill_device';
const day = 24 * 3_600_000;

/** How somebody was let in. */
export type Entry =
  | {
      readonly kind: 'account';
      readonly session: StoredSession;
      readonly account: StoredAccount;
      readonly csrf: string;
    }
  /** `csrf`: where a cookie says so. */
  | { readonly kind: 'admin'; readonly csrf: string | null }
  /** Nobody has to sign in yet. */
  | { readonly kind: 'open' }
  | { readonly kind: 'nobody'; readonly denial: ApiFailure };

/** The side of a call that is neither path nor body: whence it comes, and what its answer leaves in the browser. */
export interface Visit {
  readonly entry: Entry;
  readonly address: string;
  readonly device: string;
  /** As the browser reaches us: `https://waybill.example.com`. */
  readonly origin: string;
  readonly knownDevice: string | undefined;
  /** Puts the browser into a session; `null` takes it out. */
  readonly keepSession: (token: string | null, maxAgeMs?: number) => void;
  readonly keepDevice: (value: string) => void;
  readonly setHeader: (name: string, value: string) => void;
}

export function setEntry(response: Response, entry: Entry): void {
  response.locals.entry = entry;
}

/** How a call was let in. Throws when nobody asked, which is our bug. */
export function entryOf(response: Response): Entry {
  const { entry } = response.locals;
  if (entry === undefined) throw new Error('A call reached the API without having been looked at.');
  return entry as Entry;
}

/** Notes from where a call comes. */
export function setAddress(response: Response, address: string): void {
  response.locals.address = address;
}

export function visitOf(request: Request, response: Response): Visit {
  const secure = isSecure(request);
  const options: CookieOptions = { httpOnly: true, secure };
  return {
    entry: entryOf(response),
    address: typeof response.locals.address === 'string' ? response.locals.address : '',
    device: deviceOf(request.headers['user-agent']),
    origin: `${secure ? 'https' : 'http'}://${request.headers.host ?? ''}`,
    knownDevice: cookieOf(request, deviceCookie),
    keepSession: (token, maxAge) => {
      const kept = { ...options, sameSite: 'lax', path: '/' } as const;
      if (token === null) response.clearCookie(sessionCookie, kept);
      else response.cookie(sessionCookie, token, { ...kept, maxAge: maxAge ?? 7 * day });
    },
    keepDevice: (value) =>
      void response.cookie(deviceCookie, value, {
        ...options,
        sameSite: 'strict',
        path: '/api/session',
        maxAge: 365 * day,
      }),
    setHeader: (name, value) => void response.setHeader(name, value),
  };
}

/**
 * Whether the browser came by https, here or to a server in front. Whoever makes the header up only keeps their own cookie
 * from being sent without TLS.
 */
export function isSecure(request: Request): boolean {
  const told = request.headers['x-forwarded-proto'];
  return request.secure || (typeof told === 'string' && told.split(',')[0]?.trim() === 'https');
}

export function cookieOf(request: Request, name: string): string | undefined {
  const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
}
