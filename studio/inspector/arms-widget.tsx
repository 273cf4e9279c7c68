import { Button, NumberInput, TextInput } from '@mantine/core';
import type { PolicyNode } from '#engine/nodes/index.ts';
import { freeSlug } from '../document/index.ts';
import { balanceShares, sumOfShares } from './balance-shares.ts';
import styles from './inspector.module.css';
import { Add, Remove } from './list-buttons.tsx';
import type { WidgetProps } from './widget.ts';

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
