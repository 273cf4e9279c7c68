import type { EdgeProps } from '@xyflow/react';
import { type MouseEvent, memo } from 'react';
import { exitOfEdge } from '../document/index.ts';
import { useCanvas, useCanvasStore } from './canvas-state.ts';
import type { EdgeTraffic, WireEdge } from './flow.ts';
import { wirePath } from './lanes.ts';
import { liveSentence } from './live-figures.tsx';
import { type LiveFlow, useLiveEdge } from './live-map.ts';
import { openAtElement } from './open-at.ts';
import styles from './wire.module.css';

/** An edge: a smooth line, a wide invisible one to aim at, a `+` to insert with, as thick as its share of the traffic. */
export const Wire = memo(DrawnWire);

function DrawnWire(props: EdgeProps<WireEdge>) {
  const { id, data, selected } = props;
  const { path, middleX, middleY } = wirePath(props, data?.lane);
  const isDropTarget = useCanvas((state) => state.dropEdge === id);
  const traffic = data?.traffic;
  const live = useLiveEdge(id);
  return (
    <>
      <path d={path} className={styles.aim} />
      <path
        d={path}
        className={styles.line}
        data-tone={data?.tone}
        data-selected={selected || undefined}
        data-drop={isDropTarget || undefined}
        data-dead={traffic?.after === 0 || undefined}
        data-live={live?.tint}
        style={styleOf(traffic, live)}
      >
        {live === null ? null : <title>{liveSentence(live)}</title>}
      </path>
      {data?.tone === 'taken' && <path d={path} className={styles.flow} />}
      <path d={path} className={styles.pulse} data-pulse="" pathLength={1} />
      {data?.readOnly !== true && <Insert id={id} x={middleX} y={middleY} />}
    </>
  );
}

/** As thick as its share of the traffic. */
function styleOf(traffic: EdgeTraffic | undefined, live: LiveFlow | null) {
  if (live !== null) return { strokeWidth: 1.5 + 9 * Math.sqrt(live.share) };
  if (traffic === undefined) return undefined;
  return { strokeWidth: 1.5 + 7 * Math.sqrt(traffic.after / traffic.records) };
}

function Insert({ id, x, y }: { readonly id: string; readonly x: number; readonly y: number }) {
  const canvas = useCanvasStore();
  const open = (event: MouseEvent): void => {
    event.stopPropagation();
    const spot = { kind: 'edge', exit: exitOfEdge(id) } as const;
    openAtElement(canvas, event.currentTarget, (at) => ({ kind: 'add', spot, at }));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; the keyboard inserts with A and C
    <g
      className={`${styles.insert} nopan`}
      transform={`translate(${x} ${y})`}
      onClick={open}
      data-insert={id}
    >
      <title>Insert a node here</title>
      <circle r={14} className={styles.insertAim} />
      <circle r={10} className={styles.insertDisc} />
      <path d="M-4 0H4M0 -4V4" className={styles.insertCross} />
    </g>
  );
}
