import { useState } from 'react';
import styles from './day-chart.module.css';

export interface DaySeries {
  readonly key: string;
  readonly label: string;
  readonly tone: string;
  /** One value a day. */
  readonly values: readonly number[];
}

interface Props {
  readonly label: string;
  /** ISO days, in order. */
  readonly days: readonly string[];
  readonly series: readonly DaySeries[];
  readonly format: (value: number) => string;
  readonly height?: number;
}

const dayName = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dayNameLong = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

/** Bars by day, one beside the other for each series. The same numbers stand in a table for screen readers. */
export function DayChart({ label, days, series, format, height = 180 }: Props) {
  const [shown, setShown] = useState<number | null>(null);
  const most = Math.max(0, ...series.flatMap((one) => one.values));
  const top = niceTop(most);
  return (
    <figure className={styles.chart}>
      <div className={styles.plot} style={{ height }} aria-hidden="true">
        {[1, 0.5, 0].map((share) => (
          <div key={share} className={styles.line} style={{ bottom: `${share * 100}%` }}>
            <span>{share === 0 ? '' : format(top * share)}</span>
          </div>
        ))}
        <div className={styles.days}>
          {days.map((day, index) => (
            // biome-ignore lint/a11y/noStaticElementInteractions: hovering shows what the table below says anyway
            <div
              key={day}
              className={styles.day}
              onMouseEnter={() => setShown(index)}
              onMouseLeave={() => setShown(null)}
            >
              {series.map(({ key, tone, values }) => (
                <span
                  key={key}
                  style={{
                    height: `${top === 0 ? 0 : ((values[index] ?? 0) / top) * 100}%`,
                    background: tone,
                  }}
                />
              ))}
              {shown === index ? (
                <Tip day={day} index={index} series={series} format={format} count={days.length} />
              ) : null}
            </div>
          ))}
        </div>
      </div>
      <div className={styles.axis} aria-hidden="true">
        {days.map((day, index) => (
          <span key={day}>
            {index % Math.ceil(days.length / 7) === 0 ? dayName.format(Date.parse(day)) : ''}
          </span>
        ))}
      </div>
      <ChartTable label={label} days={days} series={series} format={format} />
    </figure>
  );
}

function Tip({
  day,
  index,
  count,
  series,
  format,
}: Pick<Props, 'series' | 'format'> & {
  readonly day: string;
  readonly index: number;
  readonly count: number;
}) {
  return (
    <div className={styles.tip} data-side={index > count / 2 ? 'left' : 'right'}>
      <strong>{dayNameLong.format(Date.parse(day))}</strong>
      {series.map(({ key, label, tone, values }) => (
        <span key={key}>
          <i style={{ background: tone }} />
          {label}
          <b>{format(values[index] ?? 0)}</b>
        </span>
      ))}
    </div>
  );
}

function ChartTable({ label, days, series, format }: Omit<Props, 'height'>) {
  return (
    <table className="wb-hidden">
      <caption>{label}</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          {series.map((one) => (
            <th key={one.key} scope="col">
              {one.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.map((day, index) => (
          <tr key={day}>
            <th scope="row">{day}</th>
            {series.map(({ key, values }) => (
              <td key={key}>{format(values[index] ?? 0)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The next round figure, whose half is round too. */
export function niceTop(most: number): number {
  if (most <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10].find((one) => one * power >= most) ?? 10;
  return step * power;
}
