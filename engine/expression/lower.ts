import type { ASTNode } from '@marcbachmann/cel-js';
import { definitionOf, isSignalName, slotOf, type ValueType } from '../signals/index.ts';
import type { Arithmetic, Comparison, Expr } from './expr.ts';
import { lowerCall, lowerMethod, type Scope } from './lower-call.ts';
import { ExpressionProblem, unsupported } from './problem.ts';

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
      return lowerCall(node, node.args[0], node.args[1], scope, lower);
    case 'rcall':
      return lowerMethod(node, node.args[0], node.args[1], node.args[2], scope, lower);
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

/** What the values of a map are. */
const entryTypes: Partial<Record<ValueType, 'string' | 'double'>> = {
  string_map: 'string',
  double_map: 'double',
};

function field(node: Extract<ASTNode, { op: '.' }>, scope: Scope): Expr {
  const [receiver, name] = node.args;
  if (receiver.op === 'id' && !scope.has(receiver.args)) {
    const full = `${receiver.args}.${name}`;
    if (isSignalName(full)) return signal(node, full);
  }
  const map = lower(receiver, scope);
  const type = entryTypes[map.type];
  if (type === undefined) throw unsupported(node, `field "${name}" of a ${map.type}`);
  return { op: 'entry', type, map, key: { op: 'literal', type: 'string', value: name } };
}

function subscript(node: Extract<ASTNode, { op: '[]' }>, scope: Scope): Expr {
  const of = lower(node.args[0], scope);
  const index = lower(node.args[1], scope);
  const type = entryTypes[of.type];
  if (type !== undefined) return { op: 'entry', type, map: of, key: index };
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
