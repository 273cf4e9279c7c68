import { canonicalJson, type Policy } from '#engine/policy/index.ts';

type Tree = Readonly<Record<string, unknown>>;

/**
 * Merges two edits of the same policy, node by node and field by field: what only one side changed is taken from it.
 * `null` when both changed the same place differently. Places on the canvas never conflict: mine win.
 */
export function mergePolicies(base: Policy, mine: Policy, theirs: Policy): Policy | null {
  try {
    const { layout: _base, ...baseRest } = base;
    const { layout: mineLayout, ...mineRest } = mine;
    const { layout: theirLayout, ...theirRest } = theirs;
    const merged = mergeTrees(baseRest, mineRest, theirRest);
    const nodes = merged.nodes as Policy['nodes'];
    const layout = Object.fromEntries(
      Object.entries({ ...theirLayout, ...mineLayout }).filter(([id]) => Object.hasOwn(nodes, id)),
    );
    return { ...(merged as unknown as Policy), layout };
  } catch (error) {
    if (error instanceof Conflict) return null;
    throw error;
  }
}

class Conflict extends Error {}

/** Marks a key that is not there, so that deleting is a change like any other. */
const absent = Symbol('absent');

function mergeTrees(base: Tree, mine: Tree, theirs: Tree): Tree {
  const merged: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const value = mergeValues(valueAt(base, key), valueAt(mine, key), valueAt(theirs, key));
    if (value !== absent) merged[key] = value;
  }
  return merged;
}

function mergeValues(base: unknown, mine: unknown, theirs: unknown): unknown {
  if (isSame(mine, theirs)) return mine;
  if (isSame(base, mine)) return theirs;
  if (isSame(base, theirs)) return mine;
  if (isTree(mine) && isTree(theirs)) return mergeTrees(isTree(base) ? base : {}, mine, theirs);
  throw new Conflict();
}

function valueAt(tree: Tree, key: string): unknown {
  return Object.hasOwn(tree, key) ? tree[key] : absent;
}

function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  return left !== absent && right !== absent && canonicalJson(left) === canonicalJson(right);
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
