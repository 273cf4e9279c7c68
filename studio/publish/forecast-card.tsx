import { Skeleton } from '@mantine/core';
import type { Forecast } from '#server/contract/index.ts';
import { Failure } from '../look/feedback.tsx';
import { formatMoney, formatShare } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { Status } from '../look/status.tsx';
import { usePermission } from '../people/use-permission.ts';
import { forecastSentence, trackRecord, verdictWords } from './forecast-words.ts';
import { IntervalBar } from './interval-bar.tsx';
import styles from './publish.module.css';
import { useForecasts } from './publishing-queries.ts';

/** For each version that was judged by a what-if: the forecast beside what then happened. */
export function ForecastCard({ policy }: { readonly policy: string }) {
  const { allowed } = usePermission('traffic.read', null);
  const forecasts = useForecasts(policy, allowed);
  if (!allowed) return null;
  return (
    <Card title="Forecast against what happened" padded={false}>
      <section aria-label="Forecast against what happened">
        {forecasts.isError ? (
          <Failure error={forecasts.error} onRetry={() => void forecasts.refetch()} />
        ) : forecasts.data === undefined ? (
          <Skeleton height={120} radius="md" />
        ) : (
          <Forecasts forecasts={forecasts.data.forecasts} fewest={forecasts.data.fewest} />
        )}
      </section>
    </Card>
  );
}

function Forecasts({
  forecasts,
  fewest,
}: {
  readonly forecasts: readonly Forecast[];
  readonly fewest: number;
}) {
  if (forecasts.length === 0) {
    return (
      <p className={styles.foot}>
        No version names a forecast yet. Publishing keeps the what-if it was judged by, and here it is held
        against what happens in the two weeks after.
      </p>
    );
  }
  const record = trackRecord(forecasts);
  return (
    <>
      {record === null ? null : <p className={styles.record}>{record}</p>}
      <ul className={styles.plain}>
        {forecasts.map((one) => (
          <Row key={one.version} forecast={one} fewest={fewest} />
        ))}
      </ul>
      <p className={styles.foot}>
        The interval says how sure the replay was of the requests it saw; other requests since move the cost,
        too.
      </p>
    </>
  );
}

function Row({ forecast, fewest }: { readonly forecast: Forecast; readonly fewest: number }) {
  if (forecast.kind === 'gone') {
    return (
      <li className={styles.item}>
        <div className={styles.head}>
          <strong>v{forecast.version}</strong>
          <span className="wb-muted">Its what-if is not kept any more.</span>
        </div>
      </li>
    );
  }
  const { version, verdict, cost_per_request: cost, changed_share, failed_share } = forecast;
  const { text, tone } = verdictWords[verdict];
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <strong>v{version}</strong>
        <Status tone={tone}>{text}</Status>
      </div>
      <p>{forecastSentence(forecast, fewest)}</p>
      <div className={styles.outcome}>
        <IntervalBar {...cost} />
        <table className={styles.arms} aria-label={`Forecast and outcome of version ${version}`}>
          <thead>
            <tr>
              <th>Measure</th>
              <th>Forecast</th>
              <th>So far</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">Cost a request</th>
              <td>{formatMoney(cost.forecast)}</td>
              <td>{formatMoney(cost.actual)}</td>
            </tr>
            <tr>
              <th scope="row">Decided otherwise</th>
              <td>{formatShare(changed_share.forecast)}</td>
              <td>{formatShare(changed_share.actual)}</td>
            </tr>
            <tr>
              <th scope="row">Failed</th>
              <td>{formatShare(failed_share.forecast)}</td>
              <td>{formatShare(failed_share.actual)}</td>
            </tr>
          </tbody>
        </table>
      </div>
    </li>
  );
}
