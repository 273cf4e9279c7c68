import { useEffect, useState } from 'react';
import type { GatewayAnswer } from '../client/ask-gateway.ts';
import { useTraffic } from '../client/traffic-feed.ts';
import { Failure } from '../look/feedback.tsx';
import { formatDuration, formatMoneyExactly } from '../look/format.ts';
import styles from './gateway-answer.module.css';

interface Props {
  readonly text: string;
  /** `null` while it is still coming. */
  readonly answer: GatewayAnswer | null;
  readonly error: unknown;
}

/** An answer of the gateway as it grows, and the headers that say how it was decided. */
export function GatewayAnswerView({ text, answer, error }: Props) {
  const failure = error ?? answer?.error ?? null;
  const isRunning = answer === null && failure === null;
  return (
    <div className={styles.answer} aria-live="polite" aria-busy={isRunning}>
      {failure === null ? null : <Failure error={failure} />}
      {isRunning && text === '' ? <Waiting /> : null}
      {text === '' ? null : (
        <div className={`${styles['answer-text']} ${isRunning ? styles.caret : ''}`}>{text}</div>
      )}
      {answer === null ? null : <Headers answer={answer} />}
    </div>
  );
}

/** Counts the seconds: a model that reasons may take a while before its first word. */
function Waiting() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => window.clearInterval(timer);
  }, []);
  return (
    <div className={styles.caret}>
      <span className="wb-muted" aria-hidden="true">
        Waiting for the first word{seconds < 2 ? '' : `, ${seconds} s`}{' '}
      </span>
      <span className="wb-hidden">Waiting for the first word</span>
    </div>
  );
}

function Headers({ answer }: { readonly answer: GatewayAnswer }) {
  // A streamed answer's cost is only known at its end, after the headers; the live feed has it.
  const record = useTraffic((feed) => feed.events.find((event) => event.id === answer.headers.requestId));
  const cost = record?.costNanoUsd ?? null;
  const rows: readonly (readonly [string, string])[] = [
    ['status', `${answer.status} in ${formatDuration(answer.elapsedMs)}`],
    ...(cost === null ? [] : [['cost', formatMoneyExactly(cost)] as const]),
    ...answer.rawHeaders,
  ];
  return (
    <dl className={styles.headers}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
