import type { WireProblem } from '../dialects/index.ts';

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
}

export function makeProblem(
  status: number,
  code: ProblemCode,
  message: string,
  param: string | null = null,
): GatewayProblem {
  return { kind: 'problem', status, code, message, param };
}

export function wireProblem(
  { status, code, message, param }: GatewayProblem,
  requestId: string,
): WireProblem {
  return { status, code, message, param, requestId };
}
