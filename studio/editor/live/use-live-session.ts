import { useEffect } from 'react';
import { columnOctetsPath } from '#server/contract/index.ts';
import { adminHeaders } from '../../client/admin-token.ts';
import { useDocumentActions } from '../../document/index.ts';
import { usePermission } from '../../people/use-permission.ts';
import { useEditor, useEditorStore } from '../editor-state.ts';
import { type LiveThread, openLiveClient } from './live-client.ts';
import type { LiveAnswer } from './live-messages.ts';

function startThread(): LiveThread {
  const worker = new Worker(new URL('./live-worker.ts', import.meta.url), { type: 'module' });
  return {
    post: (question) => worker.postMessage(question),
    listen: (onAnswer, onFailure) => {
      worker.addEventListener('message', ({ data }: MessageEvent<LiveAnswer>) => onAnswer(data));
      worker.addEventListener('error', onFailure);
    },
    end: () => worker.terminate(),
  };
}

/**
 * Answers every edit from a thread of this page, as long as the numbers are shown. It is asked when the edit is made, not
 * when it has been drawn. Stands once in an editor.
 */
export function useLiveSession(): void {
  const editor = useEditorStore();
  const document = useDocumentActions();
  const { allowed } = usePermission('what_if.run');
  const shows = useEditor((state) => state.showsTraffic) && allowed;
  const { from, to } = useEditor((state) => state.recordSet);
  useEffect(() => {
    if (!shows) return;
    const client = openLiveClient({
      thread: startThread(),
      url: `${columnOctetsPath}?from=${from}&to=${to}`,
      headers: adminHeaders(),
      onTold: (live) => editor.setState({ live }),
      onState: (state) => {
        if (state === 'closed') editor.setState({ live: null });
      },
    });
    client.ask(document.store.getState().policy);
    const stop = document.store.subscribe(({ policy }) => client.ask(policy));
    return () => {
      stop();
      client.close();
      editor.setState({ live: null });
    };
  }, [editor, document, shows, from, to]);
}
