import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Diagnostic, DiagnosticCode } from '#engine/nodes/index.ts';
import { callApi } from '../client/call-api.ts';
import { useDocument, useDocumentActions } from '../document/index.ts';

const pauseMs = 600;

/** Asks the server, a moment after each edit, what it finds in the policy. */
export function useFindings(): void {
  const document = useDocumentActions();
  const hash = useDocument((state) => state.hash);
  const isEmpty = useDocument((state) => Object.keys(state.policy.nodes).length === 0);
  const asked = useSettled(hash);
  const { data } = useQuery({
    queryKey: ['findings', asked],
    queryFn: ({ signal }) =>
      callApi('checkText', { body: { text: JSON.stringify(document.store.getState().policy) } }, signal),
    enabled: asked !== null && asked === hash && !isEmpty,
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(() => {
    // The server's codes are the engine's, from which this page was built.
    if (data !== undefined && data.hash === asked)
      document.setFindings(
        data.diagnostics.map((one) => ({ ...one, code: one.code as DiagnosticCode }) as Diagnostic),
      );
  }, [data, asked, document]);
}

/** A value once it has stood for a moment; `null` before. */
function useSettled(value: string): string | null {
  const [settled, setSettled] = useState<string | null>(null);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), pauseMs);
    return () => window.clearTimeout(timer);
  }, [value]);
  return settled;
}
