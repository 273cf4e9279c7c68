import { IconCheck, IconX } from '@tabler/icons-react';
import type { PolicyNode } from '#engine/nodes/index.ts';
import { formatShare } from '../../look/format.ts';
import { keyed } from '../../look/keyed.ts';
import { Scrollable } from '../../look/scrollable.tsx';
import { exitOf, otherwise } from './bench-figures.ts';
import styles from './classifier.module.css';

interface Row {
  readonly text: string;
  readonly label: string;
  readonly confidence: number;
  readonly expected: string | null;
  readonly nearest: readonly { readonly text: string; readonly label: string; readonly similarity: number }[];
}

/** So many rows are drawn; the figures are of all. */
const mostRows = 200;

/** Every message with its label, how sure the classifier is, and the examples it is most like. */
export function BenchTable({
  answers,
  node,
}: {
  readonly answers: readonly Row[];
  readonly node: Extract<PolicyNode, { kind: 'classifier' }>;
}) {
  const exits = new Set(Object.keys(node.ports));
  const hasNearest = answers.some((one) => one.nearest.length > 0);
  return (
    <Scrollable className={styles.scroll} aria-label="Answers, scrollable">
      <table className={styles.table} aria-label="Answers">
        <thead>
          <tr>
            <th scope="col">Message</th>
            <th scope="col">Label</th>
            <th scope="col">Confidence</th>
            {hasNearest && <th scope="col">Nearest examples</th>}
          </tr>
        </thead>
        <tbody>
          {keyed(answers.slice(0, mostRows), ({ text }) => text).map(({ key, item: row }) => (
            <tr key={key}>
              <td className={styles.message} title={row.text}>
                <span>{row.text}</span>
              </td>
              <td>
                <Label row={row} exit={exitOf(row, node.confidence, exits)} />
              </td>
              <td>
                <Confidence share={row.confidence} isEnough={row.confidence >= node.confidence} />
              </td>
              {hasNearest && (
                <td className={styles.nearest}>
                  {row.nearest.slice(0, 2).map((near) => (
                    <span key={`${near.label} ${near.text}`} title={`${near.label}: ${near.text}`}>
                      {`${near.similarity.toFixed(2)} ${near.text}`}
                    </span>
                  ))}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {answers.length > mostRows && (
        <p
          className={styles.fact}
        >{`The first ${mostRows} of ${answers.length} are shown; all are counted.`}</p>
      )}
    </Scrollable>
  );
}

function Label({ row, exit }: { readonly row: Row; readonly exit: string }) {
  const isRight = row.expected === null ? null : row.expected === row.label;
  return (
    <div className={styles.label}>
      <span>
        {row.label === '' ? 'no label' : row.label}
        {isRight === true && <IconCheck size={13} className={styles.good ?? ''} aria-label="as expected" />}
        {isRight === false && <IconX size={13} className={styles.bad ?? ''} aria-label="not as expected" />}
      </span>
      {isRight === false && <small>{`expected ${row.expected}`}</small>}
      {exit === otherwise && <small>→ otherwise</small>}
    </div>
  );
}

function Confidence({ share, isEnough }: { readonly share: number; readonly isEnough: boolean }) {
  return (
    <div className={styles.confidence} data-enough={isEnough}>
      <span className={styles.track} aria-hidden="true">
        <i style={{ width: `${share * 100}%` }} />
      </span>
      <span className="wb-number">{formatShare(share)}</span>
    </div>
  );
}
