import { useMemo } from 'react';
import { type EdgeShares, edgeShares } from './edge-shares.ts';
import { useEditor } from './editor-state.ts';
import { useDraftWhatIf } from './use-draft-what-if.ts';

/** Shares of all requests by edge; `null` while the overlay is off or unknown. */
export function useTrafficOverlay(): ReadonlyMap<string, EdgeShares> | null {
  const shows = useEditor((state) => state.showsTraffic);
  const { result } = useDraftWhatIf();
  const data = result.data;
  return useMemo(() => (shows && data !== undefined ? edgeShares(data) : null), [shows, data]);
}
