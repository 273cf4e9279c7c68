import { type RefObject, useEffect } from 'react';
import { drawnIdOf, useDocument } from '../document/index.ts';
import { focusNode, useCanvas } from './canvas-state.ts';
import type { CanvasTools } from './canvas-tools.ts';

const frames = 20;

/**
 * Keeps focus and view with the author: a node that was asked for comes into view, the current one takes the focus, and
 * a node that the keyboard reaches is selected.
 */
export function useFollow(root: RefObject<HTMLDivElement | null>, tools: CanvasTools): void {
  const { document, canvas, reveal } = tools;
  const wanted = useDocument((state) => state.reveal);
  const focusSerial = useCanvas((state) => state.focusSerial);
  const selected = useDocument(({ selection, marks }) =>
    selection.size + marks.size === 1 ? [...selection, ...marks][0] : undefined,
  );

  useEffect(() => {
    if (selected !== undefined) canvas.setState({ current: selected });
  }, [canvas, selected]);

  useEffect(() => {
    const home = root.current;
    const onFocus = ({ target }: FocusEvent): void => {
      if (!(target instanceof Element)) return;
      canvas.setState({ home: target.closest('[data-outline]') === null ? 'drawing' : 'outline' });
      if (!target.matches('.react-flow__node:focus-visible')) return;
      const id = target.getAttribute('data-id');
      if (id === null) return;
      canvas.setState({ current: id });
      const { selection, marks } = document.store.getState();
      if (![...selection, ...marks].includes(id)) document.select([id]);
    };
    home?.addEventListener('focusin', onFocus);
    return () => home?.removeEventListener('focusin', onFocus);
  }, [canvas, document, root]);

  useEffect(() => {
    if (wanted === null || wanted.node === null) return;
    document.select([wanted.node]);
    reveal(wanted.node);
    if (wanted.focus === 'canvas') focusNode(canvas, wanted.node);
  }, [canvas, document, reveal, wanted]);

  useEffect(() => {
    if (focusSerial === 0) return;
    const { current, home } = canvas.getState();
    if (current !== null) reveal(current);
    const { policy } = document.store.getState();
    return focusSoon(
      root,
      home,
      current === null || home === 'outline' ? current : drawnIdOf(policy, current),
    );
  }, [canvas, document, focusSerial, reveal, root]);
}

/** The element of a new node comes a frame or two after the node; who has gone on to something else by then keeps the focus. */
function focusSoon(
  root: RefObject<HTMLDivElement | null>,
  home: 'drawing' | 'outline',
  id: string | null,
): () => void {
  let frame = 0;
  let left = frames;
  const held = globalThis.document.activeElement;
  const attempt = (): void => {
    const now = globalThis.document.activeElement;
    if (now !== held && now !== globalThis.document.body && root.current?.contains(now) !== true) return;
    const element = id === null ? root.current : elementOf(root.current, home, id);
    if (element instanceof HTMLElement && element.style.visibility !== 'hidden') {
      element.focus({ preventScroll: true });
      return;
    }
    left -= 1;
    if (left > 0) frame = requestAnimationFrame(attempt);
  };
  attempt();
  return () => cancelAnimationFrame(frame);
}

function elementOf(
  root: HTMLElement | null,
  home: 'drawing' | 'outline',
  id: string,
): HTMLElement | null | undefined {
  const name = CSS.escape(id);
  return root?.querySelector<HTMLElement>(
    home === 'outline' ? `[data-outline-node="${name}"]` : `.react-flow__node[data-id="${name}"]`,
  );
}
