import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from '#engine/signals/index.ts';
import type { KeyDirectory } from '../governance/key-directory.ts';
import { headerOf } from './exchange.ts';
import { type GatewayProblem, makeProblem } from './gateway-problem.ts';

/** Who asks: by `Authorization: Bearer <key>` (OpenAI's clients, Anthropic's newer ones) or `x-api-key`. */
export function authenticate(headers: IncomingHttpHeaders, keys: KeyDirectory): Caller | GatewayProblem {
  const secret = secretIn(headers);
  if (secret === '') {
    return makeProblem(
      401,
      'missing_key',
      'No key came with the request. Send a Waybill key as "Authorization: Bearer <key>" or as "x-api-key: <key>".',
    );
  }
  return (
    keys.authenticate(secret) ??
    makeProblem(401, 'invalid_key', 'The key is not known here. Use a Waybill key, not a provider’s.')
  );
}

function secretIn(headers: IncomingHttpHeaders): string {
  const { authorization = '' } = headers;
  if (authorization.slice(0, 7).toLowerCase() === 'bearer ') return authorization.slice(7).trim();
  return headerOf(headers, 'x-api-key').trim();
}
