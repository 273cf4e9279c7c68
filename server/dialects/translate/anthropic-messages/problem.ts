import { saysFiltered, saysNoCredit, saysTooLong } from '../../error-status.ts';
import { isWireObject, textOf } from '../../wire-value.ts';
import type { Problem, ProblemKind } from '../neutral-answer.ts';
import { kindOfStatus, statusOfKind } from '../problem-status.ts';

const kindOfType: Readonly<Record<string, ProblemKind>> = {
  invalid_request_error: 'invalid_request',
  authentication_error: 'authentication',
  billing_error: 'billing',
  permission_error: 'permission',
  not_found_error: 'not_found',
  conflict_error: 'conflict',
  request_too_large: 'too_large',
  rate_limit_error: 'rate_limit',
  timeout_error: 'timeout',
  overloaded_error: 'overloaded',
  api_error: 'server_error',
};

/**
 * Anthropic's error (`{ type: 'error', error: { type, message }, request_id }`) in neutral form; `undefined` when the
 * body is none. `status` is 200 where the error came in an answer that had already begun.
 */
export function readAnthropicProblem(body: unknown, status: number): Problem | undefined {
  if (!isWireObject(body)) return undefined;
  const error = isWireObject(body.error) ? body.error : {};
  const code = textOf(error.type);
  const message = textOf(error.message) || textOf(body.message);
  if (code === '' && message === '') return undefined;
  const kind = kindOf(code, message, status);
  const filtered = kind === 'invalid_request' && saysFiltered(message);
  const requestId = textOf(body.request_id);
  return {
    status: status >= 400 ? status : statusOfKind[kind],
    kind,
    message: message || code,
    ...(filtered ? { code: 'content_filter' } : code === '' ? {} : { code }),
    ...(requestId === '' ? {} : { requestId }),
  };
}

/** Anthropic says only in words that a prompt is too long. */
function kindOf(code: string, message: string, status: number): ProblemKind {
  const kind = kindOfType[code] ?? (status >= 400 ? kindOfStatus(status) : 'server_error');
  if (kind !== 'invalid_request') return kind;
  if (saysNoCredit(message)) return 'billing';
  return saysTooLong(message) ? 'context_length' : kind;
}

const typeOfKind: Readonly<Record<ProblemKind, string>> = {
  invalid_request: 'invalid_request_error',
  context_length: 'invalid_request_error',
  authentication: 'authentication_error',
  billing: 'billing_error',
  permission: 'permission_error',
  not_found: 'not_found_error',
  conflict: 'conflict_error',
  too_large: 'request_too_large',
  rate_limit: 'rate_limit_error',
  quota: 'rate_limit_error',
  timeout: 'timeout_error',
  overloaded: 'overloaded_error',
  server_error: 'api_error',
};

/** The error's body, and what stands behind `data:` where it ends a stream. The upstream's own code stands beside. */
export function writeAnthropicProblem(problem: Problem): string {
  const { code, requestId } = problem;
  const error = {
    type: typeOfKind[problem.kind],
    message: messageOf(problem),
    ...(code === undefined || kindOfType[code] !== undefined ? {} : { code }),
  };
  return JSON.stringify({
    type: 'error',
    error,
    ...(requestId === undefined ? {} : { request_id: requestId }),
  });
}

/** Clients compact a conversation when they read these words: there is no code for it. */
function messageOf({ kind, message }: Problem): string {
  const known = kind !== 'context_length' || message.toLowerCase().includes('prompt is too long');
  return known ? message : `prompt is too long: ${message}`;
}
