import type { SimulationResult } from '#engine/simulate/result.ts';

/** Shares of all requests through an edge, 0–1. */
export interface EdgeShares {
  readonly before: number;
  readonly after: number;
}

/** Shares by edge, `node:port`, from a what-if. */
export function edgeShares({ records, by_edge }: SimulationResult): ReadonlyMap<string, EdgeShares> {
  if (records === 0) return new Map();
  return new Map(
    by_edge.map(({ node, port, before, after }) => [
      `${node}:${port}`,
      { before: before / records, after: after / records },
    ]),
  );
}
