import type { ErrorClass } from '#engine/nodes/index.ts';
import type { WireProblem } from '../dialect.ts';
import { classOfStatus, saysTooLong } from '../error-status.ts';
import { isWireObject, textOf, type WireObject } from '../wire-value.ts';

const classes: Readonly<Record<string, ErrorClass>> = {
  RESOURCE_EXHAUSTED: 'rate_limit',
  UNAUTHENTICATED: 'auth',
  PERMISSION_DENIED: 'auth',
  DEADLINE_EXCEEDED: 'timeout',
  UNAVAILABLE: 'server_error',
  INTERNAL: 'server_error',
  ABORTED: 'server_error',
  UNKNOWN: 'server_error',
  INVALID_ARGUMENT: 'invalid_request',
  NOT_FOUND: 'invalid_request',
  OUT_OF_RANGE: 'invalid_request',
  // Billing is not set up, or the place is not served: the target cannot be called whatever is asked of it.
  FAILED_PRECONDITION: 'unavailable',
};

/** Why Google said no: by its canonical status where it has one, else by HTTP's. */
export function classifyError(status: number, wire: unknown): ErrorClass {
  const error = errorOf(wire);
  if (saysTooLong(textOf(error.message))) return 'context_length';
  // A key that is not valid is an invalid argument there.
  if (JSON.stringify(error.details ?? '').includes('"API_KEY_INVALID"')) return 'auth';
  const named = classes[textOf(error.status)];
  if (named !== undefined) return named;
  return classOfStatus(typeof error.code === 'number' && error.code >= 400 ? error.code : status);
}

export function errorMessage(wire: unknown): string {
  return textOf(errorOf(wire).message);
}

/** A stream that is an array answers its errors in an array too. */
export function errorOf(wire: unknown): WireObject {
  const first: unknown = Array.isArray(wire) ? wire[0] : wire;
  return isWireObject(first) && isWireObject(first.error) ? first.error : {};
}

const statuses: Readonly<Record<number, string>> = {
  401: 'UNAUTHENTICATED',
  402: 'FAILED_PRECONDITION',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  499: 'CANCELLED',
  501: 'UNIMPLEMENTED',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
  529: 'UNAVAILABLE',
};

/** Google's canonical status for one of HTTP's (google.rpc.Code). */
export function canonicalStatus(status: number): string {
  return statuses[status] ?? (status >= 500 ? 'INTERNAL' : 'INVALID_ARGUMENT');
}

/** `{ error: { code, message, status, details } }`: google.rpc.Status with an ErrorInfo that holds our code and the request's id. */
export function errorBody({ status, code, message, param, requestId }: WireProblem): string {
  const metadata = { request_id: requestId, ...(param === null ? {} : { field: param }) };
  const info = {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: code.toUpperCase(),
    domain: 'waybill',
    metadata,
  };
  return JSON.stringify({
    error: { code: status, message, status: canonicalStatus(status), details: [info] },
  });
}

/** An error as the last event of a stream: Google's clients throw on it. */
export function errorFrame(problem: WireProblem): string {
  return `data: ${errorBody(problem)}\n\n`;
}
