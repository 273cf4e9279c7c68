import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { checkExpression, rowsToText, textToRows } from '#engine/expression/index.ts';
import { CelField, type ConditionProps } from './cel-field.tsx';
import styles from './condition.module.css';
import { RowsEditor } from './rows-editor.tsx';
import { TrueForLine } from './true-for-line.tsx';

/** A condition, as rows where rows can say it and as text always. The text is the truth. */
export function ConditionField({ text, label, readOnly, onText }: ConditionProps) {
  const read = textToRows(text);
  // Text that is being typed stays text, also when it becomes something rows could say.
  const [wantsText, setWantsText] = useState(read.kind === 'text');
  const showsRows = read.kind === 'rows' && !wantsText;
  const checked = checkExpression(text);
  return (
    <div className={styles.field}>
      <SegmentedControl
        size="xs"
        className={styles.mode ?? ''}
        aria-label="How to edit the condition"
        data={[
          { value: 'rows', label: 'Builder', disabled: read.kind === 'text' },
          { value: 'text', label: 'Expression' },
        ]}
        value={showsRows ? 'rows' : 'text'}
        onChange={(next) => setWantsText(next === 'text')}
      />
      {showsRows ? (
        <RowsEditor group={read.group} readOnly={readOnly} onGroup={(group) => onText(rowsToText(group))} />
      ) : (
        <CelField
          text={text}
          label={label}
          readOnly={readOnly}
          onText={(next) => {
            setWantsText(true);
            onText(next);
          }}
        />
      )}
      {checked.kind === 'ok' && <TrueForLine text={text} />}
      {checked.kind === 'ok' && read.kind === 'text' && (
        <span className={styles.note}>More than rows can say, so it is edited as text.</span>
      )}
    </div>
  );
}
