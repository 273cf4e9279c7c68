import type { ValueType } from '../signals/index.ts';

/** What a row compares with: nothing, one value, or several. */
export type RowValue = null | number | string | readonly number[] | readonly string[];

/** One question of the visual builder: a signal, an operator, a value. */
export interface Row {
  readonly kind: 'row';
  readonly signal: string;
  /** The key asked for, where the signal is a map. */
  readonly key?: string;
  readonly operator: RowOperatorId;
  readonly value: RowValue;
}

export type RowOperatorId =
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'is_true'
  | 'is_false'
  | 'in'
  | 'not_in'
  | 'starts_with'
  | 'not_starts_with'
  | 'ends_with'
  | 'not_ends_with'
  | 'contains'
  | 'not_contains'
  | 'matches'
  | 'not_matches'
  | 'has'
  | 'not_has'
  | 'exists'
  | 'not_exists';

export interface RowOperator {
  readonly id: RowOperatorId;
  /** As the builder writes it between signal and value. */
  readonly label: string;
  readonly takes: 'nothing' | 'one' | 'several';
}

function one(id: RowOperatorId, label: string): RowOperator {
  return { id, label, takes: 'one' };
}

const equality: readonly RowOperator[] = [one('==', 'is'), one('!=', 'is not')];
const order: readonly RowOperator[] = [
  one('>', 'is more than'),
  one('>=', 'is at least'),
  one('<', 'is less than'),
  one('<=', 'is at most'),
];
const choice: readonly RowOperator[] = [
  { id: 'in', label: 'is one of', takes: 'several' },
  { id: 'not_in', label: 'is none of', takes: 'several' },
];
const text: readonly RowOperator[] = [
  one('contains', 'contains'),
  one('not_contains', 'does not contain'),
  one('starts_with', 'starts with'),
  one('not_starts_with', 'does not start with'),
  one('ends_with', 'ends with'),
  one('not_ends_with', 'does not end with'),
  one('matches', 'matches the pattern'),
  one('not_matches', 'does not match the pattern'),
];

const given: readonly RowOperator[] = [
  { id: 'exists', label: 'is given', takes: 'nothing' },
  { id: 'not_exists', label: 'is not given', takes: 'nothing' },
];

/** What can be asked of a signal, by its type; of a map, by key. */
export const rowOperators: Readonly<Record<ValueType, readonly RowOperator[]>> = {
  int: [...order, ...equality, ...choice],
  double: [...order, ...equality],
  bool: [
    { id: 'is_true', label: 'is true', takes: 'nothing' },
    { id: 'is_false', label: 'is false', takes: 'nothing' },
  ],
  string: [...equality, ...choice, ...text],
  string_list: [one('has', 'includes'), one('not_has', 'does not include')],
  string_map: [...equality, ...choice, ...text, ...given],
  double_map: [...order, ...equality, ...given],
};
