import type { ASTNode } from '@marcbachmann/cel-js';
import { RE2JS } from 're2js';
import { definitionOf, isSignalName, slotOf, type ValueType } from '../signals/index.ts';
import type { Arithmetic, Comparison, Expr, Fold, Method, Pattern } from './expr.ts';

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

type Scope = ReadonlyMap<string, number>;

/** The library's checked syntax tree → our typed tree. Throws {@link ExpressionProblem} for what we do not evaluate. */
export function lower(node: ASTNode, scope: Scope = new Map()): Expr {
  switch (node.op) {
    case 'value':
      return literal(node);
    case 'id': {
      const index = scope.get(node.args);
      return index === undefined ? signal(node, node.args) : { op: 'variable', type: 'string', index };
    }
    case '.':
      return field(node, scope);
    case '[]':
      return subscript(node, scope);
    case 'list':
      return list(node, scope);
    case '&&':
    case '||':
      return {
        op: node.op === '&&' ? 'and' : 'or',
        type: 'bool',
        left: lower(node.args[0], scope),
        right: lower(node.args[1], scope),
      };
    case '!_':
      return { op: 'not', type: 'bool', of: lower(node.args, scope) };
    case '-_': {
      const of = lower(node.args, scope);
      return { op: 'negate', type: of.type, of };
    }
    case '?:': {
      const yes = lower(node.args[1], scope);
      return {
        op: 'choose',
        type: yes.type,
        test: lower(node.args[0], scope),
        yes,
        no: lower(node.args[2], scope),
      };
    }
    case 'in':
      return {
        op: 'in',
        type: 'bool',
        item: lower(node.args[0], scope),
        collection: lower(node.args[1], scope),
      };
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compare(node, node.op, node.args, scope);
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmetic(node, node.op, node.args, scope);
    case 'call':
      return call(node, node.args[0], node.args[1], scope);
    case 'rcall':
      return methodCall(node, node.args[0], node.args[1], node.args[2], scope);
    default:
      throw unsupported(node, `"${node.op}"`);
  }
}

function literal(node: Extract<ASTNode, { op: 'value' }>): Expr {
  const value = node.args;
  if (typeof value === 'bigint') {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw unsupported(node, 'a whole number beyond 2^53');
    return { op: 'literal', type: 'int', value: number };
  }
  if (typeof value === 'number') return { op: 'literal', type: 'double', value };
  if (typeof value === 'string') return { op: 'literal', type: 'string', value };
  if (typeof value === 'boolean') return { op: 'literal', type: 'bool', value };
  throw unsupported(node, 'null, bytes and unsigned numbers');
}

function signal(node: ASTNode, name: string): Expr {
  if (!isSignalName(name))
    throw new ExpressionProblem(
      'condition_unknown_signal',
      `"${name}" is not a signal; name one of its fields.`,
      node,
    );
  return { op: 'signal', type: definitionOf(name).valueType, name, slot: slotOf(name) };
}

function field(node: Extract<ASTNode, { op: '.' }>, scope: Scope): Expr {
  const [receiver, name] = node.args;
  if (receiver.op === 'id' && !scope.has(receiver.args)) {
    const full = `${receiver.args}.${name}`;
    if (isSignalName(full)) return signal(node, full);
  }
  const map = lower(receiver, scope);
  if (map.type !== 'string_map') throw unsupported(node, `field "${name}" of a ${map.type}`);
  return { op: 'entry', type: 'string', map, key: { op: 'literal', type: 'string', value: name } };
}

function subscript(node: Extract<ASTNode, { op: '[]' }>, scope: Scope): Expr {
  const of = lower(node.args[0], scope);
  const index = lower(node.args[1], scope);
  if (of.type === 'string_map') return { op: 'entry', type: 'string', map: of, key: index };
  return { op: 'element', type: of.op === 'list' ? of.of : 'string', list: of, index };
}

function list(node: Extract<ASTNode, { op: 'list' }>, scope: Scope): Expr {
  const items = node.args.map((item) => lower(item, scope));
  const of = items[0]?.type ?? 'string';
  if (items.some((item) => item.type !== of)) {
    throw new ExpressionProblem('condition_type', 'All values of a list must have the same type.', node);
  }
  return { op: 'list', type: 'string_list', items, of };
}

const ordered: readonly ValueType[] = ['int', 'double', 'string'];

function compare(
  node: ASTNode,
  by: Comparison,
  [left, right]: readonly [ASTNode, ASTNode],
  scope: Scope,
): Expr {
  const sides = { left: lower(left, scope), right: lower(right, scope) };
  const scalar = [...ordered, 'bool'];
  if (!scalar.includes(sides.left.type) || !scalar.includes(sides.right.type))
    throw unsupported(node, 'comparing whole lists or maps');
  if (by !== '==' && by !== '!=' && !ordered.includes(sides.left.type))
    throw unsupported(node, `"${by}" between truth values`);
  return { op: 'compare', type: 'bool', by, ...sides };
}

function arithmetic(
  node: ASTNode,
  by: Arithmetic,
  [left, right]: readonly [ASTNode, ASTNode],
  scope: Scope,
): Expr {
  const sides = { left: lower(left, scope), right: lower(right, scope) };
  if (!ordered.includes(sides.left.type)) throw unsupported(node, `"${by}" on lists`);
  return { op: 'arithmetic', type: sides.left.type, by, ...sides };
}

const conversions: Readonly<Record<string, ValueType>> = {
  int: 'int',
  double: 'double',
  string: 'string',
  size: 'int',
};

function call(node: ASTNode, name: string, args: readonly ASTNode[], scope: Scope): Expr {
  const [first] = args;
  if (name === 'has' && first !== undefined) return has(first, scope);
  const type = conversions[name];
  if (type === undefined || first === undefined || args.length !== 1)
    throw unsupported(node, `the function ${name}()`);
  return { op: 'call', type, method: name as Method, args: [lower(first, scope)] };
}

/** `has(request.metadata.plan)`. Any other signal is always there in CEL's sense. */
function has(node: ASTNode, scope: Scope): Expr {
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

function methodCall(
  node: ASTNode,
  name: string,
  receiver: ASTNode,
  args: readonly ASTNode[],
  scope: Scope,
): Expr {
  if (folds.includes(name)) return fold(node, name as Fold, receiver, args, scope);
  if (name === 'matches') return matches(node, receiver, args, scope);
  const type = methods[name];
  if (type === undefined) throw unsupported(node, `the method ${name}()`);
  return {
    op: 'call',
    type,
    method: name as Method,
    args: [receiver, ...args].map((arg) => lower(arg, scope)),
  };
}

function fold(node: ASTNode, name: Fold, receiver: ASTNode, args: readonly ASTNode[], scope: Scope): Expr {
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

function matches(node: ASTNode, receiver: ASTNode, args: readonly ASTNode[], scope: Scope): Expr {
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

function unsupported(node: ASTNode, what: string): ExpressionProblem {
  return new ExpressionProblem('condition_unsupported', `Conditions do not support ${what}.`, node);
}
