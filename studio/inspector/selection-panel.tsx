import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  IconBoxMultiple,
  IconLayoutAlignBottom,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
  IconSitemap,
  type TablerIcon,
} from '@tabler/icons-react';
import {
  alignNodes,
  type Command,
  distributeNodes,
  groupSelection,
  layoutNodes,
  markIn,
  titleIn,
  titleOfMark,
  useDocument,
  useDocumentActions,
} from '../document/index.ts';
import { plural } from '../look/format.ts';
import styles from './inspector.module.css';
import { SelectionActions } from './selection-actions.tsx';
import { MakeSubpolicyButton } from './subpolicy/make-subpolicy-button.tsx';

/** Several nodes, or an edge. */
export function SelectionPanel() {
  const document = useDocumentActions();
  const policy = useDocument((state) => state.policy);
  const selection = useDocument((state) => state.selection);
  const marks = useDocument((state) => state.marks);
  const readOnly = useDocument((state) => state.readOnly);
  const names = [
    ...[...selection].map((id) => titleIn(policy, id)),
    ...[...marks].flatMap((id) => {
      const mark = markIn(policy, id);
      return mark === undefined ? [] : [titleOfMark(mark)];
    }),
  ];
  return (
    <>
      <header className={styles.head}>
        <div className={styles.headText}>
          <h2>{tellSelection(selection.size, marks)}</h2>
          <span className={styles.id}>{names.join(', ')}</span>
        </div>
      </header>
      <div className={styles.body}>
        <SelectionActions>
          <Button
            variant="default"
            leftSection={<IconBoxMultiple size={15} />}
            onClick={() => groupSelection(document)}
          >
            Group
          </Button>
          <MakeSubpolicyButton />
        </SelectionActions>
        {!readOnly && <Placing />}
        <p className={styles.empty}>Drag to move them together; copy and paste works across policies.</p>
      </div>
    </>
  );
}

/** `2 nodes`, `1 node, 1 note`. */
function tellSelection(nodes: number, marks: ReadonlySet<string>): string {
  const notes = [...marks].filter((mark) => mark.startsWith('note:')).length;
  const groups = marks.size - notes;
  return [
    ...(nodes > 0 ? [plural(nodes, 'node')] : []),
    ...(groups > 0 ? [plural(groups, 'group')] : []),
    ...(notes > 0 ? [plural(notes, 'note')] : []),
  ].join(', ');
}

const placings: readonly (readonly [string, TablerIcon, (ids: Iterable<string>) => Command])[] = [
  ['Align left edges', IconLayoutAlignLeft, (ids) => alignNodes(ids, 'left')],
  ['Align centres', IconLayoutAlignCenter, (ids) => alignNodes(ids, 'centre')],
  ['Align right edges', IconLayoutAlignRight, (ids) => alignNodes(ids, 'right')],
  ['Align top edges', IconLayoutAlignTop, (ids) => alignNodes(ids, 'top')],
  ['Align middles', IconLayoutAlignMiddle, (ids) => alignNodes(ids, 'middle')],
  ['Align bottom edges', IconLayoutAlignBottom, (ids) => alignNodes(ids, 'bottom')],
  ['Distribute side by side', IconLayoutDistributeVertical, (ids) => distributeNodes(ids, 'across')],
  ['Distribute from top to bottom', IconLayoutDistributeHorizontal, (ids) => distributeNodes(ids, 'down')],
  ['Tidy up these nodes', IconSitemap, (ids) => layoutNodes(ids)],
];

/** Lines up, spreads out and tidies what is selected. */
function Placing() {
  const document = useDocumentActions();
  return (
    <div className={styles.placing} role="toolbar" aria-label="Place the selected nodes">
      {placings.map(([label, Icon, command]) => (
        <Tooltip key={label} label={label}>
          <ActionIcon
            aria-label={label}
            onClick={() => document.run(command(document.store.getState().selection), label)}
          >
            <Icon size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  );
}
