import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Point, useCanvasStore } from './canvas-state.ts';
import styles from './choice-list.module.css';
import { canvasRootAttribute } from './open-at.ts';

/** Lies at a point of the canvas, pushed inside; a click anywhere else closes it. */
export function Floating({ at, children }: { readonly at: Point; readonly children: ReactNode }) {
  const canvas = useCanvasStore();
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState(at);
  useLayoutEffect(() => {
    const root = box.current?.closest(`[${canvasRootAttribute}]`);
    if (box.current === null || root === null || root === undefined) return;
    const clamp = (wished: number, size: number, room: number): number =>
      Math.max(12, Math.min(wished, room - size - 12));
    setPlace({
      x: clamp(at.x, box.current.offsetWidth, root.clientWidth),
      y: clamp(at.y, Math.min(420, Math.max(300, box.current.offsetHeight)), root.clientHeight),
    });
  }, [at]);
  useEffect(() => {
    const onPointerDown = (event: PointerEvent): void => {
      if (event.target instanceof Node && box.current?.contains(event.target) === true) return;
      canvas.setState({ open: { kind: 'nothing' } });
    };
    window.addEventListener('pointerdown', onPointerDown, true);
    return () => window.removeEventListener('pointerdown', onPointerDown, true);
  }, [canvas]);
  return (
    <div ref={box} className={styles.place} style={{ left: place.x, top: place.y }}>
      {children}
    </div>
  );
}
