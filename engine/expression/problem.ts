import type { ASTNode } from '@marcbachmann/cel-js';

export type ProblemCode =
  | 'condition_empty'
  | 'condition_too_long'
  | 'condition_syntax'
  | 'condition_type'
  | 'condition_not_boolean'
  | 'condition_unknown_signal'
  | 'condition_unsupported'
  | 'condition_pattern';

/** Thrown inside {@link lower} and caught by `checkExpression`, its only caller. */
export class ExpressionProblem extends Error {
  readonly code: ProblemCode;
  readonly start: number;
  readonly end: number;
  constructor(code: ProblemCode, message: string, node: ASTNode) {
    super(message);
    this.code = code;
    this.start = node.start;
    this.end = node.end;
  }
}

/** Something CEL has and conditions do not. */
export function unsupported(node: ASTNode, what: string): ExpressionProblem {
  return new ExpressionProblem('condition_unsupported', `Conditions do not support ${what}.`, node);
}
