import { TextInput } from '@mantine/core';
import type { PolicyNode } from '#engine/nodes/index.ts';
import { freeSlug } from '../document/index.ts';
import { ConditionField } from './condition/condition-field.tsx';
import styles from './inspector.module.css';
import { Add, Remove } from './list-buttons.tsx';
import { ProblemNotes } from './problem-notes.tsx';
import { moved, SortableList } from './sortable-list.tsx';
import type { WidgetProps } from './widget.ts';

type Case = Extract<PolicyNode, { kind: 'condition' }>['cases'][number];

/** The cases of a condition, asked from top to bottom. */
export function CasesWidget({ node, field, problems, readOnly, change }: WidgetProps) {
  if (node.kind !== 'condition') return null;
  const { cases } = node;
  const setCases = (next: readonly Case[], burst?: string): void => {
    change(
      (now) => (now.kind === 'condition' ? { ...now, cases: [...next] } : now),
      burst === undefined ? {} : { burst },
    );
  };
  const add = (): void => {
    const id = freeSlug('case', (slug) => cases.some((one) => one.id === slug), 'case');
    setCases([...cases, { id, when: 'request.tools > 0', to: null }]);
  };
  return (
    <div className={styles.field}>
      <span className={styles.caption}>{field.label}</span>
      <SortableList
        items={cases}
        keyOf={(one) => one.id}
        nameOf={(one) => one.label ?? one.id}
        readOnly={readOnly}
        onMove={(from, to) => setCases(moved(cases, from, to))}
      >
        {(one, index) => (
          <div className={styles.case}>
            <div className={styles.line}>
              <span className={styles.caseWord}>{index === 0 ? 'If' : 'Else if'}</span>
              <TextInput
                className={styles.grow ?? ''}
                aria-label={`Name of case ${index + 1}`}
                placeholder="Name of this exit"
                maxLength={120}
                value={one.label ?? ''}
                readOnly={readOnly}
                onChange={(event) => {
                  const label = event.currentTarget.value;
                  setCases(
                    cases.with(index, { ...one, label: label === '' ? undefined : label }),
                    `${one.id}.label`,
                  );
                }}
              />
              {!readOnly && (
                <Remove
                  label={`Remove case ${index + 1}`}
                  onClick={() => setCases(cases.toSpliced(index, 1))}
                />
              )}
            </div>
            <div data-field={`cases.${index}.when`} className={styles.field}>
              <ConditionField
                text={one.when}
                label={`Condition of case ${index + 1}`}
                readOnly={readOnly}
                onText={(when) => setCases(cases.with(index, { ...one, when }), `${one.id}.when`)}
              />
              <ProblemNotes
                problems={problems.filter((problem) => problem.field?.startsWith(`cases.${index}.`))}
              />
            </div>
          </div>
        )}
      </SortableList>
      {!readOnly && <Add label="Add a case" onClick={add} />}
    </div>
  );
}
