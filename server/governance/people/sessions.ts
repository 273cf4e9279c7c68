import { createHash, randomBytes } from 'node:crypto';
import type { Configuration } from '../../store/config-store.ts';
import { stateOf } from './accounts.ts';
import type { StoredAccount, StoredSession } from './stored-people.ts';

const hour = 3_600_000;
/** A session ends after so long without a request, and after so long in any case. */
export const idleMs = 12 * hour;
export const longestMs = 7 * 24 * hour;
/** When somebody was last seen is written so often at most. */
export const seenEveryMs = 5 * 60_000;
/** The oldest session of an account ends when it signs in more often. */
const mostPerAccount = 20;

/** 256 random bits, for a cookie or a link. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Tokens are random, so SHA-256 is enough to recognise them and tells nothing about them. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** What a page of ours proves itself with: made from the session's token, which no page can read. */
export function csrfOf(token: string): string {
  return createHash('sha256').update(`waybill csrf\n${token}`).digest('hex');
}

export function hasEnded(session: StoredSession, now: number): boolean {
  return now - Date.parse(session.seenAt) >= idleMs || now - Date.parse(session.createdAt) >= longestMs;
}

/** The session of a token and whose it is, while both are in force. */
export function sessionOf(
  { sessions, accounts }: Pick<Configuration, 'sessions' | 'accounts'>,
  token: string,
  now: number,
): { readonly session: StoredSession; readonly account: StoredAccount } | undefined {
  const tokenSha256 = hashToken(token);
  const session = sessions.find((one) => one.tokenSha256 === tokenSha256);
  if (session === undefined || hasEnded(session, now)) return undefined;
  const account = accounts.find(({ id }) => id === session.account);
  return account === undefined || stateOf(account) !== 'active' ? undefined : { session, account };
}

/** The sessions with a new one; what has ended goes. */
export function withSession(
  sessions: readonly StoredSession[],
  added: StoredSession,
  now: number,
): readonly StoredSession[] {
  const going = sessions.filter((session) => !hasEnded(session, now));
  const own = going.filter(({ account }) => account === added.account);
  const tooMany = new Set(own.slice(0, Math.max(0, own.length + 1 - mostPerAccount)));
  return [...going.filter((session) => !tooMany.has(session)), added];
}

/** `Firefox on Linux`: enough to tell the own browsers apart. */
export function deviceOf(userAgent: string | undefined): string {
  const agent = userAgent ?? '';
  const browser = nameIn(agent, browsers) ?? 'A browser';
  const system = nameIn(agent, systems);
  return system === undefined ? browser : `${browser} on ${system}`;
}

/** In the order in which agents pretend to be the others. */
const browsers = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\/|\bHeadlessChrome\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/\bcurl\//, 'curl'],
] as const;
const systems = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
] as const;

function nameIn(agent: string, names: readonly (readonly [RegExp, string])[]): string | undefined {
  return names.find(([pattern]) => pattern.test(agent))?.[1];
}
