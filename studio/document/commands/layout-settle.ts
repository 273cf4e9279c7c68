import { gap } from './place.ts';

/** Something that takes up columns, and where its upper edge would best be. */
export interface Block {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly height: number;
  readonly wished: number;
}

/**
 * Upper edges, as near to the wished ones as can be without overlaps: what shares a column keeps its order and a gap.
 * Once all are pushed down as far as they must, once up; the middle of both keeps every gap, too.
 */
export function settled(blocks: readonly Block[]): ReadonlyMap<string, number> {
  const ordered = blocks.toSorted((one, other) => middle(one) - middle(other));
  const down = new Map<string, number>();
  for (const [index, block] of ordered.entries()) {
    const above = ordered.slice(0, index).filter((other) => sharesColumn(block, other));
    const free = above.map((other) => (down.get(other.id) ?? 0) + other.height + gap.y);
    down.set(block.id, Math.max(block.wished, ...free));
  }
  const up = new Map<string, number>();
  for (const [index, block] of [...ordered.entries()].toReversed()) {
    const below = ordered.slice(index + 1).filter((other) => sharesColumn(block, other));
    const free = below.map((other) => (up.get(other.id) ?? 0) - gap.y - block.height);
    up.set(block.id, Math.min(block.wished, ...free));
  }
  return new Map(blocks.map(({ id }) => [id, ((down.get(id) ?? 0) + (up.get(id) ?? 0)) / 2]));
}

function middle({ wished, height }: Block): number {
  return wished + height / 2;
}

function sharesColumn(one: Block, other: Block): boolean {
  return one.from <= other.to && other.from <= one.to;
}
