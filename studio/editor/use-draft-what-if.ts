import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import { checkPolicy, hasErrors } from '#engine/policy/index.ts';
import { useDocument } from '../document/index.ts';
import { useSimulation, type WhatIf } from '../simulate/use-simulation.ts';
import { useEditor } from './editor-state.ts';
import { liveNumbers } from './live/live-numbers.ts';

/** The draft against the recorded decisions: at once what the page's own thread says, a moment later the whole answer. */
export function useDraftWhatIf() {
  const policy = useDocument((state) => state.policy);
  const [settled] = useDebouncedValue(policy, 300);
  const { from, to } = useEditor((state) => state.recordSet);
  const live = useEditor((state) => state.live);
  const hash = useDocument((state) => state.hash);
  const question = useMemo((): WhatIf | null => {
    // Checked here, on the very policy that is asked about: the document's own findings may be of a later one.
    const isBroken = settled.entry === null || hasErrors(checkPolicy(settled));
    return isBroken ? null : { candidate: { policy: settled }, baseline: null, from, to };
  }, [settled, from, to]);
  const result = useSimulation(question);
  const numbers = useMemo(() => liveNumbers(hash, result.data, live), [hash, result.data, live]);
  return { isBroken: question === null, result, numbers };
}
