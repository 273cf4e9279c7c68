import { NumberInput, Slider } from '@mantine/core';
import styles from './inspector.module.css';

/** A share of one as percent: a slider for the feel, a number for the exact value. */
export function PercentSetting({
  label,
  help,
  placeholder,
  value,
  readOnly,
  onShare,
}: {
  readonly label: string;
  readonly help?: string | undefined;
  /** Where given, the setting may be left out, and this stands in its place. */
  readonly placeholder?: string | undefined;
  readonly value: number | undefined;
  readonly readOnly: boolean;
  readonly onShare: (share: number | undefined) => void;
}) {
  const percent = value === undefined ? undefined : Math.round(value * 1_000) / 10;
  const change = (next: number | string): void => {
    if (typeof next === 'number') onShare(Math.round(next * 10) / 1_000);
    else if (next === '' && placeholder !== undefined) onShare(undefined);
  };
  return (
    <div className={styles.field}>
      <span className={styles.caption}>{label}</span>
      <div className={styles.line}>
        <Slider
          className={styles.grow}
          size="sm"
          min={0}
          max={100}
          value={percent ?? 0}
          disabled={readOnly}
          label={null}
          thumbLabel={label}
          onChange={change}
        />
        <NumberInput
          w={78}
          aria-label={label}
          min={0}
          max={100}
          suffix=" %"
          value={percent ?? ''}
          {...(placeholder === undefined ? {} : { placeholder })}
          readOnly={readOnly}
          onChange={change}
        />
      </div>
      {help !== undefined && <span className={styles.help}>{help}</span>}
    </div>
  );
}
