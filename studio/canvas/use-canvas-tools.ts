import { useReactFlow } from '@xyflow/react';
import { type RefObject, useMemo, useRef } from 'react';
import { drawnBoxOf, type Place, useDocumentActions } from '../document/index.ts';
import { type Point, useCanvasStore } from './canvas-state.ts';
import type { CanvasTools } from './canvas-tools.ts';
import type { WireEdge } from './flow.ts';
import type { DrawnNode } from './flow-marks.ts';

const margin = 24;
/** What the outline covers of the drawing, px; as its style sheet says. */
const outlineWidth = 300;

/** The tools of this canvas; they stay the same object. */
export function useCanvasTools(
  root: RefObject<HTMLDivElement | null>,
  clearHighlight: (() => void) | undefined,
): CanvasTools {
  const document = useDocumentActions();
  const canvas = useCanvasStore();
  const flow = useReactFlow<DrawnNode, WireEdge>();
  const clear = useRef(clearHighlight);
  clear.current = clearHighlight;
  return useMemo(() => {
    const boxOnScreen = (id: string): (Point & { width: number; height: number }) | undefined => {
      const box = drawnBoxOf(document.store.getState().policy, id);
      const home = root.current?.getBoundingClientRect();
      if (box === undefined || home === undefined) return undefined;
      const at = flow.flowToScreenPosition(box);
      const zoom = flow.getZoom();
      return {
        x: at.x - home.left,
        y: at.y - home.top,
        width: box.width * zoom,
        height: box.height * zoom,
      };
    };
    const reveal = (id: string): void => {
      const box = boxOnScreen(id);
      if (box === undefined || root.current === null) return;
      const covered = canvas.getState().outline ? outlineWidth : 0;
      const shift = {
        x: outside(box.x - covered, box.width, root.current.clientWidth - covered),
        y: outside(box.y, box.height, root.current.clientHeight),
      };
      if (shift.x === 0 && shift.y === 0) return;
      const { x, y, zoom } = flow.getViewport();
      void flow.setViewport({ x: x - shift.x, y: y - shift.y, zoom }, { duration: 180 });
    };
    const pointBeside = (id: string | null): Point => {
      const box = id === null ? undefined : boxOnScreen(id);
      if (box !== undefined) return { x: box.x + box.width + 16, y: box.y };
      const width = root.current?.clientWidth ?? 0;
      const height = root.current?.clientHeight ?? 0;
      return { x: width / 2 - 156, y: height / 2 - 200 };
    };
    const placeInView = (size: Point): Place => {
      const box = root.current?.getBoundingClientRect();
      const middle = flow.screenToFlowPosition({
        x: (box?.left ?? 0) + (box?.width ?? 0) / 2,
        y: (box?.top ?? 0) + (box?.height ?? 0) / 2,
      });
      return [middle.x - size.x / 2, middle.y - size.y / 2];
    };
    const clearHighlight = (): void => clear.current?.();
    return { document, canvas, flow, reveal, pointBeside, placeInView, clearHighlight };
  }, [document, canvas, flow, root]);
}

/** How far a span lies outside of the room, with a margin; 0 inside. */
function outside(start: number, size: number, room: number): number {
  if (start < margin) return start - margin;
  const over = start + size - (room - margin);
  return over > 0 ? Math.min(over, start - margin) : 0;
}
