import { SegmentedControl } from '@mantine/core';
import { amountText } from '#engine/nodes/index.ts';
import styles from './inspector.module.css';
import { settingOf, type WidgetProps } from './widget.ts';

/** A span of time that returns, as a row of buttons, and the whole limit as a sentence. */
export function WindowWidget({ node, field, readOnly, set }: WidgetProps) {
  const value = String(settingOf(node, field.name) ?? '');
  return (
    <div className={styles.field}>
      <span className={styles.caption}>{field.label}</span>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={field.label}
        data={[...(field.options ?? [])]}
        value={value}
        readOnly={readOnly}
        onChange={(next) => set(next)}
      />
      {node.kind === 'limit' && (
        <span className={styles.help} role="status">
          {amountText(node)}
          {node.per === null
            ? ' for all requests together.'
            : `, counted apart for each ${(node.per.split('.').at(-1) ?? node.per).replaceAll('_', ' ')}.`}
        </span>
      )}
      {field.help !== undefined && <span className={styles.help}>{field.help}</span>}
    </div>
  );
}
