import { Button, Menu, Select } from '@mantine/core';
import { IconAdjustments, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { classifiers as builtIn } from '#engine/nodes/index.ts';
import { addClassifier, freeSlug, letNodeAsk, useDocument, useDocumentActions } from '../document/index.ts';
import { blankClassifier, type ClassifierKind, classifierKinds } from './classifier/blank-classifier.ts';
import { ClassifierDialog } from './classifier/classifier-dialog.tsx';
import styles from './inspector.module.css';
import { wording } from './simple-widgets.tsx';
import type { WidgetProps } from './widget.ts';

/** Which classifier a node asks: the built-in one, or one of the policy's own, which can be made and tried here. */
export function ClassifierWidget({ id, node, field, readOnly }: WidgetProps) {
  const document = useDocumentActions();
  const own = useDocument((state) => state.policy.classifiers);
  const [opened, setOpened] = useState(false);
  if (node.kind !== 'classifier') return null;
  const value = node.classifier;
  const known = [
    ...(field.options ?? []),
    ...Object.keys(own ?? {}).map((name) => ({ value: name, label: name })),
  ];
  const isKnown = known.some((one) => one.value === value);
  const create = (kind: ClassifierKind): void => {
    const name = freeSlug('topic', (slug) => builtIn.has(slug) || Object.hasOwn(own ?? {}, slug), 'topic');
    if (document.run(addClassifier(name, blankClassifier(kind), id), `Add classifier ${name}`))
      setOpened(true);
  };
  return (
    <>
      <Select
        {...wording(field)}
        data={isKnown ? known : [{ value, label: `${value} (missing)` }, ...known]}
        value={value}
        readOnly={readOnly}
        allowDeselect={false}
        onChange={(next) => {
          if (next !== null) document.run(letNodeAsk(id, next), `Ask classifier ${next}`);
        }}
      />
      <div className={styles.actions}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconAdjustments size={14} />}
          disabled={!isKnown}
          onClick={() => setOpened(true)}
        >
          {builtIn.has(value) ? 'Try it…' : 'Edit and try…'}
        </Button>
        {!readOnly && <NewClassifier onKind={create} />}
      </div>
      <ClassifierDialog id={id} node={node} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}

function NewClassifier({ onKind }: { readonly onKind: (kind: ClassifierKind) => void }) {
  return (
    <Menu position="bottom-end" width={250} withinPortal>
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} />}>
          New classifier…
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {classifierKinds.map(({ kind, title, hint }) => (
          <Menu.Item key={kind} onClick={() => onKind(kind)}>
            <span className={styles.option}>
              {title}
              <span className={styles.optionHint}>{hint}</span>
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
