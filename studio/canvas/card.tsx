import { IconArrowNarrowRight, IconPlus } from '@tabler/icons-react';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { type MouseEvent, memo } from 'react';
import { kindOf, type PolicyNode, type Port } from '#engine/nodes/index.ts';
import { exitsOf, exitWords, fullSummaryOf, providerName, summaryOf, titleOf } from '../document/index.ts';
import { formatCount, formatMoneyChange, formatPrice, formatShare, formatTokens } from '../look/format.ts';
import { useCanvas, useCanvasStore } from './canvas-state.ts';
import styles from './card.module.css';
import { CardProblems, severityOf } from './card-problems.tsx';
import { CardTitleEditor } from './card-title-editor.tsx';
import type { CardData, CardNode, EdgeTraffic, NodeTraffic } from './flow.ts';
import { KindIcon, kindHue } from './kind-icon.tsx';
import { LiveBadge, LiveShare } from './live-figures.tsx';
import { openAtElement } from './open-at.ts';
import { useHandlesFollow } from './use-handles-follow.ts';

/** A node on the canvas. Drawn again only when its data or its selection changes, never while it moves. */
export const Card = memo(
  DrawnCard,
  (left, right) => left.data === right.data && left.selected === right.selected,
);

function DrawnCard({ id, data, selected }: NodeProps<CardNode>) {
  const { node, isEntry, problems, tone, traffic } = data;
  const exits = exitsOf(node);
  useHandlesFollow(id, exits);
  return (
    <div
      className={styles.card}
      style={kindHue(node.kind)}
      data-selected={selected || undefined}
      data-tone={tone}
      data-kind={node.kind}
      data-dead={traffic?.after === 0 || undefined}
      data-severity={severityOf(problems)}
    >
      {isEntry && (
        <span className={styles.entry}>
          Requests in <IconArrowNarrowRight size={14} stroke={1.75} />
        </span>
      )}
      {traffic !== undefined && <Traffic traffic={traffic} />}
      <LiveBadge id={id} />
      <Handle
        type="target"
        id="in"
        position={Position.Left}
        className={styles.entrance}
        isConnectableStart={false}
      />
      <Header id={id} data={data} />
      {exits.length === 0 ? (
        <Info data={data} />
      ) : (
        <ul className={styles.exits}>
          {exits.map((exit, index) => (
            <Exit
              key={exit.id}
              id={id}
              node={node}
              exit={exit}
              traffic={traffic?.exits[index]}
              readOnly={data.readOnly}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

/** How many requests come by, and what they cost more or less than before. */
function Traffic({ traffic: { after, before, records, costDelta } }: { readonly traffic: NodeTraffic }) {
  if (after === 0)
    return (
      <span className={styles.traffic} data-dead="" title={`${formatCount(before)} before`}>
        0 of {formatCount(records)}
      </span>
    );
  const tone = costDelta === 0 ? undefined : costDelta < 0 ? 'good' : 'bad';
  return (
    <span
      className={styles.traffic}
      data-tone={tone}
      title={`${formatCount(before)} requests before, ${formatCount(after)} now; what they cost more or less than before`}
    >
      {formatCount(after)}
      {tone !== undefined && <strong>{formatMoneyChange(costDelta)}</strong>}
    </span>
  );
}

function Header({ id, data }: { readonly id: string; readonly data: CardData }) {
  const { node, problems, matches } = data;
  const isRenaming = useCanvas((state) => state.renaming === id && state.home === 'drawing');
  const letter = node.kind === 'model' ? providerName(node.target).charAt(0).toUpperCase() : undefined;
  return (
    <div className={styles.header}>
      <KindIcon kind={node.kind} letter={letter} size={30} />
      <div className={styles.names}>
        {isRenaming ? (
          <CardTitleEditor id={id} />
        ) : (
          <span className={styles.title} title={titleOf(node)}>
            {titleOf(node)}
          </span>
        )}
        <span className={styles.summary} data-detail="" title={fullSummaryOf(node, matches)}>
          {saysItself.has(node.kind) || node.label === undefined ? summaryOf(node, matches) : withKind(node)}
        </span>
      </div>
      <CardProblems problems={problems} />
    </div>
  );
}

/** Kinds whose second line says what they are, so that their name would only take its room. */
const saysItself: ReadonlySet<PolicyNode['kind']> = new Set([
  'model',
  'pool',
  'limit',
  'transform',
  'cascade',
]);

/** A card that was renamed still says what it is. */
function withKind(node: PolicyNode): string {
  const { title } = kindOf(node).form;
  return titleOf(node) === title ? summaryOf(node) : `${title} · ${summaryOf(node)}`;
}

function Exit({
  id,
  node,
  exit,
  traffic,
  readOnly,
}: {
  readonly id: string;
  readonly node: PolicyNode;
  readonly exit: Port;
  readonly traffic: EdgeTraffic | undefined;
  readonly readOnly: boolean;
}) {
  const canvas = useCanvasStore();
  const isOpen = exit.to === null;
  const { text, aside } = exitWords(node, exit);
  const choose = (event: MouseEvent): void => {
    if (!isOpen || readOnly) return;
    event.stopPropagation();
    const spot = { kind: 'exit', exit: { node: id, port: exit.id } } as const;
    openAtElement(canvas, event.currentTarget, (at) => ({ kind: 'add', spot, at }));
  };
  return (
    <li className={styles.exit} data-open={(isOpen && !readOnly) || undefined} data-optional={exit.open}>
      <span className={styles.exitText} title={exit.label}>
        {text}
      </span>
      {aside !== undefined && <span className={styles.exitAside}>{aside}</span>}
      {traffic !== undefined && !(isOpen && exit.open) && <Share traffic={traffic} />}
      {!isOpen && <LiveShare edge={`${id}:${exit.id}`} />}
      <Handle
        type="source"
        id={exit.id}
        position={Position.Right}
        className={styles.handle}
        isConnectable={!readOnly}
        isConnectableEnd={false}
        onClick={choose}
        title={isOpen ? `Connect “${exit.label}”: drag, or click to add a node` : `“${exit.label}”`}
      >
        {isOpen && !readOnly && <IconPlus className={styles.plus} size={11} stroke={2.5} />}
      </Handle>
    </li>
  );
}

/** `62 → 48 % 6,825`, or `0 of 14,218`: the requests that leave here, beside the wire that takes them. */
function Share({ traffic: { before, after, records } }: { readonly traffic: EdgeTraffic }) {
  const shares = [formatShare(before / records), formatShare(after / records)] as const;
  return (
    <span
      className={styles.share}
      data-changed={before === after ? undefined : ''}
      data-detail=""
      title={`${formatCount(before)} → ${formatCount(after)} of ${formatCount(records)} requests`}
    >
      {after > 0 && shares[0] !== shares[1] && <span>{shares[0].replace(/\s%$/, '')} →</span>}
      {after === 0 ? (
        <span>0 of {formatCount(records)}</span>
      ) : (
        <>
          <strong className={styles.shareNow}>{shares[1]}</strong>
          <span>{formatCount(after)}</span>
        </>
      )}
    </span>
  );
}

function Info({ data: { node, model, health } }: { readonly data: CardData }) {
  if (node.kind === 'refuse') {
    return (
      <div className={styles.info} title={node.message}>
        <span className={styles.quote}>“{node.message}”</span>
      </div>
    );
  }
  if (node.kind === 'pool') {
    const [first, ...others] = node.candidates;
    return (
      <div className={styles.info} title={node.candidates.join(', ')}>
        <span className={styles.quote}>{first ?? 'No candidates yet'}</span>
        {others.length > 0 && <span className={styles.infoEnd}>+{others.length}</span>}
      </div>
    );
  }
  if (model === null) return <div className={styles.info}>…</div>;
  if (model === undefined) return <div className={styles.info}>Not in the catalogue</div>;
  if (model.priceInput === null) return <div className={styles.info}>No price known</div>;
  return (
    <div className={styles.info}>
      <span title="USD per million input tokens">{formatPrice(model.priceInput)} in</span>
      <span className={styles.dot} />
      <span title="USD per million output tokens">{formatPrice(model.priceOutput)} out</span>
      {health !== undefined && (
        <span
          className={`${styles.infoEnd} ${styles.health}`}
          data-tone={health.tone}
          title="How it does lately"
        >
          {health.word}
        </span>
      )}
      {health === undefined && model.context !== null && (
        <span className={styles.infoEnd} title="Context window, tokens">
          {formatTokens(model.context)}
        </span>
      )}
    </div>
  );
}
