import type { PolicyNode } from '#engine/nodes/index.ts';
import { exitsOf } from './exits.ts';

/** Measures of a node on the canvas, in px. The canvas draws to them, so layout needs no measuring. */
export const card = { width: 236, header: 58, row: 30, pad: 4, info: 36 } as const;
/** Nodes lie on this grid. */
export const grid = 10;
export const gap = { x: 74, y: 32 } as const;

export type Place = readonly [x: number, y: number];

/** Width and height of a node, in px: the header, and a row an exit; leaves have one line of information. */
export function sizeOf(node: PolicyNode): { readonly width: number; readonly height: number } {
  const exits = exitsOf(node).length;
  const body = exits === 0 ? card.info : exits * card.row + 2 * card.pad;
  return { width: card.width, height: card.header + body };
}

/** Distance of an exit from the top of its node, in px. */
export function exitOffset(node: PolicyNode, port: string): number {
  const index = exitsOf(node).findIndex((exit) => exit.id === port);
  return card.header + card.pad + Math.max(0, index) * card.row + card.row / 2;
}

const furthest = 1_000_000;

/** The nearest place on the grid that a document may hold. */
export function snapped([x, y]: Place): [number, number] {
  return [snap(x), snap(y)];
}

function snap(value: number): number {
  const whole = Math.round((Number.isFinite(value) ? value : 0) / grid) * grid;
  return Math.max(-furthest, Math.min(furthest, whole)) + 0;
}
