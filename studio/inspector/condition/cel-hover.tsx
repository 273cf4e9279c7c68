import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { type CelWord, type ExplainedWord, explainAt } from './cel-words.ts';
import styles from './condition.module.css';

const restMs = 250;

/** The word of a condition on which the pointer rests, and what its field has to listen to. */
export function useHoveredWord(text: string, paint: RefObject<HTMLElement | null>) {
  const [hovered, setHovered] = useState<ExplainedWord>();
  const timer = useRef(0);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const say = (found: ExplainedWord | undefined): void => {
    window.clearTimeout(timer.current);
    if (found?.start === hovered?.start && found?.end === hovered?.end) return;
    timer.current = window.setTimeout(() => setHovered(found), restMs);
  };
  return {
    /** Nothing where the text has changed since. */
    hovered: hovered !== undefined && text.length >= hovered.end ? hovered : undefined,
    leave: () => say(undefined),
    /** The pointer may go onto the words to read or copy them. */
    stay: () => window.clearTimeout(timer.current),
    close: () => {
      window.clearTimeout(timer.current);
      setHovered(undefined);
    },
    move: ({ clientX, clientY, pointerType }: PointerEvent): void => {
      if (pointerType === 'touch' || paint.current === null) return;
      const at = offsetAt(paint.current, clientX, clientY);
      say(at === undefined ? undefined : explainAt(text, at));
    },
  };
}

/** Name, type and unit, one sentence, an example. */
export function WordCard({ word: { name, type, meaning, example } }: { readonly word: CelWord }) {
  return (
    <>
      <span className={styles.offerLine}>
        <code>{name}</code>
        <span>{type}</span>
      </span>
      <span className={styles.offerMeaning}>{meaning}</span>
      {example === undefined ? null : <code className={styles.example}>{example}</code>}
    </>
  );
}

/** Which letter of the painted text lies under a point: the field above it is transparent and tells nothing. */
function offsetAt(paint: HTMLElement, x: number, y: number): number | undefined {
  const walker = paint.ownerDocument.createTreeWalker(paint, NodeFilter.SHOW_TEXT);
  const range = paint.ownerDocument.createRange();
  const isUnder = (): boolean =>
    [...range.getClientRects()].some(
      (box) => x >= box.left && x < box.right && y >= box.top && y < box.bottom,
    );
  let before = 0;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    range.selectNodeContents(node);
    if (isUnder()) {
      for (let at = 0; at < length; at += 1) {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        if (isUnder()) return before + at;
      }
    }
    before += length;
  }
  return undefined;
}
