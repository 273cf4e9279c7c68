import { ActionIcon, Button, Checkbox, NumberInput, Select, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { classifiers, type PolicyNode } from '#engine/nodes/index.ts';
import { freeSlug, useDocument, useDocumentActions } from '../document/index.ts';
import { balanceShares, sumOfShares } from './balance-shares.ts';
import styles from './inspector.module.css';
import { NumberSetting } from './simple-widgets.tsx';
import { moved, SortableList } from './sortable-list.tsx';
import { targetOptions } from './target-options.ts';
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

type Arm = Extract<PolicyNode, { kind: 'split' }>['arms'][number];

/** Arms of a split: a name and a share each, and the sum that must be whole. */
export function ArmsWidget({ node, field, readOnly, change }: WidgetProps) {
  if (node.kind !== 'split') return null;
  const { arms } = node;
  const sum = sumOfShares(arms.map((arm) => arm.share));
  const isWhole = Math.abs(sum - 1) < 1e-9;
  const setArms = (next: readonly Arm[], burst?: string): void => {
    change(
      (now) => (now.kind === 'split' ? { ...now, arms: [...next] } : now),
      burst === undefined ? {} : { burst },
    );
  };
  const setArm = (index: number, arm: Arm, burst: string): void => setArms(arms.with(index, arm), burst);
  const add = (): void => {
    const id = freeSlug(
      String.fromCharCode(97 + arms.length),
      (slug) => arms.some((arm) => arm.id === slug),
      'arm',
    );
    setArms([...arms, { id, share: Math.max(0, Math.round((1 - sum) * 1_000) / 1_000), to: null }]);
  };
  const balance = (shares: readonly number[]): void =>
    setArms(arms.map((arm, index) => ({ ...arm, share: shares[index] ?? 0 })));
  return (
    <div className={styles.field}>
      <div className={styles.captionRow}>
        <span className={styles.caption}>{field.label}</span>
        {!readOnly && !isWhole && (
          <Button
            size="compact-xs"
            variant="light"
            onClick={() => balance(balanceShares(arms.map((arm) => arm.share)))}
          >
            Balance to 100 %
          </Button>
        )}
        {!readOnly && (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => balance(balanceShares(arms.map(() => 1)))}
          >
            Equal
          </Button>
        )}
      </div>
      <ShareBar arms={arms} />
      {arms.map((arm, index) => (
        <div key={arm.id} className={styles.line} data-field={`arms.${index}`}>
          <ArmName
            arm={arm}
            readOnly={readOnly}
            onName={(label) => setArm(index, named(arm, label), `${arm.id}.label`)}
          />
          <NumberInput
            w={88}
            aria-label={`Share of arm ${arm.id}`}
            min={0}
            max={100}
            suffix=" %"
            value={Math.round(arm.share * 100_000) / 1_000}
            readOnly={readOnly}
            onChange={(next) => {
              if (typeof next === 'number')
                setArm(index, { ...arm, share: Math.round(next * 1_000) / 100_000 }, `${arm.id}.share`);
            }}
          />
          {!readOnly && (
            <Remove label={`Remove arm ${arm.id}`} onClick={() => setArms(arms.toSpliced(index, 1))} />
          )}
        </div>
      ))}
      {!readOnly && <Add label="Add an arm" onClick={add} />}
    </div>
  );
}

function named<T extends { readonly label?: string | undefined }>(item: T, label: string): T {
  return { ...item, label: label === '' ? undefined : label };
}

function ArmName({
  arm,
  readOnly,
  onName,
}: {
  readonly arm: Arm;
  readonly readOnly: boolean;
  readonly onName: (label: string) => void;
}) {
  return (
    <TextInput
      className={styles.grow ?? ''}
      aria-label={`Name of arm ${arm.id}`}
      placeholder={arm.id.toUpperCase()}
      maxLength={120}
      value={arm.label ?? ''}
      readOnly={readOnly}
      onChange={(event) => onName(event.currentTarget.value)}
    />
  );
}

const hues = ['teal', 'cyan', 'blue', 'violet', 'orange', 'green', 'red'];

function ShareBar({ arms }: { readonly arms: readonly Arm[] }) {
  return (
    <div className={styles.bar} aria-hidden="true">
      {arms.map((arm, index) => (
        <span
          key={arm.id}
          style={{
            width: `${Math.min(100, arm.share * 100)}%`,
            background: `var(--mantine-color-${hues[index % hues.length]}-6)`,
          }}
        />
      ))}
    </div>
  );
}

/** What a fallback tries, in order; dragged or moved with the arrow keys. */
export function TriesWidget({ id, node, field, readOnly, change }: WidgetProps) {
  const document = useDocumentActions();
  const policy = useDocument((state) => state.policy);
  if (node.kind !== 'fallback') return null;
  const setTries = (next: readonly string[]): void => {
    change((now) => (now.kind === 'fallback' ? { ...now, try: [...next] } : now));
  };
  const options = targetOptions(document, { node: id, port: 'add' });
  return (
    <div className={styles.field}>
      <span className={styles.caption}>{field.label}</span>
      <SortableList
        items={node.try}
        keyOf={(to, index) => `${to}-${node.try.slice(0, index).filter((one) => one === to).length}`}
        nameOf={(to) => to}
        readOnly={readOnly}
        onMove={(from, to) => setTries(moved(node.try, from, to))}
      >
        {(to, index) => (
          <div className={styles.line} data-field={`try.${index}`} data-exit={`${index + 1}`}>
            <Select
              className={styles.grow ?? ''}
              aria-label={`Try ${index + 1}`}
              data={
                Object.hasOwn(policy.nodes, to)
                  ? options
                  : [{ value: to, label: `${to} (missing)` }, ...options]
              }
              value={to}
              readOnly={readOnly}
              searchable
              allowDeselect={false}
              onChange={(next) => {
                if (next !== null) setTries(node.try.with(index, next));
              }}
            />
            {!readOnly && (
              <Remove
                label={`Remove try ${index + 1}`}
                onClick={() => setTries(node.try.toSpliced(index, 1))}
              />
            )}
          </div>
        )}
      </SortableList>
      {!readOnly && (
        <div data-exit="add">
          <Select
            aria-label="Add a try"
            placeholder="Add a try…"
            data={options}
            value={null}
            searchable
            nothingFoundMessage="Nothing else can be tried from here. Add a model first."
            onChange={(next) => {
              if (next !== null) setTries([...node.try, next]);
            }}
          />
        </div>
      )}
    </div>
  );
}

/** Changes to the request on its way to a model. */
export function ParametersWidget({ node, field, readOnly, change }: WidgetProps) {
  if (node.kind !== 'model') return null;
  const { parameters = {} } = node;
  const set = (next: NonNullable<typeof node.parameters>, burst: string): void => {
    const isEmpty = Object.values(next).every((value) => value === undefined);
    change((now) => (now.kind === 'model' ? { ...now, parameters: isEmpty ? undefined : next } : now), {
      burst,
    });
  };
  return (
    <div className={styles.field} style={{ gap: 10 }}>
      <NumberSetting
        field={{ label: 'Longest answer', unit: 'tokens', min: 1, placeholder: 'as the client asks' }}
        value={parameters.max_output_tokens}
        readOnly={readOnly}
        onValue={(max_output_tokens) => set({ ...parameters, max_output_tokens }, 'max_output_tokens')}
      />
      <NumberSetting
        field={{ label: 'Temperature', min: 0, max: 2, step: 0.1, placeholder: 'as the client asks' }}
        value={parameters.temperature}
        readOnly={readOnly}
        onValue={(temperature) => set({ ...parameters, temperature }, 'temperature')}
      />
      <Select
        label="Reasoning effort"
        placeholder="as the client asks"
        data={['none', 'minimal', 'low', 'medium', 'high']}
        value={parameters.reasoning_effort ?? null}
        readOnly={readOnly}
        clearable
        onChange={(effort) => set({ ...parameters, reasoning_effort: effortOf(effort) }, 'reasoning_effort')}
      />
      {field.help !== undefined && <span className={styles.help}>{field.help}</span>}
    </div>
  );
}

type Effort = 'none' | 'minimal' | 'low' | 'medium' | 'high';

function effortOf(text: string | null): Effort | undefined {
  const efforts: readonly Effort[] = ['none', 'minimal', 'low', 'medium', 'high'];
  return efforts.find((effort) => effort === text);
}

const deadlines = [
  ['connect_ms', 'To connect'],
  ['first_token_ms', 'To the first token'],
  ['idle_ms', 'Between tokens'],
  ['total_ms', 'In total'],
] as const;

/** How long an attempt may take. */
export function DeadlinesWidget({ node, field, readOnly, change }: WidgetProps) {
  if (node.kind !== 'model') return null;
  const now = node.deadlines ?? {};
  const set = (next: NonNullable<typeof node.deadlines>, burst: string): void => {
    const isEmpty = Object.values(next).every((value) => value === undefined);
    change((old) => (old.kind === 'model' ? { ...old, deadlines: isEmpty ? undefined : next } : old), {
      burst,
    });
  };
  return (
    <div className={styles.field}>
      <span className={styles.caption}>{field.label}</span>
      <div className={styles.labels}>
        {deadlines.map(([name, label]) => (
          <NumberSetting
            key={name}
            field={{ label, unit: field.unit ?? 'ms', min: 1, placeholder: 'default' }}
            value={now[name]}
            readOnly={readOnly}
            onValue={(value) => set({ ...now, [name]: value }, name)}
          />
        ))}
      </div>
    </div>
  );
}

export function Remove({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={26} aria-label={label} onClick={onClick}>
        <IconTrash size={15} stroke={1.75} />
      </ActionIcon>
    </Tooltip>
  );
}

export function Add({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <div>
      <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} />} onClick={onClick}>
        {label}
      </Button>
    </div>
  );
}
