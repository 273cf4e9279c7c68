import { Checkbox } from '@mantine/core';
import { classifiers } from '#engine/nodes/index.ts';
import styles from './inspector.module.css';
import type { WidgetProps } from './widget.ts';

/** Which answers of the classifier have an exit of their own. */
export function LabelsWidget({ node, field, readOnly, change }: WidgetProps) {
  if (node.kind !== 'classifier') return null;
  const known = classifiers.get(node.classifier)?.labels ?? [];
  const labels = [...known, ...Object.keys(node.ports).filter((label) => !known.includes(label))];
  const toggle = (label: string, isOn: boolean): void => {
    const { [label]: old = null, ...rest } = node.ports;
    change((now) =>
      now.kind === 'classifier' ? { ...now, ports: isOn ? { ...rest, [label]: old } : rest } : now,
    );
  };
  return (
    <fieldset className={styles.field} style={{ margin: 0, padding: 0, border: 0 }}>
      <legend className={styles.caption} style={{ marginBottom: 8, padding: 0 }}>
        {field.label}
      </legend>
      <div className={styles.labels}>
        {labels.map((label) => (
          <Checkbox
            key={label}
            size="xs"
            label={label.replaceAll('_', ' ')}
            checked={Object.hasOwn(node.ports, label)}
            disabled={readOnly}
            onChange={(event) => toggle(label, event.currentTarget.checked)}
          />
        ))}
      </div>
    </fieldset>
  );
}
