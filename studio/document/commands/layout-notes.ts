import type { Policy } from '#engine/policy/index.ts';
import { type Box, frameAround } from './frame.ts';
import { membersOf } from './groups.ts';
import { moveNotes } from './notes.ts';
import { grid, type Place, sizeOf } from './place.ts';

const margin = 20;

/**
 * After nodes were laid out anew: a note that lay in a frame lies in it still, clear of its nodes, where there is room;
 * every other gets out from under the frames. Notes that are right already stay.
 */
export function settleNotes(before: Policy, after: Policy): Policy {
  const [old, frames] = [framesOf(before), framesOf(after)];
  const isFolded = (group: string): boolean => after.groups?.[group]?.collapsed === true;
  const nodes = nodeBoxes(after, Object.keys(after.nodes));
  const boxes = new Map(Object.entries(after.notes ?? {}).map(([id, note]) => [id, boxOfNote(note)]));
  for (const [id, box] of boxes) {
    const note = before.notes?.[id];
    const group = [...old].find(([, frame]) => note !== undefined && isInside(boxOfNote(note), frame))?.[0];
    const home = group === undefined ? undefined : frames.get(group);
    const others = [...boxes].flatMap(([other, one]) => (other === id ? [] : [one]));
    const isClear = (place: Box): boolean =>
      ![...frames].some(([name, one]) => (isFolded(name) ? isInside(place, one) : overlaps(place, one)));
    const isRight =
      home === undefined ? isClear(box) : isInside(box, home) && !nodes.some((one) => overlaps(box, one));
    if (isRight) continue;
    const inside = home === undefined ? undefined : placeInside(box, home, [...nodes, ...others]);
    boxes.set(id, inside ?? placeOutside(box, [...frames.values(), ...nodes, ...others], isClear));
  }
  return moveNotes(new Map([...boxes].map(([id, { x, y }]): [string, Place] => [id, [x, y]])))(after);
}

/** The frame of every group by the places of the document. */
function framesOf(policy: Policy): ReadonlyMap<string, Box> {
  return new Map(
    [...membersOf(policy)].flatMap(([id, nodes]) => {
      const box = frameAround(nodeBoxes(policy, nodes));
      return box === undefined ? [] : [[id, box] as const];
    }),
  );
}

function nodeBoxes(policy: Policy, ids: readonly string[]): readonly Box[] {
  return ids.flatMap((id) => {
    const node = policy.nodes[id];
    const [x, y] = policy.layout[id] ?? [0, 0];
    return node === undefined ? [] : [{ x, y, ...sizeOf(node) }];
  });
}

function boxOfNote({ at: [x, y], size: [width, height] }: { readonly at: Place; readonly size: Place }): Box {
  return { x, y, width, height };
}

/** The nearest free place in a frame: at its edges, or beside what is in it. */
function placeInside(box: Box, home: Box, others: readonly Box[]): Box | undefined {
  const near = others.filter((one) => overlaps(one, home));
  const { width, height } = box;
  const xs = near.flatMap((one) => [one.x + one.width + grid, one.x - width - grid]);
  const ys = near.flatMap((one) => [one.y + one.height + grid, one.y - height - grid]);
  const places = [box.x, home.x, home.x + home.width - width, ...xs].flatMap((x) =>
    [box.y, home.y, home.y + home.height - height, ...ys].map((y) => onGrid({ ...box, x, y })),
  );
  const free = places.filter((one) => isInside(one, home) && !near.some((other) => overlaps(one, other)));
  return nearestTo(box, free);
}

/** The nearest place straight above or below that is clear of frames, and of nodes and notes if there is such a one. */
function placeOutside(box: Box, others: readonly Box[], isClear: (place: Box) => boolean): Box {
  const inTheWay = others.filter((one) => overlaps({ ...box, y: one.y }, one));
  const ys = inTheWay.flatMap((one) => [one.y - box.height - 2 * margin, one.y + one.height + margin]);
  const clear = [box.y, ...ys].map((y) => onGrid({ ...box, y })).filter(isClear);
  const free = clear.filter((one) => !inTheWay.some((other) => overlaps(one, other)));
  return nearestTo(box, free) ?? nearestTo(box, clear) ?? box;
}

function nearestTo({ x, y }: Box, places: readonly Box[]): Box | undefined {
  const distance = (place: Box): number => Math.hypot(place.x - x, place.y - y);
  return places.toSorted((one, other) => distance(one) - distance(other))[0];
}

function onGrid(box: Box): Box {
  return { ...box, x: Math.round(box.x / grid) * grid, y: Math.round(box.y / grid) * grid };
}

function isInside(box: Box, outer: Box): boolean {
  return (
    box.x >= outer.x &&
    box.y >= outer.y &&
    box.x + box.width <= outer.x + outer.width &&
    box.y + box.height <= outer.y + outer.height
  );
}

function overlaps(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}
