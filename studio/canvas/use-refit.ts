import { type RefObject, useEffect } from 'react';
import type { CanvasTools } from './canvas-tools.ts';
import { fitOptions } from './fit-options.ts';

const quietMs = 60;

/**
 * Keeps the overview: where everything could be seen before the canvas changed its size (a panel opened, the text came
 * beside it), everything is brought into view again. A closer look is left as it is.
 */
export function useRefit(root: RefObject<HTMLDivElement | null>, { flow }: CanvasTools): void {
  useEffect(() => {
    const element = root.current;
    if (element === null) return;
    let width = element.clientWidth;
    let height = element.clientHeight;
    let timer = 0;
    const sawEverything = (): boolean => {
      const bounds = flow.getNodesBounds(flow.getNodes());
      const { x, y, zoom } = flow.getViewport();
      const left = bounds.x * zoom + x;
      const top = bounds.y * zoom + y;
      return (
        left >= 0 && top >= 0 && left + bounds.width * zoom <= width && top + bounds.height * zoom <= height
      );
    };
    const observer = new ResizeObserver(() => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        const isSame = element.clientWidth === width && element.clientHeight === height;
        const refits = !isSame && flow.getNodes().length > 0 && sawEverything();
        width = element.clientWidth;
        height = element.clientHeight;
        if (refits) void flow.fitView({ ...fitOptions, duration: 160 });
      }, quietMs);
    });
    observer.observe(element);
    return () => {
      window.clearTimeout(timer);
      observer.disconnect();
    };
  }, [root, flow]);
}
