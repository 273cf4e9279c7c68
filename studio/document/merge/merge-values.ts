import { canonicalJson } from '#engine/policy/index.ts';

/** Marks what is not there, so that deleting is a change like any other. */
export const absent = Symbol('absent');

export type Side = 'mine' | 'theirs';

/** A place that both sides changed, each differently. `absent`: the side does not have it. */
export interface Clash {
  /** From the document down: `['nodes', 'big', 'target']`; members of lists with ids go by their id. */
  readonly path: readonly string[];
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

type Tree = Readonly<Record<string, unknown>>;
interface Named {
  readonly id: string;
}

/** Asked at every clash: whose value stands. */
export type Settle = (clash: Clash) => Side;

/** Merges three states of one value; what only one side changed is taken from it. */
export function mergeValues(clash: Clash, settle: Settle): unknown {
  const { path, base, mine, theirs } = clash;
  if (isSame(mine, theirs)) return mine;
  if (isSame(base, mine)) return theirs;
  if (isSame(base, theirs)) return mine;
  if (isTree(mine) && isTree(theirs) && mine.kind === theirs.kind)
    return mergeTrees({ path, base: isTree(base) ? base : {}, mine, theirs }, settle);
  if (isListOfNamed(mine) && isListOfNamed(theirs) && isListOfNamed(base))
    return mergeLists({ path, base, mine, theirs }, settle);
  return settle(clash) === 'mine' ? mine : theirs;
}

interface Three<T> {
  readonly path: readonly string[];
  readonly base: T;
  readonly mine: T;
  readonly theirs: T;
}

function mergeTrees({ path, base, mine, theirs }: Three<Tree>, settle: Settle): Tree {
  const merged: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const value = mergeValues(
      {
        path: [...path, key],
        base: valueAt(base, key),
        mine: valueAt(mine, key),
        theirs: valueAt(theirs, key),
      },
      settle,
    );
    if (value !== absent) merged[key] = value;
  }
  return merged;
}

function mergeLists(
  { path, base, mine, theirs }: Three<readonly Named[]>,
  settle: Settle,
): readonly unknown[] {
  const [b, m, t] = [byId(base), byId(mine), byId(theirs)];
  const merged = mergeTrees({ path, base: b, mine: m, theirs: t }, settle);
  const kept = (list: readonly Named[]) => idsOf(list).filter((id) => Object.hasOwn(merged, id));
  const common = (list: readonly Named[]) =>
    kept(list).filter((id) => Object.hasOwn(m, id) && Object.hasOwn(t, id));
  const order = mergeValues(
    { path: [...path, 'order'], base: common(base), mine: common(mine), theirs: common(theirs) },
    settle,
  );
  return insertRest(order as readonly string[], [kept(mine), kept(theirs)]).map((id) => merged[id]);
}

/** Puts what only one list has behind what stands before it there; runs at one place go by the name of their first. */
function insertRest(order: readonly string[], lists: readonly (readonly string[])[]): readonly string[] {
  const shared = new Set(order);
  const runs = new Map<string, string[][]>();
  for (const list of lists) {
    let anchor = '';
    let run: string[] = [];
    for (const id of list) {
      if (shared.has(id)) [anchor, run] = [id, []];
      else {
        if (run.length === 0) runs.set(anchor, [...(runs.get(anchor) ?? []), run]);
        run.push(id);
      }
    }
  }
  const behind = (anchor: string) =>
    (runs.get(anchor) ?? []).toSorted((left, right) => ((left[0] ?? '') < (right[0] ?? '') ? -1 : 1)).flat();
  return [...behind(''), ...order.flatMap((id) => [id, ...behind(id)])];
}

const idsOf = (list: readonly Named[]): readonly string[] => list.map(({ id }) => id);
const byId = (list: readonly Named[]): Tree => Object.fromEntries(list.map((one) => [one.id, one]));

function valueAt(tree: Tree, key: string): unknown {
  return Object.hasOwn(tree, key) ? tree[key] : absent;
}

export function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (left === absent || right === absent) return false;
  return canonicalJson(left) === canonicalJson(right);
}

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOfNamed(value: unknown): value is readonly Named[] {
  return (
    Array.isArray(value) &&
    value.every((item) => isTree(item) && typeof item.id === 'string') &&
    new Set(value.map((item) => item.id)).size === value.length
  );
}
