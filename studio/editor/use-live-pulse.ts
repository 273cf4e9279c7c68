import { useCallback } from 'react';
import { parsePath } from '#engine/plan/path-text.ts';
import type { TrafficEvent } from '#server/contract/index.ts';
import { useTrafficEvents } from '../client/traffic-feed.ts';
import { useEditorStore } from './editor-state.ts';

/** Lets the canvas run a light along the path of each request of this policy as it finishes. */
export function useLivePulse(policyId: string): void {
  const editor = useEditorStore();
  useTrafficEvents(
    useCallback(
      ({ id, policy, path }: TrafficEvent) => {
        if (policy === policyId) editor.setState({ pulse: { id, path: parsePath(path) } });
      },
      [editor, policyId],
    ),
  );
}
