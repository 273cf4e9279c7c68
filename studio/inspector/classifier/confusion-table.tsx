import { Scrollable } from '../../look/scrollable.tsx';
import type { Confusion } from './bench-figures.ts';
import styles from './classifier.module.css';

/** What was expected (rows) against what was given (columns): numbers in cells, coloured by their share of the row. */
export function ConfusionTable({ confusion: { labels, counts } }: { readonly confusion: Confusion }) {
  return (
    <Scrollable className={styles.scroll} aria-label="Confusions, scrollable">
      <table className={styles.matrix}>
        <caption>Expected in rows, given in columns</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className={styles.hidden}>Expected</span>
            </th>
            {labels.map((label) => (
              <th key={label} scope="col">
                <span>{label}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((expected, row) => {
            const sum = (counts[row] ?? []).reduce((total, count) => total + count, 0);
            return (
              <tr key={expected}>
                <th scope="row">{expected}</th>
                {labels.map((given, column) => {
                  const count = counts[row]?.[column] ?? 0;
                  const share = sum === 0 ? 0 : Math.round((count / sum) * 100);
                  return (
                    <td key={given} style={{ background: toneOf(count, share, row === column) }}>
                      {count}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scrollable>
  );
}

/** Numbers stand on it in the colour of text, so it stays pale. */
function toneOf(count: number, percent: number, isRight: boolean): string {
  if (count === 0) return 'transparent';
  return `color-mix(in srgb, var(--wb-${isRight ? 'good' : 'bad'}) ${12 + percent * 0.2}%, var(--wb-surface))`;
}
