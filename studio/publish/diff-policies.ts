import { kindOf, type PolicyNode } from '#engine/nodes/index.ts';
import { canonicalJson, type Policy } from '#engine/policy/index.ts';

/** One setting that differs; `undefined` where a side does not have it. */
export interface FieldChange {
  /** `cases.huge.when`, `parameters.temperature`. */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

export type NodeChange =
  | { readonly kind: 'added'; readonly id: string; readonly title: string; readonly node: PolicyNode }
  | { readonly kind: 'removed'; readonly id: string; readonly title: string; readonly node: PolicyNode }
  | {
      readonly kind: 'changed';
      readonly id: string;
      readonly title: string;
      readonly node: PolicyNode;
      readonly fields: readonly FieldChange[];
    };

export interface PolicyDiff {
  /** Name, description and entry. */
  readonly policy: readonly FieldChange[];
  readonly nodes: readonly NodeChange[];
}

/** What differs between two policies, by setting. Where nodes lie on the canvas does not count. */
export function diffPolicies(before: Policy, after: Policy): PolicyDiff {
  const ids = [...new Set([...Object.keys(before.nodes), ...Object.keys(after.nodes)])].sort();
  return {
    policy: changesBetween(headOf(before), headOf(after)),
    nodes: ids.flatMap((id) => diffNode(id, before.nodes[id], after.nodes[id])),
  };
}

/** Nothing differs but places. */
export function isSameButPlaces({ policy, nodes }: PolicyDiff): boolean {
  return policy.length === 0 && nodes.length === 0;
}

function headOf({ name, description, entry }: Policy): Readonly<Record<string, unknown>> {
  return { name, ...(description === undefined ? {} : { description }), entry };
}

function diffNode(
  id: string,
  before: PolicyNode | undefined,
  after: PolicyNode | undefined,
): readonly NodeChange[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined && after !== undefined)
    return [{ kind: 'added', id, title: titleOf(id, after), node: after }];
  if (before !== undefined && after === undefined) {
    return [{ kind: 'removed', id, title: titleOf(id, before), node: before }];
  }
  if (before === undefined || after === undefined) return [];
  const fields = changesBetween({ ...before }, { ...after });
  return fields.length === 0 ? [] : [{ kind: 'changed', id, title: titleOf(id, after), node: after, fields }];
}

function titleOf(id: string, node: PolicyNode): string {
  if (node.label !== undefined) return node.label;
  return node.kind === 'model' ? node.target : `${kindOf(node).form.title} ${id}`;
}

type Tree = Readonly<Record<string, unknown>>;

function changesBetween(before: Tree, after: Tree, prefix = ''): readonly FieldChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => changeAt(`${prefix}${key}`, before[key], after[key]));
}

function changeAt(field: string, before: unknown, after: unknown): readonly FieldChange[] {
  if (before === after || canonicalJson(before) === canonicalJson(after)) return [];
  const left = asTree(before);
  const right = asTree(after);
  if (left !== null && right !== null) return changesBetween(left, right, `${field}.`);
  return [{ field, before, after }];
}

/** Objects, and lists whose items have ids: a case is found again where it was moved to. */
function asTree(value: unknown): Tree | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!Array.isArray(value)) return { ...value };
  const items = value.map((item: unknown) => [idOf(item), item] as const);
  if (items.length === 0 || items.some(([id]) => id === null)) return null;
  return { ...Object.fromEntries(items), order: items.map(([id]) => id).join(', ') };
}

function idOf(item: unknown): string | null {
  return typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string'
    ? item.id
    : null;
}
