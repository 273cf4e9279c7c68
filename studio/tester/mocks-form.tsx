import { Button, Collapse, MultiSelect, NumberInput, Select, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useStore } from 'zustand';
import { taskLabels } from '#engine/classify/task-labels.ts';
import { amountText, labelsOfClassifier } from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import { useModels } from '../client/use-models.ts';
import { titleIn, useDocument } from '../document/index.ts';
import { ErrorRates } from './error-rates.tsx';
import { countMocks, type Mocks, noMocks, targetsIn, usualWarmTokens } from './mocks.ts';
import styles from './tester.module.css';
import type { TesterStore } from './tester-state.ts';

/** What a test pretends of the moment: written into the signals the decision reads. */
export function MocksForm({ store }: { readonly store: TesterStore }) {
  const mocks = useStore(store, (state) => state.mocks);
  const [open, setOpen] = useState(false);
  const bodyId = useId();
  const count = countMocks(mocks);
  const set = (change: Partial<Mocks>): void =>
    store.setState({ mocks: { ...store.getState().mocks, ...change } });
  return (
    <div>
      <div className={styles.foldRow}>
        <UnstyledButton
          className={styles.fold}
          aria-expanded={open}
          aria-controls={bodyId}
          onClick={() => setOpen(!open)}
        >
          <IconChevronRight
            size={14}
            stroke={1.8}
            style={{ rotate: open ? '90deg' : '0deg' }}
            aria-hidden="true"
          />
          Pretend{count === 0 ? ' that …' : ''}
          {count > 0 && <span className={styles.badge}>{count}</span>}
        </UnstyledButton>
        {count > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={() => store.setState({ mocks: noMocks })}>
            Reset
          </Button>
        )}
      </div>
      <Collapse expanded={open}>
        <div id={bodyId} className={styles.mocks}>
          {open && <Fields mocks={mocks} set={set} />}
        </div>
      </Collapse>
    </div>
  );
}

interface FieldsProps {
  readonly mocks: Mocks;
  readonly set: (change: Partial<Mocks>) => void;
}

function Fields({ mocks, set }: FieldsProps) {
  const policy = useDocument((state) => state.policy);
  const { byId } = useModels();
  const targets = [...targetsIn(policy, byId)];
  return (
    <>
      <MultiSelect
        className={styles.wide ?? ''}
        size="xs"
        label="The breaker is open for"
        placeholder={mocks.open.length === 0 ? 'no target' : ''}
        data={targets}
        limit={60}
        searchable
        value={[...mocks.open]}
        onChange={(next) => set({ open: next })}
      />
      <ErrorRates targets={targets} rates={mocks.errorRate} onRates={(errorRate) => set({ errorRate })} />
      <Select
        className={styles.wide ?? ''}
        label="Conversation is at"
        placeholder="nobody yet"
        data={targets}
        limit={60}
        searchable
        clearable
        value={mocks.sessionTarget}
        onChange={(sessionTarget) => set({ sessionTarget })}
      />
      <NumberField
        label="Warm tokens there"
        value={mocks.warmTokens}
        placeholder={mocks.sessionTarget === null ? '–' : String(usualWarmTokens)}
        disabled={mocks.sessionTarget === null}
        onValue={(warmTokens) => set({ warmTokens })}
      />
      <NumberField
        label="Budget used"
        suffix=" %"
        placeholder="as it is"
        value={mocks.budgetUsed === null ? null : Math.round(mocks.budgetUsed * 1_000) / 10}
        onValue={(percent) => set({ budgetUsed: percent === null ? null : percent / 100 })}
      />
      <NumberField
        label="Hour (UTC)"
        max={23}
        placeholder="now"
        value={mocks.hour}
        onValue={(hour) => set({ hour })}
      />
      <NumberField
        label="Draw, 0 to 1"
        max={0.999}
        step={0.05}
        placeholder="by chance"
        value={mocks.draw}
        onValue={(draw) => set({ draw })}
      />
      <Select
        label="The task is"
        placeholder="as classified"
        data={taskLabels.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
        clearable
        value={mocks.taskLabel}
        onChange={(taskLabel) => set({ taskLabel })}
      />
      <OfThisPolicy policy={policy} mocks={mocks} set={set} />
    </>
  );
}

/** Limits and own classifiers, of which every policy has others. */
function OfThisPolicy({ policy, mocks, set }: FieldsProps & { readonly policy: Policy }) {
  const limits = Object.entries(policy.nodes).flatMap(([id, node]) =>
    node.kind === 'limit' ? [{ id, bound: amountText(node) }] : [],
  );
  return (
    <>
      {limits.map(({ id, bound }) => (
        <NumberField
          key={id}
          label={`Used of “${titleIn(policy, id)}”`}
          placeholder={`of ${bound}`}
          value={mocks.limitsUsed[id] ?? null}
          onValue={(used) => set({ limitsUsed: withKey(mocks.limitsUsed, id, used) })}
        />
      ))}
      {Object.entries(policy.classifiers ?? {}).map(([id, classifier]) => (
        <Select
          key={id}
          label={`“${id}” answers`}
          placeholder="as classified"
          data={[...labelsOfClassifier(classifier)]}
          clearable
          value={mocks.labels[id] ?? null}
          onChange={(label) => set({ labels: withKey(mocks.labels, id, label) })}
        />
      ))}
    </>
  );
}

function withKey<T>(
  map: Readonly<Record<string, T>>,
  key: string,
  value: T | null,
): Readonly<Record<string, T>> {
  const { [key]: _, ...rest } = map;
  return value === null ? rest : { ...rest, [key]: value };
}

function NumberField({
  label,
  value,
  placeholder,
  suffix = '',
  max,
  step = 1,
  disabled = false,
  onValue,
}: {
  readonly label: string;
  readonly value: number | null;
  readonly placeholder: string;
  readonly suffix?: string;
  readonly max?: number;
  readonly step?: number;
  readonly disabled?: boolean;
  readonly onValue: (value: number | null) => void;
}) {
  return (
    <NumberInput
      label={label}
      min={0}
      {...(max === undefined ? {} : { max })}
      step={step}
      suffix={suffix}
      thousandSeparator=","
      placeholder={placeholder}
      disabled={disabled}
      value={value ?? ''}
      onChange={(next) => onValue(typeof next === 'number' ? next : null)}
    />
  );
}
