import type { Policy } from '#engine/policy/index.ts';
import { card, gap, type Place } from './commands/index.ts';
import { drawingOf } from './drawing.ts';
import type { Spot } from './edits.ts';
import { groupMark } from './marks.ts';

/** Where something new goes behind an exit that a folded group hides: beside its card, level with the row. */
export function besideFolded(policy: Policy, spot: Spot): Place | undefined {
  if (spot.kind === 'free') return undefined;
  const { boxes, boundaries, foldedIn } = drawingOf(policy);
  const group = foldedIn.get(spot.exit.node);
  if (group === undefined) return undefined;
  const box = boxes.find(({ id }) => id === groupMark(group));
  const boundary = boundaries.get(group);
  if (box === undefined || boundary === undefined) return undefined;
  const row = boundary.outs.findIndex(({ id }) => id === `${spot.exit.node}:${spot.exit.port}`);
  return [box.x + box.width + gap.x, box.y + Math.max(0, row) * card.row];
}
