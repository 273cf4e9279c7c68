import { Button, Switch, TagsInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { freeSlug } from '../../document/index.ts';
import { ConditionField } from '../condition/condition-field.tsx';
import inspector from '../inspector.module.css';
import { Remove } from '../list-buttons.tsx';
import { ProblemNotes } from '../problem-notes.tsx';
import { moved, SortableList } from '../sortable-list.tsx';
import styles from './classifier.module.css';
import type { EditorProps } from './editor-props.ts';
import { NameField } from './label-field.tsx';

type Rule = EditorProps<'rules'>['classifier']['rules'][number];

/** Rules from top to bottom: the first that fits gives its label. */
export function RulesEditor({ classifier, readOnly, problems, onChange }: EditorProps<'rules'>) {
  const { rules } = classifier;
  const setRules = (next: readonly Rule[]) => ({ ...classifier, rules: [...next] });
  const set = (index: number, rule: Rule, burst?: string): void =>
    onChange(
      setRules(rules.with(index, rule)),
      `Change rule ${index + 1}`,
      burst === undefined ? {} : { burst: `${burst}:${index}` },
    );
  const add = (): void => {
    const label = freeSlug('label', (name) => rules.some((one) => one.label === name), 'label');
    onChange(setRules([...rules, { label, keywords: [] }]), 'Add a rule');
  };
  return (
    <>
      <SortableList
        items={rules}
        keyOf={(_, index) => String(index)}
        nameOf={({ label }) => label}
        readOnly={readOnly}
        onMove={(from, to) => onChange(setRules(moved(rules, from, to)), 'Put the rules in order')}
      >
        {(rule, index) => (
          <section className={styles.card} aria-label={`Rule ${index + 1}`}>
            <div className={inspector.line}>
              <div className={inspector.grow}>
                <NameField
                  label={`Label of rule ${index + 1}`}
                  value={rule.label}
                  readOnly={readOnly}
                  taken={() => false}
                  onName={(to) =>
                    onChange(
                      setRules(rules.with(index, { ...rule, label: to })),
                      `Rename label ${rule.label} to ${to}`,
                      {
                        renamed: { from: rule.label, to },
                      },
                    )
                  }
                />
              </div>
              {!readOnly && (
                <Remove
                  label={`Remove rule ${index + 1}`}
                  onClick={() => onChange(setRules(rules.toSpliced(index, 1)), `Remove rule ${index + 1}`)}
                />
              )}
            </div>
            <TagsInput
              label="Any of these words or phrases"
              placeholder={(rule.keywords ?? []).length === 0 ? 'money back, refund' : ''}
              value={[...(rule.keywords ?? [])]}
              readOnly={readOnly}
              acceptValueOnBlur
              onChange={(keywords) => set(index, { ...rule, keywords })}
            />
            <When rule={rule} index={index} readOnly={readOnly} onRule={(next) => set(index, next, 'when')} />
            <ProblemNotes
              problems={problems.filter(
                ({ field }) => field === `rules.${index}` || field?.startsWith(`rules.${index}.`) === true,
              )}
            />
          </section>
        )}
      </SortableList>
      {!readOnly && (
        <div>
          <Button variant="default" leftSection={<IconPlus size={14} />} onClick={add}>
            Add rule
          </Button>
        </div>
      )}
    </>
  );
}

function When({
  rule,
  index,
  readOnly,
  onRule,
}: {
  readonly rule: Rule;
  readonly index: number;
  readonly readOnly: boolean;
  readonly onRule: (rule: Rule) => void;
}) {
  const { when, ...bare } = rule;
  return (
    <>
      <Switch
        size="xs"
        label="And only when a condition holds"
        checked={when !== undefined}
        disabled={readOnly}
        onChange={(event) =>
          onRule(event.currentTarget.checked ? { ...bare, when: 'request.tools > 0' } : bare)
        }
      />
      {when !== undefined && (
        <ConditionField
          text={when}
          label={`Condition of rule ${index + 1}`}
          readOnly={readOnly}
          onText={(text) => onRule({ ...bare, when: text })}
        />
      )}
    </>
  );
}
