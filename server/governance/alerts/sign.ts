import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a rule's deliveries are signed with: made from the installation's salt, so that nothing more need be kept. */
export function signingSecret(
  salt: string,
  { id, nonce }: { readonly id: string; readonly nonce: string },
): string {
  return `whsec_${createHmac('sha256', salt).update(`alert webhook\n${id}\n${nonce}`).digest('hex')}`;
}

/**
 * The value of `x-waybill-signature`: `t=<seconds since 1970>,v1=<hex>`, the HMAC-SHA256 of `<t>.<body>` under the secret.
 * A receiver computes it again, compares in constant time, and refuses a `t` of more than five minutes ago.
 */
export function signatureOf(body: string, secret: string, atMs: number): string {
  const seconds = Math.floor(atMs / 1_000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

/** What a receiver does; also an example for one. */
export function isSignedBy(body: string, header: string, secret: string, nowMs: number): boolean {
  const { 1: seconds, 2: given } = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  if (seconds === undefined || given === undefined) return false;
  const wanted = createHmac('sha256', secret).update(`${seconds}.${body}`).digest();
  return (
    Math.abs(nowMs / 1_000 - Number(seconds)) <= 300 && timingSafeEqual(wanted, Buffer.from(given, 'hex'))
  );
}
