import type { CallAnswer } from '../../client/call-api.ts';
import { formatShare, plural } from '../../look/format.ts';
import styles from './classifier.module.css';

type Validation = NonNullable<CallAnswer<'tryClassifier'>['validation']>;

/** How well the examples tell their labels apart, measured on those left out in turn, and which labels get mixed up. */
export function ValidationNote({
  validation: { accuracy, confusions },
}: {
  readonly validation: Validation;
}) {
  if (accuracy === null)
    return (
      <p className={styles.fact}>
        With two examples a label and two labels, this says how well they are told apart.
      </p>
    );
  return (
    <section className={styles.validation} aria-label="How well the examples are told apart">
      <p className={styles.fact}>
        <strong>{formatShare(accuracy)}</strong>
        {' of the examples are recognised when they are left out in turn. '}
        {confusions.length === 0 ? 'No two labels get mixed up.' : 'Mixed up most:'}
      </p>
      {confusions.length > 0 && (
        <ul>
          {confusions.slice(0, 5).map(({ label, takenFor, count }) => (
            <li key={`${label} ${takenFor}`}>
              <b>{label}</b> taken for <b>{takenFor}</b>
              {`: ${plural(count, 'example')}`}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
