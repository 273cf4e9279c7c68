import { type Codes, pairUsed } from '../pair-codes.ts';
import type { RecordFacts } from '../prepare-records.ts';

/** One thing that tells rows apart, and how to work it out when it is not kept. */
export interface Predicate {
  /** The same key means the same answers. */
  readonly key: string;
  readonly answer: () => { readonly codes: Uint8Array | Codes; readonly size: number };
}

/** Rows by the combination of what was recorded of them and what all predicates answered. */
export interface Grouping {
  readonly codes: Codes;
  readonly count: number;
  /** By group: its recorded decision. */
  readonly logged: ArrayLike<number>;
  /** By predicate and group: the answer. */
  readonly answers: ReadonlyMap<string, ArrayLike<number>>;
  readonly rows: Float64Array;
}

interface Link {
  readonly key: string;
  readonly codes: Codes;
  readonly count: number;
  /** By group: the group of the link before, and the answer here. */
  readonly parent: readonly number[];
  readonly answer: readonly number[];
}

export interface Grouper {
  /** `undefined` where there would be more than `mostGroups`. */
  readonly group: (predicates: readonly Predicate[]) => Grouping | undefined;
}

/** Beyond, going through groups takes as long as going through rows. */
export const mostGroups = 20_000;
/** Groups told apart by predicates that are no longer asked cost nothing up to here. */
const looseGroups = 4_000;

/**
 * Keeps the rows grouped by a chain of predicates. What is asked again stands first in the chain, what is new last: an
 * author who drags a threshold changes the last link only.
 */
export function makeGrouper(facts: RecordFacts): Grouper {
  const { codes, decisions } = facts.logged;
  let chain: readonly Link[] = [];
  let current: { readonly keys: ReadonlySet<string>; readonly grouping: Grouping } | undefined;
  return {
    group: (predicates) => {
      const wanted = new Map(predicates.map((one) => [one.key, one]));
      const isKept = [...wanted.keys()].every((key) => current?.keys.has(key));
      const isSmall = current !== undefined && current.grouping.count <= looseGroups;
      if (current !== undefined && isKept && (isSmall || wanted.size === current.keys.size))
        return current.grouping;
      chain = relink(chain, wanted);
      for (const { key, answer } of wanted.values()) {
        if (chain.some((link) => link.key === key)) continue;
        const link = joined(key, answer(), chain.at(-1), codes, decisions.length);
        if (link.count > mostGroups) return undefined;
        chain = [...chain, link];
      }
      current = { keys: new Set(wanted.keys()), grouping: groupingOf(chain, codes, decisions.length) };
      return current.grouping;
    },
  };
}

/** The links up to the first that is no longer wanted. Those behind it are joined anew, in their old order. */
function relink(chain: readonly Link[], wanted: Map<string, Predicate>): readonly Link[] {
  const end = chain.findIndex(({ key }) => !wanted.has(key));
  if (end < 0) return chain;
  const order = [
    ...chain.slice(end).flatMap(({ key }) => wanted.get(key) ?? []),
    ...[...wanted.values()].filter((one) => !chain.some(({ key }) => key === one.key)),
  ];
  for (const one of order) {
    wanted.delete(one.key);
    wanted.set(one.key, one);
  }
  return chain.slice(0, end);
}

function joined(
  key: string,
  column: ReturnType<Predicate['answer']>,
  last: Link | undefined,
  logged: Codes,
  size: number,
): Link {
  const pairs = pairUsed(last?.codes ?? logged, last?.count ?? size, column.codes, column.size);
  return { key, codes: pairs.codes, count: pairs.left.length, parent: pairs.left, answer: pairs.right };
}

function groupingOf(chain: readonly Link[], logged: Codes, size: number): Grouping {
  const last = chain.at(-1);
  const codes = last?.codes ?? logged;
  const count = last?.count ?? size;
  const answers = new Map<string, ArrayLike<number>>();
  let back = Uint32Array.from({ length: count }, (_, group) => group);
  for (const { key, parent, answer } of chain.toReversed()) {
    answers.set(
      key,
      back.map((group) => answer[group] ?? 0),
    );
    back = back.map((group) => parent[group] ?? 0);
  }
  const rows = new Float64Array(count);
  for (let row = 0; row < codes.length; row += 1)
    rows[codes[row] as number] = (rows[codes[row] as number] as number) + 1;
  return { codes, count, logged: back, answers, rows };
}
