import { formatMoney } from '../look/format.ts';
import styles from './publish.module.css';

interface Props {
  readonly low: number | null;
  readonly high: number | null;
  readonly forecast: number | null;
  readonly actual: number | null;
}

/** The interval of a forecast as a band, and on it what came. Nothing without an interval. */
export function IntervalBar({ low, high, forecast, actual }: Props) {
  if (low === null || high === null || forecast === null) return null;
  const room = Math.max(high - low, high * 0.02);
  const from = Math.max(0, Math.min(low, actual ?? low) - room / 2);
  const to = Math.max(high, actual ?? high) + room / 2;
  const at = (value: number) => `${((value - from) / (to - from)) * 100}%`;
  const came = actual === null ? 'nothing to show yet' : `came ${formatMoney(actual)}`;
  return (
    <figure className={styles.interval}>
      <div
        className={styles.track}
        role="img"
        aria-label={`Cost a request: forecast ${formatMoney(low)} to ${formatMoney(high)}, ${came}`}
      >
        <span className={styles.band} style={{ left: at(low), right: `calc(100% - ${at(high)})` }} />
        <span className={styles.expected} style={{ left: at(forecast) }} />
        {actual === null ? null : <span className={styles.actual} style={{ left: at(actual) }} />}
      </div>
      <figcaption>
        <span>{formatMoney(low)}</span>
        <span className="wb-muted">forecast a request</span>
        <span>{formatMoney(high)}</span>
      </figcaption>
    </figure>
  );
}
