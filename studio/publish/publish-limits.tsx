import { NumberInput } from '@mantine/core';
import type { CallInput } from '../client/call-api.ts';
import styles from './publish.module.css';

/** What the what-if may show at most; `null`: no limit. */
export interface Limits {
  /** Percent by which the cost may rise, at the upper end of the forecast. */
  readonly cost: number | null;
  /** Percent of the requests that may be decided otherwise. */
  readonly changed: number | null;
  /** Milliseconds that the slowest of a hundred requests may take. */
  readonly slowest: number | null;
}

export const noLimits: Limits = { cost: null, changed: null, slowest: null };

export function hasLimits(limits: Limits): boolean {
  return Object.values(limits).some((limit) => limit !== null);
}

/** The limits as publishing takes them. */
export function limitsBody({
  cost,
  changed,
  slowest,
}: Limits): NonNullable<CallInput<'publishPolicy'>['body']['limits']> {
  return {
    ...(cost === null ? {} : { cost: cost / 100 }),
    ...(changed === null ? {} : { changed: changed / 100 }),
    ...(slowest === null ? {} : { p99_ms: slowest }),
  };
}

interface Props {
  readonly value: Limits;
  readonly onChange: (limits: Limits) => void;
}

/** Limits that the forecast is held against when it is published. */
export function PublishLimits({ value, onChange }: Props) {
  const set = (field: keyof Limits) => (typed: string | number) =>
    onChange({ ...value, [field]: typed === '' ? null : Number(typed) });
  return (
    <details className={styles.limits}>
      <summary>Limits, if the forecast must stay within any</summary>
      <div className={styles.release}>
        <NumberInput
          label="Cost may rise by"
          description="at the upper end of the forecast"
          placeholder="no limit"
          suffix=" %"
          min={-100}
          value={value.cost ?? ''}
          onChange={set('cost')}
        />
        <NumberInput
          label="Decided otherwise"
          description="of the requests, at most"
          placeholder="no limit"
          suffix=" %"
          min={0}
          max={100}
          value={value.changed ?? ''}
          onChange={set('changed')}
        />
        <NumberInput
          label="Slowest of a hundred"
          description="takes at most"
          placeholder="no limit"
          suffix=" ms"
          min={0}
          value={value.slowest ?? ''}
          onChange={set('slowest')}
        />
      </div>
    </details>
  );
}
