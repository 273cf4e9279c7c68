import type { z } from 'zod';
import type { AnyCall, CallName, calls, ResponseOf } from '#server/contract/index.ts';
import { adminHeaders } from './admin-token.ts';
import { ApiFailure } from './api-failure.ts';
import { connection } from './connection.ts';
import { contract } from './contract.ts';
import { csrfHeaders, knownSession } from './known-session.ts';
import { requestUrl } from './request-url.ts';
import { signInAgain } from './sign-in-again.ts';

type Calls = typeof calls;
type Part<K extends string, T> = string extends keyof T
  ? { readonly [P in K]?: T }
  : keyof T extends never
    ? { readonly [P in K]?: T }
    : { readonly [P in K]: T };

/** What a call takes: the parts of the contract that are not empty. */
export type CallInput<N extends CallName> = Part<'params', z.input<Calls[N]['params']>> &
  Part<'query', z.input<Calls[N]['query']>> &
  Part<'body', z.input<Calls[N]['body']>>;
export type CallAnswer<N extends CallName> = ResponseOf<Calls[N]>;

interface LooseInput {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/**
 * Makes one call of the contract and reads the answer with its schema.
 * @throws {ApiFailure} when the server refuses, cannot be reached, or answers something else.
 */
export async function callApi<N extends CallName>(
  name: N,
  input: CallInput<N>,
  signal?: AbortSignal,
): Promise<CallAnswer<N>> {
  const { calls, ApiError } = await contract();
  const call: AnyCall = calls[name];
  const response = await sendSignedIn(call, input, signal);
  const text = await response.text();
  if (!response.ok) throw failureOf(ApiError, response.status, text);
  const read = call.response.safeParse(text === '' ? {} : parseJson(text));
  if (read.success) return read.data as CallAnswer<N>;
  const where = read.error.issues[0]?.path.join('.') ?? '';
  throw new ApiFailure(
    'unreadable',
    `The server answered ${call.method} ${call.path} in a form this studio does not know (at "${where}"). Reload the page.`,
    { status: response.status },
  );
}

/** A session that ended meanwhile: whoever works signs in again where they are, and the request is repeated. */
async function sendSignedIn(
  call: AnyCall,
  input: LooseInput,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const response = await send(call, input, signal);
  const hasEnded = response.status === 401 && call.needs !== 'anyone' && hasAccounts();
  return hasEnded && (await signInAgain()) ? send(call, input, signal) : response;
}

/** Whether a person is signed in, and not the admin token. */
function hasAccounts(): boolean {
  return (knownSession()?.me?.email ?? '') !== '';
}

async function send(call: AnyCall, input: LooseInput, signal: AbortSignal | undefined): Promise<Response> {
  const hasBody = call.method === 'POST' || call.method === 'PUT';
  try {
    const response = await fetch(requestUrl(call.path, input.params ?? {}, input.query ?? {}), {
      method: call.method,
      headers: {
        ...adminHeaders(),
        ...csrfHeaders(),
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
      },
      ...(hasBody ? { body: JSON.stringify(input.body ?? {}) } : {}),
      ...(signal === undefined ? {} : { signal }),
    });
    // A refused sign-in, or a session that ended, says nothing about the admin token.
    if (call.needs === 'anyone' || hasAccounts()) connection.getState().answered();
    else connection.getState().heard(response.status);
    return response;
  } catch (error) {
    if (signal?.aborted === true) throw error;
    connection.getState().lost();
    throw new ApiFailure('offline', 'The Waybill server does not answer.');
  }
}

function failureOf(
  schema: typeof import('#server/contract/index.ts').ApiError,
  status: number,
  text: string,
): ApiFailure {
  const read = schema.safeParse(parseJson(text));
  if (!read.success)
    return new ApiFailure('refused', `The server answered with status ${status}.`, { status });
  const { code, message, diagnostics, fields, revision } = read.data.error;
  return new ApiFailure('refused', message, {
    status,
    code,
    diagnostics: diagnostics ?? [],
    fields: fields ?? [],
    revision: revision ?? null,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
