import { useState } from 'react';

/**
 * Text while it is typed. Every keystroke is offered to the document; what it refuses stays here, marked, until it is
 * right or left. A value that changes from outside (undo, JSON) takes the field over.
 */
export function useDraft(
  value: string,
  commit: (text: string) => boolean,
): {
  readonly text: string;
  readonly isRefused: boolean;
  readonly onText: (text: string) => void;
  readonly onLeave: () => void;
} {
  const [draft, setDraft] = useState({ text: value, seen: value, isRefused: false });
  const now = draft.seen === value ? draft : { text: value, seen: value, isRefused: false };
  return {
    text: now.text,
    isRefused: now.isRefused,
    onText: (text) => {
      const isTaken = text === value || commit(text);
      setDraft({ text, seen: isTaken ? text : value, isRefused: !isTaken });
    },
    onLeave: () => setDraft({ text: value, seen: value, isRefused: false }),
  };
}
