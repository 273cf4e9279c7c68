import type { NodeId } from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import { membersOf } from './groups.ts';
import { forwardLinks, gathered, linksBetween } from './layout-columns.ts';
import { columnsOf, drawn, fansOf, type Link, orderOfFans } from './layout-flow.ts';
import { cardOf, foldOf, frameUnit, pitch, type Unit } from './layout-inside.ts';
import { settled } from './layout-settle.ts';
import { card, type Place } from './place.ts';

interface Groups {
  /** The members of every open group. */
  readonly open: ReadonlyMap<string, readonly NodeId[]>;
  /** The members of every folded group. */
  readonly folded: ReadonlyMap<string, readonly NodeId[]>;
}

/**
 * Lays out nodes with their groups: first the inside of each group, then the whole with each group as one box that
 * spans the columns of its nodes. So a frame overlaps no stranger, and a way that leaves a group and comes back passes
 * above or below it, never backwards.
 */
export function arrangedGroups(policy: Policy, ids: readonly NodeId[]) {
  const groups = groupsAmong(policy, new Set(ids));
  const stands = new Map([...groups.folded].flatMap(([id, nodes]) => nodes.map((node) => [node, id])));
  const drawnIds = [...new Set(ids.map((id) => stands.get(id) ?? id))];
  const links = forwardLinks(drawnIds, linksBetween(policy, stands));
  const columns = gathered(columnsOf(drawnIds, links), links, [...groups.open.values()]);
  const units = unitsOf(policy, drawnIds, groups, columns, links);
  const tops = settled(wishedPlaces(policy, units, columns, links));
  return placesIn(units, tops);
}

function groupsAmong(policy: Policy, ids: ReadonlySet<NodeId>): Groups {
  const among = [...membersOf(policy)].flatMap(([id, nodes]) => {
    const own = [...ids].filter((node) => nodes.includes(node));
    return own.length === 0 ? [] : [[id, own] as const];
  });
  const isFolded = ([id]: readonly [string, ...unknown[]]) => policy.groups?.[id]?.collapsed === true;
  const named = ([id, nodes]: readonly [string, readonly NodeId[]]) => [`group:${id}`, nodes] as const;
  return {
    open: new Map(among.filter((group) => !isFolded(group)).map(named)),
    folded: new Map(among.filter(isFolded).map(named)),
  };
}

/** Every unit, in the order in which the flow comes to them. */
function unitsOf(
  policy: Policy,
  drawnIds: readonly string[],
  { open, folded }: Groups,
  columns: ReadonlyMap<string, number>,
  links: readonly Link[],
): readonly Unit[] {
  const frameOf = new Map([...open].flatMap(([id, nodes]) => nodes.map((node) => [node, id])));
  const names = new Set(drawnIds.map((id) => frameOf.get(id) ?? id));
  return [...names].map((id) => {
    const nodes = open.get(id);
    if (nodes !== undefined)
      return frameUnit(
        policy,
        id,
        drawnIds.filter((one) => nodes.includes(one)),
        columns,
        links,
      );
    const column = columns.get(id) ?? 0;
    const hidden = folded.get(id);
    return {
      id,
      from: column,
      to: column,
      ...(hidden === undefined ? cardOf(policy, id) : foldOf(policy, hidden)),
    };
  });
}

const straight = 20;

/** Where dagre would put every unit: a frame is a chain of boxes there, one a column, that wants to lie straight. */
function wishedPlaces(
  policy: Policy,
  units: readonly Unit[],
  columns: ReadonlyMap<string, number>,
  links: readonly Link[],
) {
  const unitOf = new Map(units.flatMap((unit) => [...unit.inside.keys(), unit.id].map((id) => [id, unit])));
  const segments = units.flatMap((unit) =>
    columnsIn(unit).map((column) => ({ unit, column, id: `${unit.id}@${column}` })),
  );
  const ends = (id: string): string => `${unitOf.get(id)?.id}@${columns.get(id) ?? 0}`;
  const isOut = ({ from, to }: Link): boolean => unitOf.get(from) !== unitOf.get(to);
  const chains = units.flatMap((unit) =>
    columnsIn(unit)
      .slice(1)
      .map((column) => ({ from: `${unit.id}@${column - 1}`, to: `${unit.id}@${column}`, weight: straight })),
  );
  const places = drawn({
    boxes: new Map(segments.map(({ id, unit: { height } }) => [id, { width: card.width, height }])),
    links: [...chains, ...links.filter(isOut).map(({ from, to }) => ({ from: ends(from), to: ends(to) }))],
    columns: new Map(segments.map(({ id, column }) => [id, column])),
    order: orderInColumns(policy, unitOf),
  });
  return units.map((unit) => {
    const tops = columnsIn(unit).map((column) => places.get(`${unit.id}@${column}`)?.[1] ?? 0);
    return { ...unit, wished: tops.reduce((sum, top) => sum + top, 0) / tops.length };
  });
}

/** What exits lead to lies in their order, in every column that both take up. */
function orderInColumns(
  policy: Policy,
  unitOf: ReadonlyMap<string, Unit>,
): { left: string; right: string }[] {
  const fans = fansOf(policy).map((fan) => [...new Set(fan.flatMap((id) => unitOf.get(id)?.id ?? []))]);
  return orderOfFans(fans, () => true).flatMap(({ left, right }) => {
    const [upper, lower] = [unitOf.get(left), unitOf.get(right)];
    if (upper === undefined || lower === undefined) return [];
    const shared = columnsIn(upper).filter((column) => column >= lower.from && column <= lower.to);
    return shared.map((column) => ({ left: `${left}@${column}`, right: `${right}@${column}` }));
  });
}

function placesIn(units: readonly Unit[], tops: ReadonlyMap<string, number>) {
  const highest = Math.min(...tops.values());
  const places = new Map<NodeId, Place>();
  let bottom = 0;
  for (const { id, from, height, inside } of units) {
    const top = (tops.get(id) ?? 0) - highest;
    bottom = Math.max(bottom, top + height);
    for (const [node, [x, y]] of inside) places.set(node, [from * pitch + x, top + y]);
  }
  return { places, bottom };
}

function columnsIn({ from, to }: Unit): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
