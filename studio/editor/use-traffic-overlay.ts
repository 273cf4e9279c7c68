import { useMemo } from 'react';
import type { FlowTraffic } from '../canvas/index.ts';
import { useEditor } from './editor-state.ts';
import { trafficOf } from './traffic-of.ts';
import { useDraftWhatIf } from './use-draft-what-if.ts';

/** Requests by edge and node; `null` while the overlay is off or unknown. */
export function useTrafficOverlay(): FlowTraffic | null {
  const shows = useEditor((state) => state.showsTraffic && !state.showsLive);
  const { numbers } = useDraftWhatIf();
  return useMemo(() => (shows && numbers !== null ? trafficOf(numbers) : null), [shows, numbers]);
}
