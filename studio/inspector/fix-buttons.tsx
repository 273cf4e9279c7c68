import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Diagnostic } from '#engine/nodes/index.ts';
import { useModels } from '../client/use-models.ts';
import { type Command, targetViewOf, useDocument, useDocumentActions } from '../document/index.ts';
import { choiceFixFor } from './choice-fixes.ts';
import styles from './inspector.module.css';
import { quickFixFor } from './quick-fixes.ts';

/** What mends a problem in one step, and what does once something was chosen; each is one entry of the history. */
export function FixButtons({ problem }: { readonly problem: Diagnostic }) {
  const document = useDocumentActions();
  const policy = useDocument((state) => state.policy);
  const readOnly = useDocument((state) => state.readOnly);
  const { models, byId } = useModels();
  const targets = useMemo(() => targetViewOf(byId), [byId]);
  if (readOnly) return null;
  const fix = quickFixFor(policy, problem, targets.suggest);
  const choice = choiceFixFor(policy, problem, models);
  const mend = (command: Command, label: string): void => {
    document.run(command, `Quick fix: ${label}`);
  };
  return (
    <span className={styles.fixes}>
      {choice !== undefined && (
        <Menu position="bottom-end" width={280} withinPortal returnFocus>
          <Menu.Target>
            <Button size="compact-xs" variant="light" rightSection={<IconChevronDown size={12} />}>
              {choice.label}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
            {choice.choices.map(({ label, hint, command }) => (
              <Menu.Item
                key={`${label}${hint}`}
                onClick={() => mend(command, `${choice.label.replace(/…$/, '').toLowerCase()} ${label}`)}
              >
                <span className={styles.fixChoice}>
                  <span>{label}</span>
                  {hint !== undefined && <span className={styles.optionHint}>{hint}</span>}
                </span>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {fix !== undefined && (
        <Button size="compact-xs" variant="light" onClick={() => mend(fix.command, fix.label.toLowerCase())}>
          {fix.label}
        </Button>
      )}
    </span>
  );
}
