import { useMemo } from 'react';
import type { FlowTraffic } from '../canvas/index.ts';
import { useEditor } from './editor-state.ts';
import { trafficOf } from './traffic-of.ts';
import { useDraftWhatIf } from './use-draft-what-if.ts';

/** Requests by edge and node; `null` while the overlay is off or unknown. */
export function useTrafficOverlay(): FlowTraffic | null {
  const shows = useEditor((state) => state.showsTraffic && !state.showsLive);
  const { numbers } = useDraftWhatIf();
  const { records = 0, by_edge, by_node } = numbers ?? {};
  return useMemo(
    () =>
      shows && by_edge !== undefined && by_node !== undefined
        ? trafficOf({ records, by_edge, by_node })
        : null,
    [shows, records, by_edge, by_node],
  );
}
