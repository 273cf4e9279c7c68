import { edgesOf, type Policy } from '#engine/policy/index.ts';

const columnWidth = 340;
const rowHeight = 150;

/** From left to right, each node one column after the last that leads to it; a column is centred on the tallest. */
export function placeNodes(policy: Policy): Policy['layout'] {
  const columns = columnsOf(policy);
  const rows = new Map<number, string[]>();
  for (const [id, column] of columns) rows.set(column, [...(rows.get(column) ?? []), id]);
  const tallest = Math.max(1, ...[...rows.values()].map((ids) => ids.length));
  return Object.fromEntries(
    [...rows].flatMap(([column, ids]) =>
      ids.map((id, row): [string, [number, number]] => [
        id,
        [column * columnWidth, Math.round((row + (tallest - ids.length) / 2) * rowHeight)],
      ]),
    ),
  );
}

/** The longest way from the entry, in steps. Circles end after as many steps as there are nodes. */
function columnsOf(policy: Policy): ReadonlyMap<string, number> {
  const ids = Object.keys(policy.nodes);
  const order = [
    ...(policy.entry === null ? [] : [policy.entry]),
    ...ids.filter((id) => id !== policy.entry),
  ];
  const columns = new Map(order.map((id) => [id, 0]));
  const edges = edgesOf(policy);
  for (let round = 0; round < ids.length; round += 1) {
    let moved = false;
    for (const { from, to } of edges) {
      const least = (columns.get(from) ?? 0) + 1;
      if (columns.has(to) && (columns.get(to) ?? 0) < least) {
        columns.set(to, least);
        moved = true;
      }
    }
    if (!moved) break;
  }
  return columns;
}
