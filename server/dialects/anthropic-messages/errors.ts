import type { ErrorClass } from '#engine/nodes/index.ts';
import type { WireProblem } from '../dialect.ts';
import { classOfStatus, saysFiltered, saysNoCredit, saysTooLong } from '../error-status.ts';
import { isWireObject, textOf } from '../wire-value.ts';

const types: Readonly<Record<string, ErrorClass>> = {
  rate_limit_error: 'rate_limit',
  overloaded_error: 'server_error',
  api_error: 'server_error',
  timeout_error: 'timeout',
  authentication_error: 'auth',
  permission_error: 'auth',
  billing_error: 'unavailable',
  request_too_large: 'context_length',
  not_found_error: 'invalid_request',
};

/** Why an Anthropic-speaking upstream said no: by the type of its error where it has one, else by the status. */
export function classifyError(status: number, wire: unknown): ErrorClass {
  const error = isWireObject(wire) && isWireObject(wire.error) ? wire.error : {};
  const message = errorMessage(wire);
  if (saysTooLong(message)) return 'context_length';
  if (status < 500 && saysNoCredit(message)) return 'unavailable';
  if (status < 500 && saysFiltered(message)) return 'content_filter';
  const named = types[textOf(error.type)];
  if (named !== undefined) return named;
  return error.type === 'invalid_request_error' ? 'invalid_request' : classOfStatus(status);
}

/** The upstream's own words. */
export function errorMessage(wire: unknown): string {
  return isWireObject(wire) && isWireObject(wire.error) ? textOf(wire.error.message) : '';
}

/** `{ type: 'error', error: { type, message }, request_id }`. */
export function errorBody({ status, code, message, requestId }: WireProblem): string {
  return JSON.stringify({
    type: 'error',
    error: { type: typeOf(status), message, code },
    request_id: requestId,
  });
}

/** An `error` event as the last of a stream; no `message_stop` follows. */
export function errorFrame(problem: WireProblem): string {
  return `event: error\ndata: ${errorBody(problem)}\n\n`;
}

const typesByStatus: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

function typeOf(status: number): string {
  return typesByStatus[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error');
}
