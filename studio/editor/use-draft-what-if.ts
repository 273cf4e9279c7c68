import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import { checkPolicy, hasErrors } from '#engine/policy/index.ts';
import { useDocument } from '../document/index.ts';
import { windowStart } from '../look/window-control.tsx';
import { useSimulation, type WhatIf } from '../simulate/use-simulation.ts';

/** The draft against the recorded decisions of the last 14 days, a moment after each edit. */
export function useDraftWhatIf() {
  const policy = useDocument((state) => state.policy);
  const [settled] = useDebouncedValue(policy, 300);
  const from = useMemo(() => windowStart('14d', Date.now()), []);
  const question = useMemo((): WhatIf | null => {
    // Checked here, on the very policy that is asked about: the document's own findings may be of a later one.
    const isBroken = settled.entry === null || hasErrors(checkPolicy(settled));
    return isBroken ? null : { candidate: { policy: settled }, baseline: null, from };
  }, [settled, from]);
  return { isBroken: question === null, result: useSimulation(question) };
}
