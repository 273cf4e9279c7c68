import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import { hasErrors } from '#engine/policy/index.ts';
import { useDocument } from '../document/index.ts';
import { windowStart } from '../look/window-control.tsx';
import { useSimulation, type WhatIf } from '../simulate/use-simulation.ts';

/** The draft against the recorded decisions of the last 14 days, a moment after each edit. */
export function useDraftWhatIf() {
  const policy = useDocument((state) => state.policy);
  const isBroken = useDocument((state) => hasErrors(state.diagnostics));
  const [settled] = useDebouncedValue(policy, 300);
  const from = useMemo(() => windowStart('14d', Date.now()), []);
  const question = useMemo(
    (): WhatIf | null =>
      isBroken || settled.entry === null ? null : { candidate: { policy: settled }, baseline: null, from },
    [isBroken, settled, from],
  );
  return { isBroken: isBroken || settled.entry === null, result: useSimulation(question) };
}
