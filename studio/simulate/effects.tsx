import type { ReactNode } from 'react';
import type { SimulationResult } from '#engine/simulate/result.ts';
import {
  formatChange,
  formatCount,
  formatDuration,
  formatMoney,
  formatShare,
  formatTokens,
} from '../look/format.ts';
import { Figure, Figures } from '../look/page.tsx';
import styles from './what-if.module.css';

/** The figures before and after. */
export function Effects({ result }: { readonly result: SimulationResult }) {
  const { records, changed, cost_nano_usd: cost, refused, without_cost, fallbacks } = result;
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
            {without_cost.after === 0 ? '' : ` · ${formatCount(without_cost.after)} without a cost`}
          </>
        }
      />
      <LatencyChange
        name="Latency, median"
        before={result.latency.before.p50}
        after={result.latency.after.p50}
      />
      <LatencyChange
        name="Latency, p95"
        before={result.latency.before.p95}
        after={result.latency.after.p95}
      />
      <ErrorsChange errors={result.errors} />
      <Change
        name="Refused"
        before={formatCount(refused.before)}
        after={formatCount(refused.after)}
        detail={`of ${formatCount(records)} requests`}
      />
      <Change
        name="Fallbacks, expected"
        before={formatExpected(fallbacks.before)}
        after={formatExpected(fallbacks.after)}
        detail="answered by another target than the first"
      />
      <CacheLoss cache={result.cache} />
      <Figure
        name="Decided differently"
        value={formatShare(records === 0 ? 0 : changed / records)}
        detail={`${formatCount(changed)} of ${formatCount(records)}`}
      />
    </Figures>
  );
}

function LatencyChange({
  name,
  before,
  after,
}: {
  readonly name: string;
  readonly before: number | null;
  readonly after: number | null;
}) {
  return (
    <Change
      name={name}
      before={formatDuration(before)}
      after={formatDuration(after)}
      detail={
        before === null || after === null ? 'not enough history' : <Delta before={before} after={after} />
      }
    />
  );
}

function ErrorsChange({ errors }: Pick<SimulationResult, 'errors'>) {
  return (
    <Change
      name="Failed, expected"
      before={formatExpected(errors.before)}
      after={formatExpected(errors.after)}
      detail={`95 % between ${formatExpected(errors.low)} and ${formatExpected(errors.high)}`}
    />
  );
}

function CacheLoss({ cache }: Pick<SimulationResult, 'cache'>) {
  return (
    <Figure
      name="Prompt cache lost"
      value={formatMoney(cache.lost_nano_usd)}
      detail={`${formatTokens(cache.lost_tokens)} tokens no longer read from it, ${formatTokens(cache.kept_tokens)} still`}
    />
  );
}

/** An expected count: whole from ten on, one decimal below. */
function formatExpected(count: number): string {
  return count >= 10 || count === 0 ? formatCount(Math.round(count)) : count.toFixed(1);
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
