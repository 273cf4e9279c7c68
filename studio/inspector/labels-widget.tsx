import { Button, Checkbox } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { exitForEveryLabel, labelsIn, useDocument, useDocumentActions } from '../document/index.ts';
import styles from './inspector.module.css';
import type { WidgetProps } from './widget.ts';

/** Which answers of the classifier have an exit of their own. */
export function LabelsWidget({ id, node, field, readOnly, change }: WidgetProps) {
  const document = useDocumentActions();
  const policy = useDocument((state) => state.policy);
  if (node.kind !== 'classifier') return null;
  const known = labelsIn(policy, node.classifier) ?? [];
  const labels = [...known, ...Object.keys(node.ports).filter((label) => !known.includes(label))];
  const toggle = (label: string, isOn: boolean): void => {
    const { [label]: old = null, ...rest } = node.ports;
    change((now) =>
      now.kind === 'classifier' ? { ...now, ports: isOn ? { ...rest, [label]: old } : rest } : now,
    );
  };
  const lacksSome = known.some((label) => !Object.hasOwn(node.ports, label));
  return (
    <fieldset className={styles.field} style={{ margin: 0, padding: 0, border: 0 }}>
      <legend className={styles.caption} style={{ marginBottom: 8, padding: 0 }}>
        {field.label}
      </legend>
      {labels.length === 0 && <span className={styles.help}>The classifier has no labels yet.</span>}
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
      {lacksSome && !readOnly && (
        <div style={{ marginTop: 6 }}>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={14} />}
            onClick={() => document.run(exitForEveryLabel(id), 'Add an exit for every label')}
          >
            Add an exit for every label
          </Button>
        </div>
      )}
    </fieldset>
  );
}
