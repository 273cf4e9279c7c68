import { IconArrowNarrowRight, IconBoxMultiple, IconPlus } from '@tabler/icons-react';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { type MouseEvent, memo } from 'react';
import { exitOfEdge, type Gate } from '../document/index.ts';
import { formatCount, plural } from '../look/format.ts';
import { useCanvas, useCanvasStore } from './canvas-state.ts';
import cardStyles from './card.module.css';
import { CardProblems } from './card-problems.tsx';
import type { FoldNode } from './flow-marks.ts';
import { FoldButton, GroupNameEditor } from './group-frame.tsx';
import styles from './mark.module.css';
import { openAtElement } from './open-at.ts';
import subStyles from './subpolicy.module.css';
import { SubpolicyBadges, SubpolicyIcon } from './subpolicy-badges.tsx';
import { isNamedAs, type SubpolicyFace, tellSource } from './subpolicy-face.ts';
import { useHandlesFollow } from './use-handles-follow.ts';

/** A folded group: one card that says what comes in and what goes out. */
export const FoldedGroup = memo(
  DrawnFold,
  (left, right) => left.data === right.data && left.selected === right.selected,
);

function DrawnFold({ id, data, selected }: NodeProps<FoldNode>) {
  const { name, count, subpolicy, boundary, problems, tone, traffic, readOnly } = data;
  const isNaming = useCanvas((state) => state.renaming === id && state.home === 'drawing');
  useHandlesFollow(id, [...boundary.ins, ...boundary.outs]);
  return (
    <div
      className={`${cardStyles.card} ${styles.folded}`}
      data-selected={selected || undefined}
      data-tone={tone}
      data-subpolicy={subpolicy && ''}
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
        {subpolicy === undefined ? (
          <span className={styles.foldIcon} aria-hidden="true">
            <IconBoxMultiple size={18} stroke={1.6} />
          </span>
        ) : (
          <SubpolicyIcon />
        )}
        <div className={cardStyles.names}>
          {isNaming ? (
            <GroupNameEditor id={id} name={name} />
          ) : (
            <span className={cardStyles.title} title={name}>
              {name}
            </span>
          )}
          <span className={cardStyles.summary} data-detail="" title={subpolicy && fullWords(subpolicy)}>
            {subpolicy === undefined ? 'Group' : sourceWords(name, subpolicy)} · {plural(count, 'node')}
          </span>
        </div>
        <CardProblems problems={problems} />
        <FoldButton id={id} name={name} isFolded />
      </div>
      {boundary.ins.length + boundary.outs.length === 0 ? (
        <div className={cardStyles.info}>Nothing goes in or out</div>
      ) : (
        <>
          <Gates gates={boundary.ins} side="in" readOnly={readOnly} />
          <Gates gates={boundary.outs} side="out" readOnly={readOnly} />
        </>
      )}
      {subpolicy !== undefined && (
        <div className={subStyles.below}>
          <SubpolicyBadges face={subpolicy} />
        </div>
      )}
    </div>
  );
}

/** The name of the card is most often that of the policy: then it need not stand there twice. */
function sourceWords(name: string, face: SubpolicyFace): string {
  if (!isNamedAs(name, face.policy)) return tellSource(face);
  return face.version === null ? 'Sub-policy, draft' : `Sub-policy v${face.version}`;
}

const fullWords = (face: SubpolicyFace): string => `Sub-policy: ${tellSource(face)}`;

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
      {gates.map((gate) =>
        side === 'out' ? (
          <WayOut key={gate.id} gate={gate} readOnly={readOnly} />
        ) : (
          <li key={gate.id} className={styles.gate} data-side="in" title={tellGate(gate, side)}>
            <span className={cardStyles.exitText}>{gate.text}</span>
            <Handle
              type="target"
              id={`in:${gate.id}`}
              position={Position.Left}
              className={cardStyles.handle}
              isConnectable={!readOnly}
              isConnectableStart={false}
            />
          </li>
        ),
      )}
    </ul>
  );
}

/** By what requests leave; an output that leads nowhere yet is an open exit like any other. */
function WayOut({ gate, readOnly }: { readonly gate: Gate; readonly readOnly: boolean }) {
  const canvas = useCanvasStore();
  const isOpen = gate.beyond.length === 0;
  const choose = (event: MouseEvent): void => {
    if (!isOpen || readOnly) return;
    event.stopPropagation();
    const spot = { kind: 'exit', exit: exitOfEdge(gate.id) } as const;
    openAtElement(canvas, event.currentTarget, (at) => ({ kind: 'add', spot, at }));
  };
  return (
    <li
      className={`${cardStyles.exit} ${styles.gate}`}
      data-side="out"
      data-open={(isOpen && !readOnly) || undefined}
      title={tellGate(gate, 'out')}
    >
      <span className={cardStyles.exitText}>{gate.text}</span>
      <Handle
        type="source"
        id={gate.id}
        position={Position.Right}
        className={cardStyles.handle}
        isConnectable={!readOnly}
        isConnectableEnd={false}
        onClick={choose}
        title={isOpen ? `Connect “${gate.text}”: drag, or click to add a node` : `“${gate.text}”`}
      >
        {isOpen && !readOnly && <IconPlus className={cardStyles.plus} size={11} stroke={2.5} />}
      </Handle>
    </li>
  );
}

function tellGate({ text, beyond }: Gate, side: 'in' | 'out'): string {
  if (beyond.length === 0)
    return side === 'in' ? `${text}: nothing leads here yet` : `${text}: leads nowhere yet`;
  return side === 'in' ? `${text}, from ${beyond.join(', ')}` : `${text}, to ${beyond.join(', ')}`;
}
