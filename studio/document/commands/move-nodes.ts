import type { NodeId } from '#engine/nodes/index.ts';
import type { Command } from './command.ts';
import { layoutMissing } from './layout.ts';
import { type Place, snapped } from './place.ts';

/** Puts nodes to new places, on the grid. */
export function moveNodes(places: ReadonlyMap<NodeId, Place>): Command {
  return (policy) => {
    const placed = layoutMissing()(policy);
    const layout = { ...placed.layout };
    let moved = false;
    for (const [id, place] of places) {
      if (!Object.hasOwn(policy.nodes, id)) continue;
      const [x, y] = snapped(place);
      const [oldX, oldY] = layout[id] ?? [Number.NaN, Number.NaN];
      if (x === oldX && y === oldY) continue;
      layout[id] = [x, y];
      moved = true;
    }
    return moved ? { ...placed, layout } : policy;
  };
}
