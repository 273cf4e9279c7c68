import { useEffect, useRef, useState } from 'react';
import type { Presence } from '#server/contract/index.ts';
import { callApi } from '../client/call-api.ts';
import { useDocument, useDocumentActions } from '../document/index.ts';

const everyMs = 4_000;

/**
 * Who else has this draft open, asked every four seconds and when the selected node changes; the same answer tells that
 * a colleague has saved, and their revision is taken in.
 */
export function usePresence(id: string, catchUp: () => Promise<void>): readonly Presence[] {
  const document = useDocumentActions();
  const [others, setOthers] = useState<readonly Presence[]>([]);
  const [tab] = useState(() => crypto.getRandomValues(new Uint32Array(2)).join('-'));
  const node = useDocument(({ selection }) => (selection.size === 1 ? ([...selection][0] ?? null) : null));
  const latest = useRef(node);
  const ask = useRef<() => void>(() => undefined);
  useEffect(() => {
    let isGone = false;
    const say = async (leaving: boolean) => {
      const { readOnly } = document.store.getState();
      if (readOnly) return;
      try {
        const body = { tab, node: latest.current, leaving };
        const answer = await callApi('notePresence', { params: { id }, body });
        if (isGone) return;
        setOthers((before) => (isAlike(before, answer.others) ? before : answer.others));
        if (answer.revision > document.store.getState().revision) await catchUp();
      } catch {
        // The server is away or refuses: saving says so, and nobody is shown.
        if (!isGone) setOthers((before) => (before.length === 0 ? before : []));
      }
    };
    ask.current = () => void say(false);
    ask.current();
    const timer = window.setInterval(() => ask.current(), everyMs);
    const leave = () => void say(true);
    window.addEventListener('pagehide', leave);
    return () => {
      isGone = true;
      window.clearInterval(timer);
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [document, id, tab, catchUp]);
  useEffect(() => {
    if (latest.current === node) return;
    latest.current = node;
    ask.current();
  }, [node]);
  return others;
}

function isAlike(left: readonly Presence[], right: readonly Presence[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
