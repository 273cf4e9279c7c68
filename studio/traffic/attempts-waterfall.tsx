import { attemptsOf, numberOf, type RecordRow } from '../client/record-row.ts';
import { formatDuration, formatMoney, formatMoneyExactly } from '../look/format.ts';
import { keyed } from '../look/keyed.ts';
import { Status, type Tone } from '../look/status.tsx';
import styles from './waterfall.module.css';
import { type CallBar, layOutAttempts, type WaterfallLayout } from './waterfall.ts';

/** Every call that was made for a request, on one scale of time. */
export function AttemptsWaterfall({ record }: { readonly record: RecordRow }) {
  const attempts = attemptsOf(record);
  const layout = layOutAttempts(attempts, numberOf(record, 'latency.total_ms'));
  if (layout === null) return <p className="wb-muted">No call was made.</p>;
  return (
    <>
      <div className={styles.scroll}>
        <table className={styles.waterfall} aria-label="Attempts">
          <thead>
            <tr>
              <th scope="col">Call</th>
              <th scope="col">Outcome</th>
              <th scope="col" data-align="right">
                Start
              </th>
              <th scope="col" data-align="right">
                First token
              </th>
              <th scope="col" data-align="right">
                Took
              </th>
              <th scope="col" data-align="right">
                Cost
              </th>
              <th scope="col" className={styles.time}>
                <Scale layout={layout} />
              </th>
            </tr>
          </thead>
          <tbody>
            <Before layout={layout} />
            {keyed(layout.bars, ({ attempt }) => attempt.target).map(({ key, item: bar }) => (
              <Row key={key} bar={bar} layout={layout} />
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.note}>
        {layout.isGuessed
          ? 'This record does not say when its calls began: they are drawn end to end, up to the end of the request.'
          : 'The light part of a bar is the wait for the first token, the full part the answer as it came.'}
      </p>
    </>
  );
}

function Scale({ layout: { totalMs } }: { readonly layout: WaterfallLayout }) {
  return (
    <span className={styles.scale}>
      <span>0</span>
      <span>{formatDuration(totalMs / 2)}</span>
      <span>{formatDuration(totalMs)}</span>
    </span>
  );
}

/** Reading, measuring and deciding, before anybody was called. */
function Before({ layout: { beforeMs, totalMs } }: { readonly layout: WaterfallLayout }) {
  if (beforeMs === null) return null;
  return (
    <tr>
      <td>
        <span className="wb-muted">Read, measured, decided</span>
      </td>
      <td />
      <td data-align="right">0</td>
      <td data-align="right">–</td>
      <td data-align="right">{formatDuration(beforeMs)}</td>
      <td />
      <td className={styles.time}>
        <Track>
          <i data-tone="own" style={span(0, beforeMs, totalMs)} />
        </Track>
      </td>
    </tr>
  );
}

const roles: Readonly<Record<string, string>> = { classifier: 'asked to classify', judge: 'asked to judge' };

function Row({ bar, layout }: { readonly bar: CallBar; readonly layout: WaterfallLayout }) {
  const { attempt, provider, startMs, firstTokenMs, endMs, isMade } = bar;
  const cost = attempt.cost_nano_usd ?? null;
  return (
    <tr>
      <td>
        <span className="wb-code">{attempt.target}</span>
        <small>
          {provider}
          {attempt.role === undefined ? '' : ` · ${roles[attempt.role] ?? attempt.role}`}
        </small>
      </td>
      <td>
        <Status tone={toneOf(attempt.outcome, isMade)}>{attempt.outcome.replaceAll('_', ' ')}</Status>
        <small>{outcomeNote(attempt.status ?? null, isMade)}</small>
      </td>
      <td data-align="right">{isMade ? formatDuration(startMs) : '–'}</td>
      <td data-align="right">{firstTokenMs === null ? '–' : formatDuration(firstTokenMs - startMs)}</td>
      <td data-align="right">{isMade ? formatDuration(endMs - startMs) : '–'}</td>
      <td data-align="right" title={cost === null ? undefined : formatMoneyExactly(cost)}>
        {formatMoney(cost)}
      </td>
      <td className={styles.time}>
        <Track>{isMade ? <Bar bar={bar} totalMs={layout.totalMs} /> : null}</Track>
      </td>
    </tr>
  );
}

function outcomeNote(status: number | null, isMade: boolean): string {
  if (!isMade) return 'not called';
  return status === null ? 'no answer' : `HTTP ${status}`;
}

function toneOf(outcome: string, isMade: boolean): Tone {
  if (outcome === 'served') return 'good';
  return outcome === 'abandoned' || !isMade ? 'neutral' : 'bad';
}

function Track({ children }: { readonly children: React.ReactNode }) {
  return (
    <span className={styles.track} aria-hidden="true">
      {children}
    </span>
  );
}

function Bar({ bar, totalMs }: { readonly bar: CallBar; readonly totalMs: number }) {
  const { attempt, startMs, firstTokenMs, endMs } = bar;
  const tone = attempt.role !== undefined ? 'help' : toneOf(attempt.outcome, true);
  if (firstTokenMs === null) return <i data-tone={tone} style={span(startMs, endMs, totalMs)} />;
  return (
    <>
      <i data-tone={tone} data-part="wait" style={span(startMs, firstTokenMs, totalMs)} />
      <i data-tone={tone} style={span(firstTokenMs, endMs, totalMs)} />
    </>
  );
}

function span(fromMs: number, toMs: number, totalMs: number) {
  return {
    left: `${(fromMs / totalMs) * 100}%`,
    width: `max(2px, ${(Math.max(0, toMs - fromMs) / totalMs) * 100}%)`,
  };
}
