import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a browser keeps that has signed in with this password: it proves that, and is worth nothing after a change of it. */
export function newKnownDevice(passwordHash: string): string {
  const nonce = randomBytes(16).toString('base64url');
  return `${nonce}.${sign(nonce, passwordHash)}`;
}

/** The name of a browser that has signed in with this password before; `null` for any other, and for made-up ones. */
export function knownDeviceOf(cookie: string | undefined, passwordHash: string | null): string | null {
  const [nonce = '', signature = ''] = (cookie ?? '').split('.');
  if (passwordHash === null || nonce === '') return null;
  const right = Buffer.from(sign(nonce, passwordHash));
  const stated = Buffer.from(signature);
  return right.length === stated.length && timingSafeEqual(right, stated) ? nonce : null;
}

function sign(nonce: string, passwordHash: string): string {
  return createHmac('sha256', passwordHash).update(`waybill device\n${nonce}`).digest('base64url');
}
