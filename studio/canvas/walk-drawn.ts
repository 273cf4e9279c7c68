import type { Policy } from '#engine/policy/index.ts';
import {
  type Box,
  drawingOf,
  drawnBoxOf,
  drawnIdOf,
  drawnNotes,
  groupMark,
  type MarkId,
  markIn,
  membersOf,
  noteMark,
} from '../document/index.ts';
import type { Direction } from './walk.ts';

/**
 * Where an arrow key leads from a note or a group: into an open group to its first node, from a folded one along its
 * exits and entrances, else to what lies nearest that way. `null` where there is nothing.
 */
export function walkDrawn(policy: Policy, from: MarkId, direction: Direction): string | null {
  const drawing = drawingOf(policy);
  const mark = markIn(policy, from);
  if (mark?.kind === 'group') {
    const isFolded = drawing.boundaries.has(mark.id);
    if (isFolded && direction === 'right') {
      const out = drawing.edges.find((edge) => edge.from === from);
      if (out !== undefined) return out.to;
    }
    if (isFolded && direction === 'left') {
      const into = drawing.edges.find((edge) => edge.to === from);
      if (into !== undefined) return into.from;
    }
    if (!isFolded && direction === 'right') return firstMember(policy, mark.id);
  }
  return nearestThatWay(policy, from, direction);
}

/** The upper left of a group's nodes. */
function firstMember(policy: Policy, group: string): string | null {
  const places = (membersOf(policy).get(group) ?? []).flatMap((id) => {
    const box = drawnBoxOf(policy, id);
    return box === undefined ? [] : [{ id, rank: box.x + box.y }];
  });
  return places.toSorted((left, right) => left.rank - right.rank)[0]?.id ?? null;
}

function nearestThatWay(policy: Policy, from: string, direction: Direction): string | null {
  const own = drawnBoxOf(policy, from);
  if (own === undefined) return null;
  const isAcross = direction === 'left' || direction === 'right';
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  const found = everything(policy).flatMap(({ id, box }) => {
    const [dx, dy] = [middle(box).x - middle(own).x, middle(box).y - middle(own).y];
    const ahead = sign * (isAcross ? dx : dy);
    if (id === from || ahead <= 0) return [];
    return [{ id, distance: ahead + 2 * Math.abs(isAcross ? dy : dx) }];
  });
  return found.toSorted((left, right) => left.distance - right.distance)[0]?.id ?? null;
}

function everything(policy: Policy): readonly { readonly id: string; readonly box: Box }[] {
  const ids = [
    ...Object.keys(policy.nodes).map((id) => drawnIdOf(policy, id)),
    ...[...membersOf(policy)].flatMap(([id, nodes]) => (nodes.length === 0 ? [] : [groupMark(id)])),
    ...drawnNotes(policy).map(noteMark),
  ];
  return [...new Set(ids)].flatMap((id) => {
    const box = drawnBoxOf(policy, id);
    return box === undefined ? [] : [{ id, box }];
  });
}

function middle({ x, y, width, height }: Box): { readonly x: number; readonly y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}
