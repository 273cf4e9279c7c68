import { type RefObject, useEffect } from 'react';
import type { CanvasTools } from './canvas-tools.ts';
import { keymap } from './keymap.ts';

const typing = 'input, textarea, select, [contenteditable="true"], .monaco-editor';
const busy = '[role="dialog"], [role="menu"], [role="listbox"], [role="combobox"]';
/** A dialog over the page has the keyboard, wherever the focus is. */
const modal = '[role="dialog"][aria-modal="true"]';
const pressable = 'button, a[href], [role="button"], [role="tab"], [role="slider"]';
const pressing = new Set(['Enter', ' ']);

/** All keys of the canvas, handled in one place; the library's own are switched off. */
export function useKeys(root: RefObject<HTMLDivElement | null>, tools: CanvasTools): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { target } = event;
      if (event.defaultPrevented || !(target instanceof Element)) return;
      if (target.closest(typing) !== null || target.closest(busy) !== null) return;
      if (globalThis.document.querySelector(modal) !== null) return;
      const isHere =
        root.current?.contains(target) === true ||
        target === globalThis.document.body ||
        target.id === 'main';
      if (pressing.has(event.key) && target.closest(pressable) !== null) return;
      const { readOnly } = tools.document.store.getState();
      const binding = keymap.find(
        (one) =>
          (isHere || one.everywhere === true) && (one.edits !== true || !readOnly) && one.isPressed(event),
      );
      if (binding === undefined) return;
      event.preventDefault();
      binding.run(tools);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [root, tools]);
}
