import type { ImportedPolicy, NamedModel } from '#server/contract/index.ts';
import { Status } from '../look/status.tsx';
import styles from './import-policy.module.css';

/** What became of each model, and what did not come across. */
export function ImportedPolicyReport({
  imported,
}: {
  readonly imported: Pick<ImportedPolicy, 'models' | 'left_behind'>;
}) {
  const { left_behind: left } = imported;
  // What needs a look comes first.
  const models = [...imported.models].sort((one, other) => doubt[other.how] - doubt[one.how]);
  return (
    <>
      {models.length === 0 ? null : (
        <section aria-label="Models" className={styles.section}>
          <h3>Models</h3>
          <ul className={styles.models}>
            {models.map((model) => (
              <li key={`${model.path} ${model.name}`}>
                <code>{model.name}</code>
                <span aria-hidden>→</span>
                <code>{model.target}</code>
                <Match how={model.how} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label="Not carried over" className={styles.section}>
        <h3>Not carried over, or done otherwise{left.length === 0 ? '' : ` (${left.length})`}</h3>
        {left.length === 0 ? (
          <p className="wb-muted">Everything came across.</p>
        ) : (
          <ul className={styles.left}>
            {left.map(({ path, why, instead }) => (
              <li key={`${path} ${why}`}>
                <code>{path === '' ? 'the whole' : path}</code>
                <p>{why}</p>
                <p className="wb-muted">{instead}</p>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

const doubt = { exact: 0, likely: 1, unknown: 2 } as const;

function Match({ how }: Pick<NamedModel, 'how'>) {
  if (how === 'exact') return <Status tone="good">known</Status>;
  if (how === 'likely') return <Status tone="accent">by likeness</Status>;
  return <Status tone="bad">unknown</Status>;
}
