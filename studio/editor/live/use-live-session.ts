import { useEffect, useRef } from 'react';
import { columnOctetsPath } from '#server/contract/index.ts';
import { adminHeaders } from '../../client/admin-token.ts';
import { useDocument } from '../../document/index.ts';
import { useEditor, useEditorStore } from '../editor-state.ts';
import { type LiveClient, type LiveThread, openLiveClient } from './live-client.ts';
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

/** Answers every edit from a thread of this page, as long as the numbers are shown. Stands once in an editor. */
export function useLiveSession(): void {
  const editor = useEditorStore();
  const shows = useEditor((state) => state.showsTraffic);
  const { from, to } = useEditor((state) => state.recordSet);
  const policy = useDocument((state) => state.policy);
  const client = useRef<LiveClient | null>(null);
  const latest = useRef(policy);
  latest.current = policy;
  useEffect(() => {
    if (!shows) return;
    const opened = openLiveClient({
      thread: startThread(),
      url: `${columnOctetsPath}?from=${from}&to=${to}`,
      headers: adminHeaders(),
      onResult: (live) => editor.setState({ live }),
      onState: (state) => {
        if (state === 'closed') editor.setState({ live: null });
      },
    });
    client.current = opened;
    opened.ask(latest.current);
    return () => {
      client.current = null;
      opened.close();
      editor.setState({ live: null });
    };
  }, [editor, shows, from, to]);
  useEffect(() => {
    client.current?.ask(policy);
  }, [policy]);
}
