/** Numbers from `low` to `high`; an end that is open is not one of them. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly lowOpen: boolean;
  readonly highOpen: boolean;
}

/** A set of numbers: intervals that lie apart, in ascending order. Of whole numbers, ends are whole and closed. */
export type NumberSet = readonly Interval[];

export const allNumbers: NumberSet = Object.freeze([
  Object.freeze({
    low: Number.NEGATIVE_INFINITY,
    high: Number.POSITIVE_INFINITY,
    lowOpen: false,
    highOpen: false,
  }),
]);

/** The numbers for which `number <by> bound` holds. */
export function compared(by: '==' | '!=' | '<' | '<=' | '>' | '>=', bound: number): NumberSet {
  const below = (open: boolean): Interval => ({
    low: Number.NEGATIVE_INFINITY,
    high: bound,
    lowOpen: false,
    highOpen: open,
  });
  const above = (open: boolean): Interval => ({
    low: bound,
    high: Number.POSITIVE_INFINITY,
    lowOpen: open,
    highOpen: false,
  });
  switch (by) {
    case '==':
      return [{ low: bound, high: bound, lowOpen: false, highOpen: false }];
    case '!=':
      return [below(true), above(true)];
    case '<':
      return [below(true)];
    case '<=':
      return [below(false)];
    case '>':
      return [above(true)];
    case '>=':
      return [above(false)];
  }
}

/** Numbers from `low` to `high`, both among them unless the end is open. */
export function between(low: number, high: number, highOpen = false): NumberSet {
  return [{ low, high, lowOpen: false, highOpen }];
}

/** The numbers in both sets; of whole numbers where `whole`. */
export function meet(left: NumberSet, right: NumberSet, whole: boolean): NumberSet {
  return left.flatMap((one) =>
    right.flatMap((other) => {
      const shared = narrow(one, other);
      const kept = whole ? toWhole(shared) : shared;
      return isEmpty(kept) ? [] : [kept];
    }),
  );
}

/** The numbers that are not in a set. */
export function without(set: NumberSet): NumberSet {
  const gaps: Interval[] = [];
  let low = Number.NEGATIVE_INFINITY;
  let lowOpen = false;
  for (const one of set) {
    gaps.push({ low, high: one.low, lowOpen, highOpen: !one.lowOpen });
    low = one.high;
    lowOpen = !one.highOpen;
  }
  gaps.push({ low, high: Number.POSITIVE_INFINITY, lowOpen, highOpen: false });
  return gaps.filter((gap) => !isEmpty(gap));
}

/** The numbers in either set. */
export function join(left: NumberSet, right: NumberSet): NumberSet {
  const sorted = [...left, ...right].sort(
    (one, other) => one.low - other.low || Number(one.lowOpen) - Number(other.lowOpen),
  );
  const joined: Interval[] = [];
  for (const one of sorted) {
    const last = joined.at(-1);
    if (last === undefined || !touches(last, one)) joined.push(one);
    else joined[joined.length - 1] = cover(last, one);
  }
  return joined;
}

/** The least number of a set; ∞ of an empty one. */
export function leastOf(set: NumberSet): number {
  return set[0]?.low ?? Number.POSITIVE_INFINITY;
}

function narrow(one: Interval, other: Interval): Interval {
  const low = Math.max(one.low, other.low);
  const high = Math.min(one.high, other.high);
  return {
    low,
    high,
    lowOpen: (one.low === low && one.lowOpen) || (other.low === low && other.lowOpen),
    highOpen: (one.high === high && one.highOpen) || (other.high === high && other.highOpen),
  };
}

function toWhole({ low, high, lowOpen, highOpen }: Interval): Interval {
  return {
    low: Number.isInteger(low) && lowOpen ? low + 1 : Math.ceil(low),
    high: Number.isInteger(high) && highOpen ? high - 1 : Math.floor(high),
    lowOpen: false,
    highOpen: false,
  };
}

function isEmpty({ low, high, lowOpen, highOpen }: Interval): boolean {
  if (low > high) return true;
  // No signal is infinite, so an end at infinity alone holds nothing.
  return low === high && (lowOpen || highOpen || !Number.isFinite(low));
}

function touches(left: Interval, right: Interval): boolean {
  return right.low < left.high || (right.low === left.high && !(right.lowOpen && left.highOpen));
}

function cover(left: Interval, right: Interval): Interval {
  if (right.high < left.high) return left;
  const highOpen = right.high === left.high ? left.highOpen && right.highOpen : right.highOpen;
  return { ...left, high: right.high, highOpen };
}
