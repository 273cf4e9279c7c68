import { useLocalStorage } from '@mantine/hooks';
import type { KeyboardEvent, PointerEvent } from 'react';
import styles from './editor.module.css';

const least = 160;
const step = 24;

function mostOf(): number {
  return Math.max(least, window.innerHeight - 320);
}

function clamp(height: number): number {
  return Math.min(mostOf(), Math.max(least, Math.round(height)));
}

/** Height of the panel in px, remembered by this browser. */
export function usePanelHeight(): readonly [number, (height: number) => void] {
  const [height, setHeight] = useLocalStorage({ key: 'waybill.panel-height', defaultValue: 310 });
  return [clamp(height), (next) => setHeight(clamp(next))];
}

/** The upper edge of the panel: dragged, or moved with the arrow keys. */
export function PanelResizer({
  height,
  onHeight,
}: {
  readonly height: number;
  readonly onHeight: (height: number) => void;
}) {
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const { pointerId, clientY: startY, currentTarget: handle } = event;
    handle.setPointerCapture(pointerId);
    const move = (moved: globalThis.PointerEvent) => onHeight(height + startY - moved.clientY);
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), {
      once: true,
    });
  };
  const nudge = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? step : event.key === 'ArrowDown' ? -step : 0;
    if (by === 0) return;
    event.preventDefault();
    onHeight(height + by);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves is no <hr>
    <div
      className={styles.resizer}
      role="separator"
      tabIndex={0}
      aria-label="Height of the panel"
      aria-orientation="horizontal"
      aria-valuenow={height}
      aria-valuemin={least}
      aria-valuemax={mostOf()}
      onPointerDown={drag}
      onKeyDown={nudge}
    />
  );
}
