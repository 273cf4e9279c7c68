import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from '#engine/signals/index.ts';
import type { KeyDirectory } from '../governance/key-directory.ts';
import { headerOf } from './exchange.ts';
import { keyInUrl } from './find-route.ts';
import { type GatewayProblem, makeProblem } from './gateway-problem.ts';

/**
 * Who asks: by `Authorization: Bearer <key>` (OpenAI's clients, Anthropic's newer ones), `x-api-key` (Anthropic's),
 * `x-goog-api-key` or, below Google's paths, `?key=`. Several may come; they have to be the same key.
 */
export function authenticate(
  headers: IncomingHttpHeaders,
  keys: KeyDirectory,
  url = '',
): Caller | GatewayProblem {
  const secret = secretIn(headers, url);
  if (secret === undefined) {
    return makeProblem(
      401,
      'conflicting_keys',
      'The request has different keys in its headers (authorization, x-api-key, x-goog-api-key, ?key=). Send one, or the same in all.',
    );
  }
  if (secret === '') {
    return makeProblem(
      401,
      'missing_key',
      'No key came with the request. Send a Waybill key as "Authorization: Bearer <key>", "x-api-key: <key>" or "x-goog-api-key: <key>".',
    );
  }
  return (
    keys.authenticate(secret) ??
    makeProblem(401, 'invalid_key', 'The key is not known here. Use a Waybill key, not a provider’s.')
  );
}

/** The one key of a request; empty where it has none, `undefined` where it has two. */
function secretIn(headers: IncomingHttpHeaders, url: string): string | undefined {
  let secret = bearerIn(headers);
  for (const name of ['x-api-key', 'x-goog-api-key'] as const) {
    if (headers[name] === undefined) continue;
    const other = headerOf(headers, name).trim();
    if (secret === '') secret = other;
    else if (other !== '' && other !== secret) return undefined;
  }
  const inUrl = keyInUrl(url);
  if (secret === '' || inUrl === '') return secret || inUrl;
  return inUrl === secret ? secret : undefined;
}

function bearerIn({ authorization = '' }: IncomingHttpHeaders): string {
  return authorization.slice(0, 7).toLowerCase() === 'bearer ' ? authorization.slice(7).trim() : '';
}
