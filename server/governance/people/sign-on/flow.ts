import { z } from 'zod';
import type { SecretBox } from '../../secrets/secret-box.ts';

/** How long a browser may take between going to the identity provider and coming back. */
export const flowMs = 10 * 60_000;
const bound = 'sign-on flow';

/** What a browser takes along to the identity provider and back, sealed: any gateway can take it from there. */
const Flow = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** `https://waybill.example.com`, as the browser reaches us. */
  origin: z.string(),
  return: z.string(),
  /** ms since 1970. */
  at: z.number(),
});
export type Flow = Readonly<z.output<typeof Flow>>;

export function sealFlow(flow: Flow, secrets: SecretBox): string {
  return encodeURIComponent(secrets.seal(JSON.stringify(flow), bound));
}

/** `undefined` for what is made up, belongs to another master key or took too long. */
export function openFlow(cookie: string | undefined, secrets: SecretBox, now: number): Flow | undefined {
  if (cookie === undefined) return undefined;
  try {
    const flow = Flow.parse(JSON.parse(secrets.open(decodeURIComponent(cookie), bound)));
    return now - flow.at < flowMs ? flow : undefined;
  } catch {
    return undefined;
  }
}

/** A path of ours to go back to; `/` for whatever would lead elsewhere. */
export function ownPath(wanted: unknown): string {
  const here = 'http://here.invalid';
  if (typeof wanted !== 'string' || !/^\/(?![/\\])/.test(wanted) || /[\\\p{Cc}]/u.test(wanted)) return '/';
  if (!URL.canParse(wanted, here)) return '/';
  const { origin, pathname, search, hash } = new URL(wanted, here);
  return origin === here && !pathname.startsWith('//') ? pathname + search + hash : '/';
}
