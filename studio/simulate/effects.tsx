import type { ReactNode } from 'react';
import type { SimulationResult } from '#engine/simulate/result.ts';
import { formatChange, formatCount, formatDuration, formatMoney, formatShare } from '../look/format.ts';
import { Figure, Figures } from '../look/page.tsx';
import styles from './what-if.module.css';

/** The figures before and after. */
export function Effects({ result }: { readonly result: SimulationResult }) {
  const { records, changed, cost_nano_usd: cost, latency_ms: latency, refused, without_cost } = result;
  const per1000 = (total: number) => (records === 0 ? 0 : Math.round((total / records) * 1_000));
  return (
    <Figures>
      <Change
        name="Cost"
        before={formatMoney(cost.before)}
        after={formatMoney(cost.after)}
        detail={
          <>
            <Delta before={cost.before} after={cost.after} /> · 95 % between {formatMoney(cost.low)} and{' '}
            {formatMoney(cost.high)}
          </>
        }
      />
      <Change
        name="Cost per 1,000 requests"
        before={formatMoney(per1000(cost.before))}
        after={formatMoney(per1000(cost.after))}
        detail={
          without_cost.after === 0
            ? 'all requests have a cost'
            : `${formatCount(without_cost.after)} without a cost`
        }
      />
      <Change
        name="Latency, mean"
        before={formatDuration(latency.before)}
        after={formatDuration(latency.after)}
        detail={
          latency.before === null || latency.after === null ? (
            'not enough history'
          ) : (
            <Delta before={latency.before} after={latency.after} />
          )
        }
      />
      <Change
        name="Refused"
        before={formatCount(refused.before)}
        after={formatCount(refused.after)}
        detail={`of ${formatCount(records)} requests`}
      />
      <Figure
        name="Decided differently"
        value={formatShare(records === 0 ? 0 : changed / records)}
        detail={`${formatCount(changed)} of ${formatCount(records)}`}
      />
    </Figures>
  );
}

interface ChangeProps {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly detail: ReactNode;
}

function Change({ name, before, after, detail }: ChangeProps) {
  return (
    <Figure
      name={name}
      value={
        <span className={styles.change}>
          <span className={styles['change-before']}>{before}</span>
          {after}
        </span>
      }
      detail={detail}
    />
  );
}

/** A relative change where less is better. */
export function Delta({ before, after }: { readonly before: number; readonly after: number }) {
  const tone = after === before ? 'neutral' : after < before ? 'good' : 'bad';
  return (
    <span className={styles.delta} data-tone={tone}>
      {formatChange(before, after)}
    </span>
  );
}
