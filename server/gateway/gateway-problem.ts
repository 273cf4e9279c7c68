import type { WireProblem } from '../dialects/index.ts';
import { type Denial, denialHeaders } from '../governance/index.ts';

/** Why a request is not served although no upstream was asked, from a closed list. */
export type ProblemCode =
  | 'missing_key'
  | 'invalid_key'
  | 'conflicting_keys'
  | 'invalid_json'
  | 'invalid_request'
  | 'unsupported_encoding'
  | 'body_too_large'
  | 'body_incomplete'
  | 'body_too_slow'
  | 'model_not_found'
  | 'not_found'
  | 'method_not_allowed'
  | 'key_expired'
  | 'model_not_allowed'
  | 'rate_limit_exceeded'
  | 'budget_exceeded'
  | 'budget_store_down'
  | 'internal_error';

/** A request's fate as a value: what is wrong, where, and what would be right. */
export interface GatewayProblem {
  readonly kind: 'problem';
  readonly status: number;
  /** A {@link ProblemCode}, an error class, or the code of a `refuse` node. */
  readonly code: string;
  readonly message: string;
  readonly param: string | null;
  /** `Allow` of a 405. */
  readonly allow?: string;
  /** `retry-after` and the like. */
  readonly headers?: Readonly<Record<string, string>>;
}

export function makeProblem(
  status: number,
  code: ProblemCode,
  message: string,
  param: string | null = null,
): GatewayProblem {
  return { kind: 'problem', status, code, message, param };
}

/** What governance says no to, as every other problem. */
export function problemOf(denial: Denial): GatewayProblem {
  const { status, code, message } = denial;
  return { ...makeProblem(status, code, message), headers: denialHeaders(denial) };
}

export function wireProblem(
  { status, code, message, param }: GatewayProblem,
  requestId: string,
): WireProblem {
  return { status, code, message, param, requestId };
}
