import type { ASTNode } from '@marcbachmann/cel-js';
import { RE2JS } from 're2js';
import type { ValueType } from '../signals/index.ts';
import type { Expr, Fold, Method, Pattern } from './expr.ts';
import { ExpressionProblem, unsupported } from './problem.ts';

/** Names that folds have bound so far, by index. */
export type Scope = ReadonlyMap<string, number>;
type Lower = (node: ASTNode, scope: Scope) => Expr;

const conversions: Readonly<Record<string, ValueType>> = {
  int: 'int',
  double: 'double',
  string: 'string',
  size: 'int',
};

/** A function: `size(caller.tags)`, `has(request.metadata.plan)`. */
export function lowerCall(
  node: ASTNode,
  name: string,
  args: readonly ASTNode[],
  scope: Scope,
  lower: Lower,
): Expr {
  const [first] = args;
  if (name === 'has' && first !== undefined) return has(first, scope, lower);
  const type = conversions[name];
  if (type === undefined || first === undefined || args.length !== 1)
    throw unsupported(node, `the function ${name}()`);
  return { op: 'call', type, method: name as Method, args: [lower(first, scope)] };
}

/** `has(request.metadata.plan)`. Any other signal is always there in CEL's sense. */
function has(node: ASTNode, scope: Scope, lower: Lower): Expr {
  if (node.op !== '.') throw unsupported(node, 'has() on anything but a field');
  const target = lower(node, scope);
  if (target.op === 'entry' && target.key.op === 'literal') {
    return { op: 'has', type: 'bool', map: target.map, key: String(target.key.value) };
  }
  return { op: 'literal', type: 'bool', value: true };
}

const methods: Readonly<Record<string, ValueType>> = {
  startsWith: 'bool',
  endsWith: 'bool',
  contains: 'bool',
  lowerAscii: 'string',
  upperAscii: 'string',
  size: 'int',
};
const folds: readonly string[] = ['exists', 'all', 'exists_one'];

/** A method: `request.model.startsWith("gpt")`, `caller.tags.exists(t, …)`. */
export function lowerMethod(
  node: ASTNode,
  name: string,
  receiver: ASTNode,
  args: readonly ASTNode[],
  scope: Scope,
  lower: Lower,
): Expr {
  if (folds.includes(name)) return fold(node, name as Fold, receiver, args, scope, lower);
  if (name === 'matches') return matches(node, receiver, args, scope, lower);
  const type = methods[name];
  if (type === undefined) throw unsupported(node, `the method ${name}()`);
  return {
    op: 'call',
    type,
    method: name as Method,
    args: [receiver, ...args].map((arg) => lower(arg, scope)),
  };
}

function fold(
  node: ASTNode,
  name: Fold,
  receiver: ASTNode,
  args: readonly ASTNode[],
  scope: Scope,
  lower: Lower,
): Expr {
  const [variable, body] = args;
  if (variable?.op !== 'id' || body === undefined)
    throw unsupported(node, `${name}() without a variable and a condition`);
  if (scope.size > 0) throw unsupported(node, `${name}() inside another`);
  const list = lower(receiver, scope);
  if (list.type !== 'string_list' || (list.op === 'list' && list.of !== 'string'))
    throw unsupported(node, `${name}() over anything but a list of texts`);
  return {
    op: 'fold',
    type: 'bool',
    fold: name,
    list,
    index: 0,
    body: lower(body, new Map([[variable.args, 0]])),
  };
}

function matches(
  node: ASTNode,
  receiver: ASTNode,
  args: readonly ASTNode[],
  scope: Scope,
  lower: Lower,
): Expr {
  const [pattern] = args;
  if (pattern?.op !== 'value' || typeof pattern.args !== 'string') {
    throw unsupported(pattern ?? node, 'a pattern that is not written out as a text');
  }
  return {
    op: 'matches',
    type: 'bool',
    text: lower(receiver, scope),
    pattern: compilePattern(pattern, pattern.args),
  };
}

function compilePattern(node: ASTNode, source: string): Pattern {
  try {
    const compiled = RE2JS.compile(source);
    return { source, test: (text) => compiled.matcher(text).find() };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ExpressionProblem('condition_pattern', `The pattern is not valid RE2: ${why}.`, node);
  }
}
