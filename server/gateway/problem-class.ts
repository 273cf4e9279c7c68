import type { ErrorClass } from '#engine/nodes/index.ts';
import type { Problem, ProblemKind } from '../dialects/translate/index.ts';

const classes: Readonly<Record<ProblemKind, ErrorClass>> = {
  invalid_request: 'invalid_request',
  context_length: 'context_length',
  authentication: 'auth',
  // No credit: the target cannot be called, whatever is asked of it.
  billing: 'unavailable',
  permission: 'auth',
  not_found: 'invalid_request',
  conflict: 'invalid_request',
  too_large: 'context_length',
  rate_limit: 'rate_limit',
  quota: 'rate_limit',
  timeout: 'timeout',
  overloaded: 'server_error',
  server_error: 'server_error',
};

/** The error class of a problem in neutral form. */
export function classOfProblem({ kind, code }: Problem): ErrorClass {
  if (code === 'network') return 'network';
  if (code !== undefined && filtered.has(code)) return 'content_filter';
  return classes[kind];
}

const filtered = new Set(['content_filter', 'content_policy_violation', 'moderation_blocked']);
