import { useEffect, useMemo, useRef } from 'react';
import type { PolicyEnvelope } from '#server/contract/index.ts';
import { callApi } from '../client/call-api.ts';
import { trackSave } from '../client/pending-saves.ts';
import { tellDone } from '../client/toasts.ts';
import { useDocumentActions } from '../document/index.ts';
import { type Autosave, startAutosave } from './autosave.ts';
import { useEditorStore } from './editor-state.ts';

/** Saves the draft as it is edited. The answer saves at once, for what needs the server to have everything. */
export function useAutosave(
  id: string,
  onEnvelope: (envelope: PolicyEnvelope) => void,
): Pick<Autosave, 'flush' | 'catchUp' | 'settle'> {
  const document = useDocumentActions();
  const editor = useEditorStore();
  const running = useRef<Autosave | null>(null);
  useEffect(() => {
    const autosave = startAutosave({
      document,
      write: (policy, revision) => callApi('writeDraft', { params: { id }, body: { policy, revision } }),
      read: () => callApi('readPolicy', { params: { id } }),
      onState: (save) => editor.setState({ save }),
      onSaved: onEnvelope,
      onMerged: (revision, incoming) =>
        tellDone('A colleague’s changes came in', `Revision ${revision} changed ${incoming}.`),
      later: (task, ms) => {
        const timer = window.setTimeout(task, ms);
        return () => window.clearTimeout(timer);
      },
    });
    running.current = autosave;
    return () => {
      trackSave(id, autosave.stop());
      running.current = null;
    };
  }, [document, editor, id, onEnvelope]);
  return useMemo(
    () => ({
      flush: async () => running.current?.flush(),
      catchUp: async () => running.current?.catchUp(),
      settle: (sides) => running.current?.settle(sides),
    }),
    [],
  );
}
