import { getBezierPath, Position } from '@xyflow/react';
import type { Policy } from '#engine/policy/index.ts';
import { drawingOf } from '../document/index.ts';

/** A level stretch of an edge, between two cards or outside of them: at height `y`, from one x to another. */
export interface Lane {
  readonly y: number;
  readonly from: number;
  readonly to: number;
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

interface Box {
  readonly id: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const clearance = 18;
const lead = 22;

/** Lanes for those edges that would run underneath cards. Computed once a policy. */
export function lanesOf(policy: Policy): ReadonlyMap<string, Lane> {
  const known = cache.get(policy);
  if (known !== undefined) return known;
  const { boxes: drawn, edges } = drawingOf(policy);
  const boxes = drawn.map(
    ({ id, x, y, width, height }): Box => ({ id, left: x, top: y, right: x + width, bottom: y + height }),
  );
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const lanes = new Map<string, Lane>();
  for (const { id, from, to, startsAt, endsAt } of edges) {
    const source = byId.get(from);
    const target = byId.get(to);
    if (source === undefined || target === undefined) continue;
    const start = { x: source.right, y: source.top + startsAt };
    const end = { x: target.left, y: target.top + endsAt };
    const between = boxes.filter((box) => box.id !== from && box.id !== to);
    const lane = laneBetween(start, end, between);
    if (lane !== undefined) lanes.set(id, lane);
  }
  cache.set(policy, lanes);
  return lanes;
}
const cache = new WeakMap<Policy, ReadonlyMap<string, Lane>>();

/** The lane nearest to the straight way, where the plain curve would cross a card; `undefined` where it would not. */
export function laneBetween(start: Spot, end: Spot, boxes: readonly Box[]): Lane | undefined {
  const passed = boxes.filter((box) => box.left < end.x && box.right > start.x);
  if (passed.length === 0 || !passed.some((box) => crosses(start, end, box))) return undefined;
  const from = Math.max(start.x + lead, Math.min(...passed.map((box) => box.left)) - lead);
  const to = Math.min(end.x - lead, Math.max(...passed.map((box) => box.right)) + lead);
  if (to <= from) return undefined;
  const isFree = (y: number): boolean =>
    passed.every((box) => y <= box.top - clearance / 2 || y >= box.bottom + clearance / 2);
  const detour = (y: number): number => Math.abs(y - start.y) + Math.abs(y - end.y);
  const heights = [start.y, end.y, ...passed.flatMap((box) => [box.top - clearance, box.bottom + clearance])];
  const [best] = heights.filter(isFree).toSorted((one, other) => detour(one) - detour(other));
  return best === undefined ? undefined : { y: best, from, to };
}

const samples = 24;

/** Whether the plain curve from start to end enters a box. */
function crosses(start: Spot, end: Spot, box: Box): boolean {
  const bend = Math.max(0, end.x - start.x) / 2;
  for (let step = 1; step < samples; step += 1) {
    const t = step / samples;
    const x = cubic(start.x, start.x + bend, end.x - bend, end.x, t);
    const y = cubic(start.y, start.y, end.y, end.y, t);
    if (x > box.left && x < box.right && y > box.top - 4 && y < box.bottom + 4) return true;
  }
  return false;
}

function cubic(a: number, b: number, c: number, d: number, t: number): number {
  const rest = 1 - t;
  return rest ** 3 * a + 3 * rest ** 2 * t * b + 3 * rest * t ** 2 * c + t ** 3 * d;
}

/** The line of an edge, and the middle of it. While an end is dragged past its lane, the plain curve is drawn. */
export function wirePath(
  ends: {
    readonly sourceX: number;
    readonly sourceY: number;
    readonly targetX: number;
    readonly targetY: number;
  },
  lane: Lane | undefined,
): { readonly path: string; readonly middleX: number; readonly middleY: number } {
  const { sourceX, sourceY, targetX, targetY } = ends;
  if (lane === undefined || lane.from <= sourceX || lane.to >= targetX) {
    const [path, middleX, middleY] = getBezierPath({
      ...ends,
      sourcePosition: Position.Right,
      targetPosition: Position.Left,
    });
    return { path, middleX, middleY };
  }
  const { y, from, to } = lane;
  const into = bendTo(from - sourceX, y - sourceY);
  const out = bendTo(targetX - to, targetY - y);
  const path = [
    `M${sourceX} ${sourceY}`,
    `C${sourceX + into} ${sourceY} ${from - into} ${y} ${from} ${y}`,
    `L${to} ${y}`,
    `C${to + out} ${y} ${targetX - out} ${targetY} ${targetX} ${targetY}`,
  ].join(' ');
  return { path, middleX: (from + to) / 2, middleY: y };
}

/** How far the handles of a curve reach: half the way, further where it climbs steeply. */
function bendTo(width: number, height: number): number {
  return Math.max(width / 2, Math.min(width, Math.abs(height) / 3));
}
