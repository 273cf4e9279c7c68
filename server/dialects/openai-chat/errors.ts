import type { ErrorClass } from '#engine/nodes/index.ts';
import type { WireProblem } from '../dialect.ts';
import { classOfStatus, saysTooLong } from '../error-status.ts';
import { isWireObject, textOf } from '../wire-value.ts';

const codes: Readonly<Record<string, ErrorClass>> = {
  context_length_exceeded: 'context_length',
  string_above_max_length: 'context_length',
  content_filter: 'content_filter',
  content_policy_violation: 'content_filter',
  moderation_blocked: 'content_filter',
  rate_limit_exceeded: 'rate_limit',
  rate_limit_error: 'rate_limit',
  insufficient_quota: 'rate_limit',
  too_many_requests: 'rate_limit',
  invalid_api_key: 'auth',
  authentication_error: 'auth',
  permission_error: 'auth',
  server_error: 'server_error',
  internal_server_error: 'server_error',
  internal_error: 'server_error',
  api_error: 'server_error',
  overloaded_error: 'server_error',
  service_unavailable: 'server_error',
  timeout: 'timeout',
};

/** Why an OpenAI-speaking upstream said no: by its code where it has one of meaning, else by the status. */
export function classifyError(status: number, wire: unknown): ErrorClass {
  const { code, type } = isWireObject(wire) && isWireObject(wire.error) ? wire.error : {};
  const named = codes[textOf(code)] ?? codes[textOf(type)];
  // Ollama calls everything an api_error, also what its client got wrong.
  const contradicted = named === 'server_error' && status >= 400 && status < 500;
  if (named !== undefined && !contradicted) return named;
  if (status < 500 && saysTooLong(errorMessage(wire))) return 'context_length';
  // An error inside a 200 states its status, if at all, as its code (OpenRouter).
  return classOfStatus(typeof code === 'number' ? code : status);
}

/** The upstream's own words: `error.message`, or `error` where a compatible server is terse. */
export function errorMessage(wire: unknown): string {
  if (!isWireObject(wire)) return '';
  return isWireObject(wire.error) ? textOf(wire.error.message) : textOf(wire.error) || textOf(wire.message);
}

/** `{ error: { message, type, param, code } }`, and the request's id beside it: an event of a stream has no headers. */
export function errorBody({ status, code, message, param, requestId }: WireProblem): string {
  const error = { message, type: typeOf(status), param, code };
  return JSON.stringify({ error, request_id: requestId });
}

/** An error as the last event of a stream: official clients throw on it, and no `[DONE]` follows. */
export function errorFrame(problem: WireProblem): string {
  return `data: ${errorBody(problem)}\n\n`;
}

function typeOf(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  if (status === 429) return 'rate_limit_error';
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}
