/** Expressions: CEL over signals, checked against the registry and compiled to one small typed tree. */
export { type Checked, checkExpression, type Problem } from './check-expression.ts';
export { compileTest, compileValue, isTotal } from './compile-expression.ts';
export type { Evaluate, Test, Value } from './evaluate.ts';
export { type Comparison, childrenOf, type Expr, signalsOf, visit } from './expr.ts';
export type { ProblemCode } from './problem.ts';
export {
  type Row,
  type RowOperator,
  type RowOperatorId,
  type RowValue,
  rowOperators,
} from './row-operators.ts';
export { isSameExpression, type RowGroup, rowsToText, textToRows } from './rows.ts';
