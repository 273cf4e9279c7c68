import { useReactFlow } from '@xyflow/react';
import { type RefObject, useMemo, useRef } from 'react';
import type { NodeId } from '#engine/nodes/index.ts';
import { placesOf, sizeOf, useDocumentActions } from '../document/index.ts';
import { type Point, useCanvasStore } from './canvas-state.ts';
import type { CanvasTools } from './canvas-tools.ts';
import type { CardNode, WireEdge } from './flow.ts';

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
  const flow = useReactFlow<CardNode, WireEdge>();
  const clear = useRef(clearHighlight);
  clear.current = clearHighlight;
  return useMemo(() => {
    const boxOnScreen = (id: NodeId): (Point & { width: number; height: number }) | undefined => {
      const { policy } = document.store.getState();
      const node = policy.nodes[id];
      const [x, y] = placesOf(policy)[id] ?? [0, 0];
      const home = root.current?.getBoundingClientRect();
      if (node === undefined || home === undefined) return undefined;
      const at = flow.flowToScreenPosition({ x, y });
      const zoom = flow.getZoom();
      const size = sizeOf(node);
      return {
        x: at.x - home.left,
        y: at.y - home.top,
        width: size.width * zoom,
        height: size.height * zoom,
      };
    };
    const reveal = (id: NodeId): void => {
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
    const pointBeside = (id: NodeId | null): Point => {
      const box = id === null ? undefined : boxOnScreen(id);
      if (box !== undefined) return { x: box.x + box.width + 16, y: box.y };
      const width = root.current?.clientWidth ?? 0;
      const height = root.current?.clientHeight ?? 0;
      return { x: width / 2 - 156, y: height / 2 - 200 };
    };
    return { document, canvas, flow, reveal, pointBeside, clearHighlight: () => clear.current?.() };
  }, [document, canvas, flow, root]);
}

/** How far a span lies outside of the room, with a margin; 0 inside. */
function outside(start: number, size: number, room: number): number {
  if (start < margin) return start - margin;
  const over = start + size - (room - margin);
  return over > 0 ? Math.min(over, start - margin) : 0;
}
