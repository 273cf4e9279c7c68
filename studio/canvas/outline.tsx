import { ActionIcon } from '@mantine/core';
import {
  IconAlertCircleFilled,
  IconAlertTriangleFilled,
  IconBoxModel2,
  IconBoxMultiple,
  IconCornerLeftUp,
  IconNote,
  IconX,
} from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Diagnostic } from '#engine/nodes/index.ts';
import {
  exitsOf,
  type MarkId,
  markIn,
  neighbourExit,
  type OutlineRow,
  outlineOf,
  providerName,
  shiftExit,
  spokenMark,
  spokenNode,
  titleIn,
  titleOfMark,
  useDocument,
} from '../document/index.ts';
import { focusNode, toggleOutline, useCanvas } from './canvas-state.ts';
import type { CanvasTools } from './canvas-tools.ts';
import { CardTitleEditor } from './card-title-editor.tsx';
import { GroupNameEditor } from './group-frame.tsx';
import { KindIcon } from './kind-icon.tsx';
import { NoteWriter } from './note-card.tsx';
import { openAtElement } from './open-at.ts';
import styles from './outline.module.css';

/** The policy as a tree of rows over the same document: to read, to edit, and where a drawing is of no use. */
export function Outline({ tools }: { readonly tools: CanvasTools }) {
  return useCanvas((state) => state.outline) ? <OpenOutline tools={tools} /> : null;
}

function OpenOutline({ tools }: { readonly tools: CanvasTools }) {
  const policy = useDocument((state) => state.policy);
  const rows = useMemo(() => outlineOf(policy), [policy]);
  const { active, goTo, tree } = useRovingRow(tools, rows);
  const onKeyDown = useOutlineKeys(tools, rows, active, goTo);
  return (
    <section className={styles.outline} aria-label="Outline" data-outline="">
      <header className={styles.head}>
        <h2>Outline</h2>
        <ActionIcon size={24} aria-label="Close the outline" onClick={() => toggleOutline(tools.canvas)}>
          <IconX size={14} stroke={1.75} />
        </ActionIcon>
      </header>
      {rows.length === 0 ? (
        <p className={styles.hint}>There are no nodes yet. Press A to add the first.</p>
      ) : (
        <div ref={tree} className={styles.tree} role="tree" aria-label="Nodes" onKeyDown={onKeyDown}>
          {rows.map((row) => (
            <Row
              key={row.key}
              row={row}
              tools={tools}
              isActive={row.key === active?.key}
              goTo={() => goTo(row)}
            />
          ))}
        </div>
      )}
      <p className={styles.hint}>
        <kbd>↑</kbd> <kbd>↓</kbd> move, <kbd>Enter</kbd> opens, <kbd>Alt ↑</kbd> <kbd>Alt ↓</kbd> reorder
      </p>
    </section>
  );
}

interface Roving {
  readonly active: OutlineRow | undefined;
  readonly goTo: (row: OutlineRow | undefined) => void;
  readonly tree: React.RefObject<HTMLDivElement | null>;
}

/** One row can be tabbed to. It follows what is current on the canvas, and takes the focus when it was gone to. */
function useRovingRow({ document, canvas, reveal }: CanvasTools, rows: readonly OutlineRow[]): Roving {
  const tree = useRef<HTMLDivElement>(null);
  const wanted = useRef(false);
  const [key, setKey] = useState<string | null>(null);
  const current = useCanvas((state) => state.current);
  const chosen = rows.find((row) => row.key === key);
  const isInStep = chosen !== undefined && (chosen.kind === 'open' || thingOf(chosen) === current);
  const active = isInStep
    ? chosen
    : (rows.find((row) => row.kind !== 'again' && thingOf(row) === current && current !== null) ?? rows[0]);
  const at = active?.key;
  useEffect(() => {
    if (!wanted.current || at === undefined) return;
    wanted.current = false;
    const row = tree.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(at)}"]`);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  });
  const goTo = (row: OutlineRow | undefined): void => {
    if (row === undefined) return;
    wanted.current = true;
    setKey(row.key);
    const thing = thingOf(row) ?? row.exit?.node ?? null;
    canvas.setState({ home: 'outline', current: thing });
    if (thing === null) return;
    document.select([thing]);
    reveal(thing);
  };
  return { active, goTo, tree };
}

/** What a row stands for: a node, or the mark of a note or group. */
function thingOf(row: OutlineRow): string | null {
  return row.mark ?? row.node;
}

function isTyping(target: EventTarget): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

/** Keys that mean something else here than on the drawing; the others (rename, delete, connect…) are the canvas's. */
function useOutlineKeys(
  tools: CanvasTools,
  rows: readonly OutlineRow[],
  active: OutlineRow | undefined,
  goTo: Roving['goTo'],
) {
  return (event: KeyboardEvent<HTMLElement>): void => {
    if (active === undefined || isTyping(event.target)) return;
    const { ctrlKey, metaKey, shiftKey, altKey, key } = event;
    if (ctrlKey || metaKey || shiftKey) return;
    const at = rows.indexOf(active);
    const steps: Readonly<Record<string, () => void>> = altKey
      ? { ArrowUp: () => reorder(tools, active, -1), ArrowDown: () => reorder(tools, active, 1) }
      : {
          ArrowDown: () => goTo(rows[at + 1]),
          ArrowUp: () => goTo(rows[at - 1]),
          ArrowRight: () => goTo(rows[at + 1]?.parent === active.key ? rows[at + 1] : undefined),
          ArrowLeft: () => goTo(rows.find((row) => row.key === active.parent)),
          Home: () => goTo(rows[0]),
          End: () => goTo(rows.at(-1)),
          Escape: () => {
            tools.canvas.setState({ home: 'drawing' });
            focusNode(tools.canvas, tools.canvas.getState().current);
          },
          ...(active.kind === 'open' ? { Enter: () => openAtRow(tools, active, event.currentTarget) } : {}),
        };
    const step = steps[key];
    if (step === undefined) return;
    event.preventDefault();
    step();
  };
}

/** Lets a node change places with its neighbour among the exits of what leads to it. */
function reorder({ document }: CanvasTools, row: OutlineRow, step: -1 | 1): void {
  const { policy, readOnly } = document.store.getState();
  const from = row.exit === null ? undefined : policy.nodes[row.exit.node];
  const other =
    row.exit === null || from === undefined ? undefined : neighbourExit(exitsOf(from), row.exit.port, step);
  if (row.exit === null || from === undefined || other === undefined || readOnly) {
    document.announce(readOnly ? 'This policy is read-only here.' : 'It cannot move further that way.');
    return;
  }
  const label = exitsOf(from).find((exit) => exit.id === other)?.label ?? other;
  const what = row.node === null ? 'an open exit' : titleIn(policy, row.node);
  document.run(shiftExit(row.exit, step), `Move ${what} to “${label}”`);
}

function openAtRow({ canvas, document }: CanvasTools, row: OutlineRow, tree: HTMLElement): void {
  const element = tree.querySelector(`[data-row="${CSS.escape(row.key)}"]`);
  const { exit } = row;
  if (exit === null || element === null || document.store.getState().readOnly) return;
  openAtElement(canvas, element, (at) => ({ kind: 'add', spot: { kind: 'exit', exit }, at }));
}

interface RowProps {
  readonly row: OutlineRow;
  readonly tools: CanvasTools;
  readonly isActive: boolean;
  readonly goTo: () => void;
}

function Row({ row, tools, isActive, goTo }: RowProps) {
  const policy = useDocument((state) => state.policy);
  const isSelected = useDocument(({ selection, marks }) =>
    row.mark === undefined ? row.node !== null && selection.has(row.node) : marks.has(row.mark),
  );
  const problems = useDocument((state) => state.diagnostics).filter(
    (one) => row.kind === 'node' && one.node === row.node,
  );
  const isRenaming = useCanvas(
    (state) => state.home === 'outline' && state.renaming === row.node && row.kind === 'node',
  );
  const node = row.node === null ? undefined : policy.nodes[row.node];
  const show = (focus: 'canvas' | 'inspector'): void => {
    const thing = thingOf(row);
    if (thing !== null) tools.document.show({ node: thing, focus });
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys of all its rows
    <div
      className={styles.row}
      role="treeitem"
      tabIndex={isActive ? 0 : -1}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.size}
      aria-selected={isSelected}
      aria-label={spokenRow(row, policy, problems)}
      data-row={row.key}
      data-kind={row.kind}
      data-outline-node={row.kind === 'node' ? row.node : row.mark}
      style={{ paddingInlineStart: `${8 + (row.level - 1) * 16}px` }}
      onClick={(event) => {
        goTo();
        if (row.kind === 'open')
          openAtRow(tools, row, event.currentTarget.parentElement ?? event.currentTarget);
      }}
      onDoubleClick={() => show('inspector')}
    >
      {row.exitLabel !== '' && <span className={styles.exit}>{row.exitLabel}</span>}
      {row.mark !== undefined ? (
        <MarkRow mark={row.mark} />
      ) : node === undefined ? (
        <span className={styles.open}>leads nowhere yet</span>
      ) : (
        <>
          <KindIcon
            kind={node.kind}
            size={20}
            letter={node.kind === 'model' ? providerName(node.target).charAt(0).toUpperCase() : undefined}
          />
          {isRenaming && row.node !== null ? (
            <CardTitleEditor id={row.node} />
          ) : (
            <span className={styles.name}>{titleIn(policy, row.node ?? '')}</span>
          )}
          {row.kind === 'again' && <IconCornerLeftUp size={13} className={styles.again} />}
          <Mark problems={problems} />
        </>
      )}
    </div>
  );
}

function spokenRow(
  row: OutlineRow,
  policy: Parameters<typeof titleIn>[0],
  problems: readonly Diagnostic[],
): string {
  const mark = row.mark === undefined ? undefined : markIn(policy, row.mark);
  if (mark !== undefined) return spokenMark(policy, mark);
  const node = row.node === null ? undefined : policy.nodes[row.node];
  const way = row.exitLabel === '' ? '' : `${row.exitLabel}: `;
  if (node === undefined) return `${way}leads nowhere yet`;
  if (row.kind === 'again') return `${way}${titleIn(policy, row.node ?? '')}, further up`;
  // Who speaks to the machine says what stands there: the exit's word, then the name (WCAG 2.2, 2.5.3).
  return `${way}${spokenNode(node, problems, policy.entry === row.node, 'name')}`;
}

/** A note or a group, its words edited in place. */
function MarkRow({ mark }: { readonly mark: MarkId }) {
  const found = useDocument(({ policy }) =>
    policy.notes === undefined && policy.groups === undefined ? undefined : policy,
  );
  const isRenaming = useCanvas((state) => state.home === 'outline' && state.renaming === mark);
  const shown = found === undefined ? undefined : markIn(found, mark);
  if (shown === undefined) return null;
  const isUnit = shown.kind === 'group' && shown.group.subpolicy !== undefined;
  const Icon = shown.kind === 'note' ? IconNote : isUnit ? IconBoxModel2 : IconBoxMultiple;
  return (
    <>
      <span className={styles.markIcon} data-kind={shown.kind} aria-hidden="true">
        <Icon size={13} stroke={1.75} />
      </span>
      {isRenaming && shown.kind === 'group' ? (
        <GroupNameEditor id={mark} name={shown.group.name} />
      ) : isRenaming && shown.kind === 'note' ? (
        <NoteWriter id={mark} text={shown.note.text} />
      ) : (
        <span className={styles.name}>{titleOfMark(shown)}</span>
      )}
    </>
  );
}

function Mark({ problems }: { readonly problems: readonly Diagnostic[] }) {
  if (problems.length === 0) return null;
  const isError = problems.some((one) => one.severity === 'error');
  const Icon = isError ? IconAlertCircleFilled : IconAlertTriangleFilled;
  return <Icon size={14} className={styles.mark} data-severity={isError ? 'error' : 'warning'} />;
}
