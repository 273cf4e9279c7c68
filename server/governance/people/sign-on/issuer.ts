import {
  allowInsecureRequests,
  ClientSecretPost,
  type Configuration,
  type CustomFetch,
  customFetch,
  discovery,
  None,
} from 'openid-client';
import { Agent, fetch } from 'undici';
import { isLoopback } from '../../../config/config.ts';
import { messageOf } from '../../../errors.ts';
import { publicLookup, whyNotCalled } from '../../secrets/private-address.ts';

const timeoutMs = 10_000;
const publicOnly = new Agent({ connect: { lookup: publicLookup, timeout: timeoutMs } });
const anywhere = new Agent({ connect: { timeout: timeoutMs } });

/** Why an identity provider cannot be used. */
export class IssuerError extends Error {
  override readonly name = 'IssuerError';
}

/**
 * Asks an identity provider for its configuration. It is called at public addresses only unless `allowPrivate`, as are the
 * addresses that it names itself; without TLS only on this machine.
 *
 * @throws {IssuerError} what is wrong with it.
 */
export async function discoverIssuer(of: {
  readonly issuer: string;
  readonly clientId: string;
  /** `null` for a public client. */
  readonly clientSecret: string | null;
  readonly allowPrivate: boolean;
}): Promise<Configuration> {
  const url = URL.canParse(of.issuer) ? new URL(of.issuer) : null;
  const isPlain = url?.protocol === 'http:' && isLoopback(url.hostname);
  if (url === null || (url.protocol !== 'https:' && !isPlain))
    throw new IssuerError(
      `"${of.issuer}" is not the address of an identity provider. It must begin with https://.`,
    );
  if (of.clientId === '') throw new IssuerError('The client id is missing.');
  const refused = of.allowPrivate ? undefined : whyNotCalled(url.hostname);
  if (refused !== undefined) throw new IssuerError(refused);
  const authentication = of.clientSecret === null ? None() : ClientSecretPost(of.clientSecret);
  try {
    return await discovery(url, of.clientId, undefined, authentication, {
      [customFetch]: fetchFor(of.allowPrivate),
      execute: isPlain ? [allowInsecureRequests] : [],
      timeout: timeoutMs / 1_000,
    });
  } catch (cause) {
    throw new IssuerError(`${of.issuer} does not answer as an identity provider: ${deepest(cause)}`, {
      cause,
    });
  }
}

/** Redirects are not followed, since they could lead to where the address itself may not. */
function fetchFor(allowPrivate: boolean): CustomFetch {
  return async (address, { method, headers, body, signal }) => {
    const refused = allowPrivate ? undefined : whyNotCalled(new URL(address).hostname);
    if (refused !== undefined) throw new IssuerError(refused);
    const answer = await fetch(address, {
      method,
      headers,
      redirect: 'manual',
      dispatcher: allowPrivate ? anywhere : publicOnly,
      ...(body === undefined || body === null ? {} : { body: textOf(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    return new Response(await answer.text(), {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
    });
  };
}

function textOf(body: unknown): string {
  return typeof body === 'string' || body instanceof URLSearchParams ? body.toString() : '';
}

function deepest(error: unknown): string {
  return error instanceof Error && error.cause instanceof Error ? deepest(error.cause) : messageOf(error);
}
