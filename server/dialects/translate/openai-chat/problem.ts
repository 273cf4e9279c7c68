import { saysTooLong } from '../../error-status.ts';
import { isWireObject, textOf } from '../../wire-value.ts';
import type { Problem, ProblemKind } from '../neutral-answer.ts';
import { kindOfStatus, statusOfKind } from '../problem-status.ts';

const kindOfCode: Readonly<Record<string, ProblemKind>> = {
  context_length_exceeded: 'context_length',
  insufficient_quota: 'quota',
  invalid_api_key: 'authentication',
  rate_limit_exceeded: 'rate_limit',
  model_not_found: 'not_found',
};

/**
 * OpenAI's error (`{ error: { message, type, param, code } }`) in neutral form; `undefined` when the body is none.
 * `status` is 200 where the error came in an answer that had already begun.
 */
export function readOpenAiProblem(body: unknown, status: number): Problem | undefined {
  if (!isWireObject(body)) return undefined;
  // Some servers write the object without its envelope, some a bare sentence.
  const error = isWireObject(body.error)
    ? body.error
    : body.error === undefined
      ? body
      : { message: body.error };
  const message = textOf(error.message);
  const code = textOf(error.code) || textOf(error.type);
  if (message === '' && code === '') return undefined;
  const numeric = typeof error.code === 'number' ? error.code : Number(textOf(error.code));
  const stated = numeric >= 400 && numeric < 600 ? numeric : 0;
  const own = status >= 400 ? status : stated;
  const kind = kindOf(code, textOf(error.type), message, own);
  const param = textOf(error.param);
  return {
    status: own || statusOfKind[kind],
    kind,
    message: message || code,
    ...(code === '' ? {} : { code }),
    ...(param === '' ? {} : { param }),
  };
}

function kindOf(code: string, type: string, message: string, status: number): ProblemKind {
  const coded = kindOfCode[code] ?? kindOfCode[type];
  if (coded !== undefined) return coded;
  if (status < 500 && saysTooLong(message)) return 'context_length';
  if (status !== 0) return kindOfStatus(status);
  return type === 'invalid_request_error' ? 'invalid_request' : 'server_error';
}

const typeOfKind: Readonly<Record<ProblemKind, string>> = {
  invalid_request: 'invalid_request_error',
  context_length: 'invalid_request_error',
  authentication: 'invalid_request_error',
  billing: 'insufficient_quota',
  permission: 'invalid_request_error',
  not_found: 'invalid_request_error',
  conflict: 'invalid_request_error',
  too_large: 'invalid_request_error',
  rate_limit: 'rate_limit_error',
  quota: 'insufficient_quota',
  timeout: 'server_error',
  overloaded: 'server_error',
  server_error: 'server_error',
};

const codeOfKind: Partial<Readonly<Record<ProblemKind, string>>> = {
  context_length: 'context_length_exceeded',
  authentication: 'invalid_api_key',
  rate_limit: 'rate_limit_exceeded',
  quota: 'insufficient_quota',
  billing: 'insufficient_quota',
};

/** The error's body, and what stands behind `data:` where it ends a stream. */
export function writeOpenAiProblem(problem: Problem): string {
  const code = codeOfKind[problem.kind] ?? problem.code ?? null;
  const { message, kind, param = null, requestId } = problem;
  const error = { message, type: typeOfKind[kind], param, code };
  return JSON.stringify(requestId === undefined ? { error } : { error, request_id: requestId });
}
