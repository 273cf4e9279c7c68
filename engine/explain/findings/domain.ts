import { allNumbers, join, meet, type NumberSet, without } from './number-set.ts';

/** Values of anything but numbers: exactly these, or all but these. */
export interface ValueSet {
  readonly kind: 'values';
  readonly only: boolean;
  readonly items: ReadonlySet<string | boolean>;
}

export interface Numbers {
  readonly kind: 'numbers';
  readonly whole: boolean;
  readonly set: NumberSet;
}

/** What a fact about a request can be, as far as a way through a policy tells; and whether it may be unknown. */
export interface Domain {
  readonly values: ValueSet | Numbers;
  readonly mayBeUnknown: boolean;
}

/** A set of values that a test is true of. */
export type Restriction =
  | { readonly kind: 'numbers'; readonly set: NumberSet }
  | { readonly kind: 'values'; readonly items: readonly (string | boolean)[] };

export const anyValue: ValueSet = { kind: 'values', only: false, items: new Set() };
export const eitherTruth: ValueSet = { kind: 'values', only: true, items: new Set([true, false]) };

export function anyNumber(whole: boolean, set: NumberSet = allNumbers): Numbers {
  return { kind: 'numbers', whole, set };
}

/** Whether nothing at all is left, not even the unknown. */
export function isImpossible({ values, mayBeUnknown }: Domain): boolean {
  return !mayBeUnknown && hasNone(values);
}

function hasNone(values: Domain['values']): boolean {
  return values.kind === 'numbers' ? values.set.length === 0 : values.only && values.items.size === 0;
}

/** The values of which a test holds, or does not. */
export function restrict(
  values: Domain['values'],
  restriction: Restriction,
  holds: boolean,
): Domain['values'] {
  if (values.kind === 'numbers' && restriction.kind === 'numbers') {
    const set = holds ? restriction.set : without(restriction.set);
    return { ...values, set: meet(values.set, set, values.whole) };
  }
  if (values.kind !== 'values' || restriction.kind !== 'values') return values;
  const items = new Set(restriction.items);
  return holds ? intersect(values, items) : subtract(values, items);
}

function intersect({ only, items }: ValueSet, kept: ReadonlySet<string | boolean>): ValueSet {
  const left = only
    ? [...items].filter((item) => kept.has(item))
    : [...kept].filter((item) => !items.has(item));
  return { kind: 'values', only: true, items: new Set(left) };
}

function subtract({ only, items }: ValueSet, taken: ReadonlySet<string | boolean>): ValueSet {
  const left = only ? [...items].filter((item) => !taken.has(item)) : [...items, ...taken];
  return { kind: 'values', only, items: new Set(left) };
}

/** Whatever either may be. */
export function eitherOf(left: Domain, right: Domain): Domain | undefined {
  const mayBeUnknown = left.mayBeUnknown || right.mayBeUnknown;
  const [a, b] = [left.values, right.values];
  if (a.kind === 'numbers' && b.kind === 'numbers')
    return { mayBeUnknown, values: { ...a, set: join(a.set, b.set) } };
  if (a.kind !== 'values' || b.kind !== 'values') return undefined;
  return { mayBeUnknown, values: unite(a, b) };
}

function unite(a: ValueSet, b: ValueSet): ValueSet {
  if (a.only && b.only) return { kind: 'values', only: true, items: new Set([...a.items, ...b.items]) };
  if (!a.only && !b.only)
    return { kind: 'values', only: false, items: new Set([...a.items].filter((item) => b.items.has(item))) };
  const [open, closed] = a.only ? [b, a] : [a, b];
  return {
    kind: 'values',
    only: false,
    items: new Set([...open.items].filter((item) => !closed.items.has(item))),
  };
}
