import type { EvidenceClass, SimulationResult } from '#engine/simulate/result.ts';
import { PartsBar } from '../look/bars.tsx';
import { formatCount, formatShare } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import styles from './what-if.module.css';

export const evidenceTones: Readonly<Record<EvidenceClass, string>> = {
  observed: 'var(--wb-observed)',
  repriced: 'var(--wb-repriced)',
  modelled: 'var(--wb-modelled)',
  unknown: 'var(--wb-unknown)',
};

const classes = [
  { key: 'observed', label: 'Observed: same target, its real cost' },
  { key: 'repriced', label: 'Re-priced: same tokens, another price' },
  { key: 'modelled', label: 'Modelled: estimated from that target’s history' },
  { key: 'unknown', label: 'Unknown: cannot be told' },
] as const;

/** How far the numbers can be trusted: what was seen, what was worked out, what nobody knows. */
export function EvidenceBar({ result: { evidence, without_cost } }: { readonly result: SimulationResult }) {
  return (
    <Card title="Evidence">
      <PartsBar
        label="Requests by how their cost after the change is known"
        parts={classes.map(({ key, label }) => ({
          key,
          label,
          tone: evidenceTones[key],
          value: evidence[key],
        }))}
        format={(value, total) => (
          <>
            {formatShare(total === 0 ? 0 : value / total)}{' '}
            <span className="wb-muted">{formatCount(value)}</span>
          </>
        )}
      />
      {without_cost.before + without_cost.after === 0 ? null : (
        <p className={styles['evidence-note']}>
          {formatCount(without_cost.before)} requests before and {formatCount(without_cost.after)} after have
          no cost, because a model has no price or its usage is unknown. They are in no sum.
        </p>
      )}
    </Card>
  );
}
