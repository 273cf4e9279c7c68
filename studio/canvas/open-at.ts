import type { CanvasStore, Open, Point } from './canvas-state.ts';

/** The element that canvas coordinates are relative to. */
export const canvasRootAttribute = 'data-policy-canvas';

/** A point of the window as a point of the canvas that holds an element. */
export function pointInCanvas(element: Element, client: Point): Point {
  const root = element.closest(`[${canvasRootAttribute}]`)?.getBoundingClientRect();
  return { x: client.x - (root?.left ?? 0), y: client.y - (root?.top ?? 0) };
}

/** Opens something beside an element of the canvas. */
export function openAtElement(canvas: CanvasStore, element: Element, make: (at: Point) => Open): void {
  const box = element.getBoundingClientRect();
  const at = pointInCanvas(element, { x: box.right + 6, y: box.top });
  canvas.setState({ open: make(at) });
}
