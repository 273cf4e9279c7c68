import { Button, Slider } from '@mantine/core';
import inspector from '../inspector.module.css';
import type { WidgetProps } from '../widget.ts';
import styles from './pool.module.css';

const aims = [
  ['cost', 'Cost', 'teal'],
  ['latency', 'Speed', 'blue'],
  ['quality', 'Quality', 'violet'],
] as const;

/** How much cost, speed and quality count in a balance: three sliders, and the share each comes to. */
export function WeightsWidget({ node, field, readOnly, change }: WidgetProps) {
  if (node.kind !== 'pool' || (node.objective !== 'balanced' && node.weights === undefined)) return null;
  const { weights = { cost: 1, latency: 1, quality: 1 }, objective } = node;
  const sum = weights.cost + weights.latency + weights.quality;
  const most = Math.max(10, weights.cost, weights.latency, weights.quality);
  const set = (next: typeof weights | undefined, burst?: string): void => {
    change(
      (now) => (now.kind === 'pool' ? { ...now, weights: next } : now),
      burst === undefined ? {} : { burst },
    );
  };
  const shareOf = (weight: number): number => (sum === 0 ? 0 : Math.round((weight / sum) * 100));
  return (
    <div className={inspector.field}>
      <div className={inspector.captionRow}>
        <span className={inspector.caption}>{field.label}</span>
        {!readOnly && node.weights !== undefined && (
          <Button size="compact-xs" variant="subtle" onClick={() => set(undefined)}>
            {objective === 'balanced' ? 'All alike' : 'Remove'}
          </Button>
        )}
      </div>
      <div className={inspector.bar} aria-hidden="true">
        {aims.map(([name, , hue]) => (
          <span
            key={name}
            style={{ width: `${shareOf(weights[name])}%`, background: `var(--mantine-color-${hue}-6)` }}
          />
        ))}
      </div>
      {aims.map(([name, label, hue]) => (
        <div key={name} className={styles.weight} data-field={`weights.${name}`}>
          <span>
            <span
              className={styles.swatch}
              style={{ background: `var(--mantine-color-${hue}-6)` }}
              aria-hidden="true"
            />
            {label}
          </span>
          <Slider
            size="sm"
            color={hue}
            min={0}
            max={most}
            step={0.5}
            label={null}
            value={weights[name]}
            disabled={readOnly}
            thumbLabel={`Weight of ${label.toLowerCase()}`}
            thumbValueText={`${shareOf(weights[name])} % of the score`}
            onChange={(next) => set({ ...weights, [name]: next }, name)}
          />
          <span className={styles.share}>{shareOf(weights[name])} %</span>
        </div>
      ))}
      {objective === 'balanced' && field.help !== undefined && (
        <span className={inspector.help}>Only their ratio counts.</span>
      )}
    </div>
  );
}
