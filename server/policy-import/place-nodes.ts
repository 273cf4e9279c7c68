import { kindOf } from '#engine/nodes/index.ts';
import { edgesOf, type Policy } from '#engine/policy/index.ts';

const columnWidth = 340;
/** A node without exits, and what each exit adds. */
const nodeHeight = 130;
const exitHeight = 38;

/** From left to right, each node one column after the last that leads to it; columns are centred on the tallest. */
export function placeNodes(policy: Policy): Policy['layout'] {
  const columns = new Map<number, string[]>();
  for (const [id, column] of columnsOf(policy)) columns.set(column, [...(columns.get(column) ?? []), id]);
  const heightOf = (ids: readonly string[]) => ids.reduce((sum, id) => sum + roomFor(policy, id), 0);
  const tallest = Math.max(0, ...[...columns.values()].map(heightOf));
  return Object.fromEntries(
    [...columns].flatMap(([column, ids]) => {
      let top = (tallest - heightOf(ids)) / 2;
      return ids.map((id): [string, [number, number]] => {
        const place: [number, number] = [column * columnWidth, Math.round(top)];
        top += roomFor(policy, id);
        return [id, place];
      });
    }),
  );
}

function roomFor(policy: Policy, id: string): number {
  const node = policy.nodes[id];
  return nodeHeight + (node === undefined ? 0 : kindOf(node).ports(node).length * exitHeight);
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
