import type { SignalName, SignalValue, ValueType } from '../signals/index.ts';

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type Arithmetic = '+' | '-' | '*' | '/' | '%';
export type Fold = 'exists' | 'all' | 'exists_one';
export type Method =
  | 'startsWith'
  | 'endsWith'
  | 'contains'
  | 'lowerAscii'
  | 'upperAscii'
  | 'size'
  | 'int'
  | 'double'
  | 'string';

/** A pattern in RE2 syntax: linear time, whatever the input. */
export interface Pattern {
  readonly source: string;
  readonly test: (text: string) => boolean;
}

/**
 * A checked condition over signals: small, typed, frozen. The gateway evaluates it a request at a time, the simulator
 * a column at a time; both start from this tree, and nothing else says what a condition means.
 */
export type Expr =
  | { readonly op: 'literal'; readonly type: ValueType; readonly value: SignalValue }
  | {
      readonly op: 'list';
      readonly type: 'string_list';
      readonly items: readonly Expr[];
      readonly of: ValueType;
    }
  | { readonly op: 'signal'; readonly type: ValueType; readonly name: SignalName; readonly slot: number }
  | { readonly op: 'variable'; readonly type: 'string'; readonly index: number }
  | {
      readonly op: 'compare';
      readonly type: 'bool';
      readonly by: Comparison;
      readonly left: Expr;
      readonly right: Expr;
    }
  | {
      readonly op: 'arithmetic';
      readonly type: ValueType;
      readonly by: Arithmetic;
      readonly left: Expr;
      readonly right: Expr;
    }
  | { readonly op: 'negate'; readonly type: ValueType; readonly of: Expr }
  | { readonly op: 'and' | 'or'; readonly type: 'bool'; readonly left: Expr; readonly right: Expr }
  | { readonly op: 'not'; readonly type: 'bool'; readonly of: Expr }
  | { readonly op: 'in'; readonly type: 'bool'; readonly item: Expr; readonly collection: Expr }
  | { readonly op: 'has'; readonly type: 'bool'; readonly map: Expr; readonly key: string }
  | { readonly op: 'entry'; readonly type: 'string' | 'double'; readonly map: Expr; readonly key: Expr }
  | { readonly op: 'element'; readonly type: ValueType; readonly list: Expr; readonly index: Expr }
  | {
      readonly op: 'choose';
      readonly type: ValueType;
      readonly test: Expr;
      readonly yes: Expr;
      readonly no: Expr;
    }
  | { readonly op: 'call'; readonly type: ValueType; readonly method: Method; readonly args: readonly Expr[] }
  | { readonly op: 'matches'; readonly type: 'bool'; readonly text: Expr; readonly pattern: Pattern }
  | {
      readonly op: 'fold';
      readonly type: 'bool';
      readonly fold: Fold;
      readonly list: Expr;
      readonly index: number;
      readonly body: Expr;
    };

/** The signals an expression reads, each once, in order of first use. */
export function signalsOf(expr: Expr): readonly SignalName[] {
  const names = new Set<SignalName>();
  visit(expr, (node) => {
    if (node.op === 'signal') names.add(node.name);
  });
  return [...names];
}

/** Calls `see` for a node and all below it, parents first. */
export function visit(expr: Expr, see: (node: Expr) => void): void {
  see(expr);
  for (const child of childrenOf(expr)) visit(child, see);
}

/** Direct children of a node, left to right. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.op) {
    case 'literal':
    case 'signal':
    case 'variable':
      return [];
    case 'list':
      return expr.items;
    case 'compare':
    case 'arithmetic':
    case 'and':
    case 'or':
      return [expr.left, expr.right];
    case 'negate':
    case 'not':
      return [expr.of];
    case 'in':
      return [expr.item, expr.collection];
    case 'has':
      return [expr.map];
    case 'entry':
      return [expr.map, expr.key];
    case 'element':
      return [expr.list, expr.index];
    case 'choose':
      return [expr.test, expr.yes, expr.no];
    case 'call':
      return expr.args;
    case 'matches':
      return [expr.text];
    case 'fold':
      return [expr.list, expr.body];
  }
}
