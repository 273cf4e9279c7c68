/** One setting that differs; `undefined` where a side does not have it. */
export interface FieldChange {
  /** Path of the setting: `deadline_ms`, `cases.huge.when`. Members of lists with ids go by their id. */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * What differs between two settings, leaf by leaf, sorted by path. A list of things with ids is compared by id, and its
 * order apart (`cases.order`); any other list is one value.
 */
export function fieldChanges(before: object, after: object): readonly FieldChange[] {
  const [left, right] = [leavesOf(before), leavesOf(after)];
  const fields = [...new Set([...left.keys(), ...right.keys()])].sort();
  return fields.flatMap((field) => {
    const change = { field, before: left.get(field), after: right.get(field) };
    const same = field.endsWith(orderSuffix)
      ? isSameOrder(change.before, change.after)
      : isSame(change.before, change.after);
    return same ? [] : [change];
  });
}

const orderSuffix = '.order';

/** What is new or gone says so itself; the order differs where what both sides have stands otherwise. */
function isSameOrder(before: unknown, after: unknown): boolean {
  if (!Array.isArray(before) || !Array.isArray(after)) return true;
  return isSame(
    before.filter((id) => after.includes(id)),
    after.filter((id) => before.includes(id)),
  );
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function leavesOf(value: object): ReadonlyMap<string, unknown> {
  const leaves = new Map<string, unknown>();
  for (const [key, item] of Object.entries(value)) collect(key, item, leaves);
  return leaves;
}

function collect(path: string, value: unknown, leaves: Map<string, unknown>): void {
  if (value === undefined) return;
  if (isListOfNamed(value)) {
    for (const { id, ...rest } of value) collect(`${path}.${id}`, rest, leaves);
    leaves.set(
      `${path}${orderSuffix}`,
      value.map(({ id }) => id),
    );
  } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const entries = Object.entries(value);
    for (const [key, item] of entries) collect(`${path}.${key}`, item, leaves);
    // An empty object says something too: that it is there.
    if (entries.length === 0) leaves.set(path, {});
  } else {
    leaves.set(path, value);
  }
}

function isListOfNamed(value: unknown): value is readonly { readonly id: string }[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  const ids = value.map((item) =>
    typeof item === 'object' && item !== null && typeof item.id === 'string' ? item.id : '',
  );
  return ids.every((id) => id !== '') && new Set(ids).size === ids.length;
}
