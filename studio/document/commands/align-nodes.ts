import type { NodeId } from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import type { Command } from './command.ts';
import { layoutAll, placesOf } from './layout.ts';
import { moveNodes } from './move-nodes.ts';
import { type Place, sizeOf } from './place.ts';

export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';
export type Direction = 'across' | 'down';

interface Box {
  readonly id: NodeId;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Puts nodes on one line: an edge of the box around them, or its middle. */
export function alignNodes(ids: Iterable<NodeId>, alignment: Alignment): Command {
  return (policy) => {
    const boxes = boxesOf(policy, ids);
    if (boxes.length < 2) return policy;
    const left = Math.min(...boxes.map(({ x }) => x));
    const right = Math.max(...boxes.map(({ x, width }) => x + width));
    const top = Math.min(...boxes.map(({ y }) => y));
    const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
    const place = ({ x, y, width, height }: Box): Place => {
      switch (alignment) {
        case 'left':
          return [left, y];
        case 'centre':
          return [(left + right - width) / 2, y];
        case 'right':
          return [right - width, y];
        case 'top':
          return [x, top];
        case 'middle':
          return [x, (top + bottom - height) / 2];
        case 'bottom':
          return [x, bottom - height];
      }
    };
    return moveNodes(new Map(boxes.map((box) => [box.id, place(box)])))(policy);
  };
}

/** Puts equal gaps between nodes; the outermost stay. Nothing to do for fewer than three. */
export function distributeNodes(ids: Iterable<NodeId>, direction: Direction): Command {
  return (policy) => {
    const start = ({ x, y }: Box): number => (direction === 'across' ? x : y);
    const length = ({ width, height }: Box): number => (direction === 'across' ? width : height);
    const boxes = boxesOf(policy, ids).toSorted((one, other) => start(one) - start(other));
    const [first] = boxes;
    const last = boxes.at(-1);
    if (first === undefined || last === undefined || boxes.length < 3) return policy;
    const taken = boxes.reduce((sum, box) => sum + length(box), 0);
    const gap = (start(last) + length(last) - start(first) - taken) / (boxes.length - 1);
    let at = start(first);
    const places = new Map<NodeId, Place>();
    for (const box of boxes) {
      if (box !== first && box !== last)
        places.set(box.id, direction === 'across' ? [at, box.y] : [box.x, at]);
      at += length(box) + gap;
    }
    return moveNodes(places)(policy);
  };
}

/** Lays out some nodes anew among themselves; the upper left corner of the box around them stays. */
export function layoutNodes(ids: Iterable<NodeId>): Command {
  return (policy) => {
    const boxes = boxesOf(policy, ids);
    if (boxes.length < 2) return policy;
    const some = Object.fromEntries(
      boxes.flatMap(({ id }) => {
        const node = policy.nodes[id];
        return node === undefined ? [] : [[id, node] as const];
      }),
    );
    const left = Math.min(...boxes.map(({ x }) => x));
    const top = Math.min(...boxes.map(({ y }) => y));
    const entry = policy.entry !== null && Object.hasOwn(some, policy.entry) ? policy.entry : null;
    const { layout } = layoutAll()({ ...policy, entry, nodes: some, layout: {} });
    const places = Object.entries(layout);
    const fromX = Math.min(...places.map(([, [x]]) => x));
    const fromY = Math.min(...places.map(([, [, y]]) => y));
    return moveNodes(new Map(places.map(([id, [x, y]]) => [id, [left + x - fromX, top + y - fromY]])))(
      policy,
    );
  };
}

function boxesOf(policy: Policy, ids: Iterable<NodeId>): readonly Box[] {
  const places = placesOf(policy);
  return [...ids].flatMap((id) => {
    const node = Object.hasOwn(policy.nodes, id) ? policy.nodes[id] : undefined;
    const [x, y] = places[id] ?? [0, 0];
    return node === undefined ? [] : [{ id, x, y, ...sizeOf(node) }];
  });
}
