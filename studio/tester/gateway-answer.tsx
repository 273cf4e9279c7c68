import type { GatewayAnswer } from '../client/ask-gateway.ts';
import { Failure } from '../look/feedback.tsx';
import { formatDuration } from '../look/format.ts';
import styles from './gateway-answer.module.css';

/** An answer of the gateway as it grows, and the headers that say how it was decided. */
export function GatewayAnswerView({
  text,
  answer,
  error,
}: {
  readonly text: string;
  readonly answer: GatewayAnswer | null;
  readonly error: unknown;
}) {
  const failure = error ?? answer?.error ?? null;
  return (
    <div className={styles.answer} aria-live="polite" aria-busy={answer === null && failure === null}>
      {failure === null ? null : <Failure error={failure} />}
      {text === '' && failure !== null ? null : (
        <div
          className={`${styles['answer-text']} ${answer === null && failure === null ? styles.caret : ''}`}
        >
          {text}
        </div>
      )}
      {answer === null ? null : (
        <dl className={styles.headers}>
          <dt>status</dt>
          <dd>
            {answer.status} in {formatDuration(answer.elapsedMs)}
          </dd>
          {answer.rawHeaders.map(([name, value]) => (
            <Header key={name} name={name} value={value} />
          ))}
        </dl>
      )}
    </div>
  );
}

function Header({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
