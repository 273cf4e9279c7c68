import type { Policy } from '#engine/policy/index.ts';
import { type Box, newNoteSize, type Place } from './commands/index.ts';
import { drawingOf, drawnBoxOf } from './drawing.ts';
import { noteMark } from './marks.ts';

const margin = 20;

/** The place nearest to the wished one, straight above or below it, where a new note covers nothing. */
export function placeForNote(policy: Policy, [x, y]: Place): Place {
  const [width, height] = newNoteSize;
  const notes = Object.keys(policy.notes ?? {}).flatMap((id) => drawnBoxOf(policy, noteMark(id)) ?? []);
  const inTheWay = [...drawingOf(policy).boxes, ...notes].filter(
    (box) => box.x < x + width + margin && box.x + box.width + margin > x,
  );
  const isFree = (top: number): boolean =>
    inTheWay.every((box) => top + height + margin <= box.y || top >= box.y + box.height + margin);
  const tops = inTheWay.flatMap((box) => [above(box, height), box.y + box.height + margin]);
  const [nearest] = [y, ...tops]
    .filter(isFree)
    .toSorted((one, other) => Math.abs(one - y) - Math.abs(other - y));
  return [x, nearest ?? y];
}

/** A place for a note about what is selected: above it; above the drawing without a selection. */
export function placeAbout(policy: Policy, id: string | undefined): Place {
  const box = id === undefined ? undefined : drawnBoxOf(policy, id);
  const boxes = box === undefined ? drawingOf(policy).boxes : [box];
  if (boxes.length === 0) return [0, 0];
  const x = Math.min(...boxes.map((one) => one.x));
  const y = Math.min(...boxes.map((one) => one.y)) - newNoteSize[1] - 2 * margin;
  return placeForNote(policy, [x, y]);
}

/** Room for “Requests in” over a card. */
function above(box: Box, height: number): number {
  return box.y - height - 2 * margin;
}
