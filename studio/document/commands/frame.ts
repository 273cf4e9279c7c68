import { card } from './place.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Measures of a frame around nodes, px: its padding, and the head with its name above. */
export const frame = { pad: 20, head: 50 } as const;

/** The box around nodes that lie somewhere, with room for the frame and its head; `undefined` around none. */
export function frameAround(boxes: Iterable<Box>): Box | undefined {
  const all = [...boxes];
  if (all.length === 0) return undefined;
  const x = Math.min(...all.map((box) => box.x)) - frame.pad;
  const y = Math.min(...all.map((box) => box.y)) - frame.head;
  return {
    x,
    y,
    width: Math.max(...all.map((box) => box.x + box.width)) + frame.pad - x,
    height: Math.max(...all.map((box) => box.y + box.height)) + frame.pad - y,
  };
}

/** The card of a folded group, px: a row a node that is led to from outside, and a row an exit that leads outside. */
export function foldedSize({
  ins,
  outs,
}: {
  readonly ins: { readonly length: number };
  readonly outs: { readonly length: number };
}): { readonly width: number; readonly height: number } {
  const rows = ins.length + outs.length;
  const lists = (ins.length > 0 ? 1 : 0) + (outs.length > 0 ? 1 : 0);
  return {
    width: card.width,
    height: card.header + (rows === 0 ? card.info : rows * card.row + lists * 2 * card.pad),
  };
}
