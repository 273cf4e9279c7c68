import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useRef } from 'react';
import { checkPolicy, hasErrors } from '#engine/policy/index.ts';
import { useDocument } from '../document/index.ts';
import { usePermission } from '../people/use-permission.ts';
import { useSimulation, type WhatIf } from '../simulate/use-simulation.ts';
import { useEditor } from './editor-state.ts';
import { type LiveAnswers, type LiveNumbers, nothingShown, showNext } from './live/live-numbers.ts';

/** The draft against the recorded decisions, for whoever may replay them: at once what the page's own thread says, a moment later the whole answer. */
export function useDraftWhatIf() {
  const policy = useDocument((state) => state.policy);
  const [settled] = useDebouncedValue(policy, 300);
  const { from, to } = useEditor((state) => state.recordSet);
  const fast = useEditor((state) => state.live);
  const { allowed, reason } = usePermission('what_if.run');
  const question = useMemo((): WhatIf | null => {
    // Checked here, on the very policy that is asked about: the document's own findings may be of a later one.
    const isBroken = settled.entry === null || hasErrors(checkPolicy(settled));
    return isBroken || !allowed ? null : { candidate: { policy: settled }, baseline: null, from, to };
  }, [settled, from, to, allowed]);
  const result = useSimulation(question);
  const { data, isPlaceholderData } = result;
  const full = useMemo(
    () => (data === undefined ? null : { result: data, policy: isPlaceholderData ? null : settled }),
    [data, isPlaceholderData, settled],
  );
  return {
    isBroken: question === null,
    result,
    refusal: allowed ? null : reason,
    numbers: useShown({ policy, full, fast }),
  };
}

function useShown({ policy, full, fast }: LiveAnswers): LiveNumbers | null {
  const shown = useRef(nothingShown);
  shown.current = useMemo(() => showNext(shown.current, { policy, full, fast }), [policy, full, fast]);
  return shown.current.numbers;
}
