import { Graph, layout as runDagre } from '@dagrejs/dagre';
import type { MergedGraph, MergedNode } from './merged-graph.ts';

export interface MergedPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** So many lines stand under a node; the list has all. */
export const shownLines = 3;
const card = { width: 252, head: 58, line: 40, more: 22 } as const;

/** Lays a merged graph out from left to right: both sides' own places would lie on each other. Measures in px. */
export function placeMerged({ nodes, edges }: MergedGraph): ReadonlyMap<string, MergedPlace> {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 30, ranksep: 96, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.id, { width: card.width, height: heightOf(node) });
  for (const { id, from, to } of edges) if (from !== to) graph.setEdge(from, to, {}, id);
  runDagre(graph);
  return new Map(
    nodes.map((node) => {
      const { x = 0, y = 0 } = graph.node(node.id) as Partial<Record<string, number>>;
      const height = heightOf(node);
      return [node.id, { x: x - card.width / 2, y: y - height / 2, width: card.width, height }];
    }),
  );
}

function heightOf({ lines }: MergedNode): number {
  const shown = Math.min(lines.length, shownLines);
  const body = shown === 0 ? 0 : 8 + shown * card.line + (lines.length > shown ? card.more : 0);
  return card.head + body;
}
