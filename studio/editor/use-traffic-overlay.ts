import { useMemo } from 'react';
import type { SimulationResult } from '#engine/simulate/result.ts';
import { useEditor } from './editor-state.ts';
import { useDraftWhatIf } from './editor-strip.tsx';

export interface EdgeShares {
  readonly before: number;
  readonly after: number;
}

/** Shares of all requests by edge, `node:port`; `null` while the overlay is off or unknown. */
export function useTrafficOverlay(): ReadonlyMap<string, EdgeShares> | null {
  const shows = useEditor((state) => state.showsTraffic);
  const { result } = useDraftWhatIf();
  const data = result.data;
  return useMemo(() => (shows && data !== undefined ? edgeShares(data) : null), [shows, data]);
}

export function edgeShares({ records, by_edge }: SimulationResult): ReadonlyMap<string, EdgeShares> {
  if (records === 0) return new Map();
  return new Map(
    by_edge.map(({ node, port, before, after }) => [
      `${node}:${port}`,
      { before: before / records, after: after / records },
    ]),
  );
}
