import { type RefObject, useEffect } from 'react';
import { tellFailure } from '../client/toasts.ts';
import {
  chosenThings,
  clipOf,
  deleteSelection,
  isEmptyClip,
  pasteClip,
  readClip,
  tellThings,
  whyNoClip,
  writeClip,
} from '../document/index.ts';
import type { CanvasTools } from './canvas-tools.ts';

/**
 * Copy, cut and paste through the browser's own clipboard events: no permission is asked, HTTPS is not needed, and nodes
 * travel between documents as readable text.
 */
export function useClipboard(root: RefObject<HTMLDivElement | null>, tools: CanvasTools): void {
  useEffect(() => {
    const pointer = { x: Number.NaN, y: Number.NaN };
    const onPointerMove = (event: PointerEvent): void => {
      pointer.x = event.clientX;
      pointer.y = event.clientY;
    };
    const onCopy = (event: ClipboardEvent): void => {
      const state = tools.document.store.getState();
      const { nodes, notes } = chosenThings(state);
      if (!isForCanvas(root.current, event) || nodes.size + notes.size === 0) return;
      event.clipboardData?.setData('text/plain', writeClip(clipOf(state.policy, nodes, notes)));
      event.preventDefault();
      if (event.type === 'cut' && !state.readOnly) deleteSelection(tools.document, { withMembers: true });
      else tools.document.announce(`Copied ${tellThings(nodes.size, notes.size)}.`);
    };
    const onPaste = (event: ClipboardEvent): void => {
      if (!isForCanvas(root.current, event)) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const clip = readClip(text);
      if (clip === undefined || isEmptyClip(clip)) {
        tools.document.announce('There are no nodes on the clipboard.');
        const why = whyNoClip(text);
        if (why !== null) tellFailure('Nothing was pasted', why);
        return;
      }
      event.preventDefault();
      const at = tools.flow.screenToFlowPosition(pasteAt(root.current, pointer));
      pasteClip(tools.document, clip, [at.x, at.y]);
    };
    window.addEventListener('pointermove', onPointerMove);
    window.addEventListener('copy', onCopy);
    window.addEventListener('cut', onCopy);
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('pointermove', onPointerMove);
      window.removeEventListener('copy', onCopy);
      window.removeEventListener('cut', onCopy);
      window.removeEventListener('paste', onPaste);
    };
  }, [root, tools]);
}

/** Text that is selected or edited belongs to whoever holds it. */
function isForCanvas(root: HTMLElement | null, event: ClipboardEvent): boolean {
  const { target } = event;
  if (root === null || !(target instanceof Element)) return false;
  if (target.closest('input, textarea, [contenteditable="true"], .monaco-editor') !== null) return false;
  if (window.getSelection()?.isCollapsed === false) return false;
  return root.contains(target) || target === globalThis.document.body || target.id === 'main';
}

/** Where the pointer is, when it is over the canvas; else its middle. */
function pasteAt(root: HTMLElement | null, pointer: { x: number; y: number }): { x: number; y: number } {
  const box = root?.getBoundingClientRect();
  if (box === undefined) return pointer;
  const isOver =
    pointer.x > box.left && pointer.x < box.right && pointer.y > box.top && pointer.y < box.bottom;
  return isOver ? pointer : { x: box.left + box.width / 2 - 124, y: box.top + box.height / 2 - 60 };
}
