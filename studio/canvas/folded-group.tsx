import { IconArrowNarrowRight, IconBoxMultiple } from '@tabler/icons-react';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import type { Gate } from '../document/index.ts';
import { formatCount, plural } from '../look/format.ts';
import { useCanvas } from './canvas-state.ts';
import cardStyles from './card.module.css';
import { CardProblems } from './card-problems.tsx';
import type { FoldNode } from './flow-marks.ts';
import { FoldButton, GroupNameEditor } from './group-frame.tsx';
import styles from './mark.module.css';
import { useHandlesFollow } from './use-handles-follow.ts';

/** A folded group: one card that says what comes in and what goes out. */
export const FoldedGroup = memo(
  DrawnFold,
  (left, right) => left.data === right.data && left.selected === right.selected,
);

function DrawnFold({ id, data, selected }: NodeProps<FoldNode>) {
  const { name, count, boundary, problems, tone, traffic, readOnly } = data;
  const isNaming = useCanvas((state) => state.renaming === id && state.home === 'drawing');
  useHandlesFollow(id, [...boundary.ins, ...boundary.outs]);
  return (
    <div
      className={`${cardStyles.card} ${styles.folded}`}
      data-selected={selected || undefined}
      data-tone={tone}
      data-severity={problems.some(({ severity }) => severity === 'error') ? 'error' : undefined}
    >
      {boundary.holdsEntry && (
        <span className={cardStyles.entry}>
          Requests in <IconArrowNarrowRight size={14} stroke={1.75} />
        </span>
      )}
      {traffic !== undefined && (
        <span className={cardStyles.traffic} data-dead={traffic.after === 0 || undefined}>
          {formatCount(traffic.after)}
          {traffic.after === 0 && ` of ${formatCount(traffic.records)}`}
        </span>
      )}
      <div className={cardStyles.header}>
        <span className={styles.foldIcon} aria-hidden="true">
          <IconBoxMultiple size={18} stroke={1.6} />
        </span>
        <div className={cardStyles.names}>
          {isNaming ? (
            <GroupNameEditor id={id} name={name} />
          ) : (
            <span className={cardStyles.title} title={name}>
              {name}
            </span>
          )}
          <span className={cardStyles.summary} data-detail="">
            Group · {plural(count, 'node')}
          </span>
        </div>
        <CardProblems problems={problems} />
        <FoldButton id={id} name={name} isFolded readOnly={readOnly} />
      </div>
      {boundary.ins.length + boundary.outs.length === 0 ? (
        <div className={cardStyles.info}>Nothing goes in or out</div>
      ) : (
        <>
          <Gates gates={boundary.ins} side="in" readOnly={readOnly} />
          <Gates gates={boundary.outs} side="out" readOnly={readOnly} />
        </>
      )}
    </div>
  );
}

function Gates({
  gates,
  side,
  readOnly,
}: {
  readonly gates: readonly Gate[];
  readonly side: 'in' | 'out';
  readonly readOnly: boolean;
}) {
  if (gates.length === 0) return null;
  return (
    <ul
      className={cardStyles.exits}
      data-side={side}
      aria-label={side === 'in' ? 'Goes in at' : 'Goes out by'}
    >
      {gates.map((gate) => (
        <li key={gate.id} className={styles.gate} data-side={side} title={tellGate(gate, side)}>
          <span className={cardStyles.exitText}>{gate.text}</span>
          {side === 'in' ? (
            <Handle
              type="target"
              id={`in:${gate.id}`}
              position={Position.Left}
              className={cardStyles.handle}
              isConnectable={!readOnly}
              isConnectableStart={false}
            />
          ) : (
            <Handle
              type="source"
              id={gate.id}
              position={Position.Right}
              className={cardStyles.handle}
              isConnectable={!readOnly}
              isConnectableEnd={false}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function tellGate({ text, beyond }: Gate, side: 'in' | 'out'): string {
  return side === 'in' ? `${text}, from ${beyond.join(', ')}` : `${text}, to ${beyond.join(', ')}`;
}
