import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Row, RowGroup } from '#engine/expression/index.ts';
import { useRowKeys } from '../../look/use-row-keys.ts';
import styles from './condition.module.css';
import { RowEditor } from './row-editor.tsx';

interface GroupProps {
  readonly group: RowGroup;
  readonly readOnly: boolean;
  readonly onGroup: (group: RowGroup) => void;
}

/** The question a new row asks. */
const firstRow: Row = { kind: 'row', signal: 'request.input_tokens', operator: '>', value: 1_000 };
const secondRow: Row = { kind: 'row', signal: 'request.tools', operator: '>', value: 0 };

/** Rows that must all be true, or one of which must; groups in groups. */
export function RowsEditor({ group, readOnly, onGroup }: GroupProps) {
  const { rows, join } = group;
  const set = (index: number, item: Row | RowGroup): void =>
    onGroup({ ...group, rows: rows.with(index, item) });
  const rowKeys = useRowKeys(rows.length);
  const remove = (index: number): void => {
    rowKeys.drop(index);
    onGroup({ ...group, rows: rows.toSpliced(index, 1) });
  };
  const inner: RowGroup = {
    kind: 'group',
    join: join === 'all' ? 'any' : 'all',
    rows: [firstRow, secondRow],
  };
  return (
    <div className={styles.group}>
      {rows.length > 1 && (
        <div className={styles.join}>
          <SegmentedControl
            size="xs"
            aria-label="How the rows go together"
            data={[
              { value: 'all', label: 'All' },
              { value: 'any', label: 'Any' },
            ]}
            value={join}
            readOnly={readOnly}
            onChange={(next) => onGroup({ ...group, join: next === 'any' ? 'any' : 'all' })}
          />
          of these {join === 'all' ? 'are' : 'is'} true
        </div>
      )}
      {rows.length === 0 && (
        <span className={styles.note}>Nothing is asked: {join === 'all' ? 'always' : 'never'} true.</span>
      )}
      {rows.map((item, index) =>
        item.kind === 'group' ? (
          <RowsEditor
            key={rowKeys.keyAt(index)}
            group={item}
            readOnly={readOnly}
            onGroup={(next) => (next.rows.length === 0 ? remove(index) : set(index, next))}
          />
        ) : (
          <RowEditor
            key={rowKeys.keyAt(index)}
            row={item}
            readOnly={readOnly}
            onRow={(next) => set(index, next)}
            onRemove={() => remove(index)}
          />
        ),
      )}
      {!readOnly && (
        <div className={styles.buttons}>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPlus size={13} />}
            onClick={() => onGroup({ ...group, rows: [...rows, firstRow] })}
          >
            Row
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPlus size={13} />}
            onClick={() => onGroup({ ...group, rows: [...rows, inner] })}
          >
            Group
          </Button>
        </div>
      )}
    </div>
  );
}
