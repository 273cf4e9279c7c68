import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconArrowsMaximize,
  IconHelp,
  IconListTree,
  IconMap2,
  IconMinus,
  IconPlus,
  IconSitemap,
  type TablerIcon,
} from '@tabler/icons-react';
import { useStore } from '@xyflow/react';
import { memo } from 'react';
import styles from './canvas.module.css';
import { toggleOutline } from './canvas-state.ts';
import type { CanvasTools } from './canvas-tools.ts';
import { fitOptions } from './fit-options.ts';
import { tidyUp } from './key-actions.ts';

/** Zoom, fit, tidy up, map, keys. Not drawn again with the numbers on the canvas. */
export const ViewBar = memo(DrawnViewBar);

function DrawnViewBar({ tools, readOnly }: { readonly tools: CanvasTools; readonly readOnly: boolean }) {
  const zoom = useStore((state) => Math.round(state.transform[2] * 100));
  const { flow, canvas } = tools;
  return (
    <div className={styles.bar} role="toolbar" aria-label="View">
      <Tool icon={IconMinus} label="Zoom out" run={() => void flow.zoomOut({ duration: 150 })} />
      <Tooltip label="Actual size (0)">
        <button type="button" className={styles.zoom} onClick={() => void flow.zoomTo(1, { duration: 200 })}>
          {zoom} %
        </button>
      </Tooltip>
      <Tool icon={IconPlus} label="Zoom in" run={() => void flow.zoomIn({ duration: 150 })} />
      <span className={styles.rule} />
      <Tool
        icon={IconArrowsMaximize}
        label="Show everything (1)"
        run={() => void flow.fitView({ ...fitOptions, duration: 200 })}
      />
      {!readOnly && <Tool icon={IconSitemap} label="Tidy up (Shift Alt T)" run={() => tidyUp(tools)} />}
      <Tool
        icon={IconMap2}
        label="Map (M)"
        run={() => canvas.setState(({ minimap }) => ({ minimap: !minimap }))}
      />
      <Tool icon={IconListTree} label="Outline (O)" run={() => toggleOutline(canvas)} />
      <Tool icon={IconHelp} label="Keys (?)" run={() => canvas.setState({ open: { kind: 'keys' } })} />
    </div>
  );
}

function Tool({
  icon: Icon,
  label,
  run,
}: {
  readonly icon: TablerIcon;
  readonly label: string;
  readonly run: () => void;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={26} aria-label={label} onClick={run}>
        <Icon size={15} stroke={1.75} />
      </ActionIcon>
    </Tooltip>
  );
}
