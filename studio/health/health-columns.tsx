import { errorClassLabels } from '#engine/nodes/error-class.ts';
import type { TargetHealthShape } from '#server/contract/health.ts';
import { formatAgo, formatCount, formatDuration, formatShare, formatTimeFully } from '../look/format.ts';
import { Status } from '../look/status.tsx';
import type { Column } from '../look/table.tsx';
import styles from './health.module.css';
import { conditionOf } from './order-targets.ts';

/** Columns as of a moment of the server's clock, ms. */
export function healthColumns(at: number): readonly Column<TargetHealthShape>[] {
  return [
    {
      key: 'target',
      head: 'Target',
      width: '26%',
      truncate: true,
      cell: ({ target }) => <code className="wb-code">{target}</code>,
    },
    {
      key: 'state',
      head: 'State',
      cell: (one) => {
        const { tone, word } = conditionOf(one);
        return <Status tone={tone}>{word}</Status>;
      },
    },
    {
      key: 'errors',
      head: 'Errors lately',
      align: 'right',
      cell: ({ errorRate }) => <ErrorRate share={errorRate} />,
    },
    {
      key: 'first',
      head: 'First token',
      align: 'right',
      cell: ({ firstTokenMs }) => formatDuration(firstTokenMs),
    },
    {
      key: 'speed',
      head: 'Tokens/s',
      align: 'right',
      cell: ({ tokensPerSecond }) =>
        tokensPerSecond === null ? '–' : formatCount(Math.round(tokensPerSecond)),
    },
    {
      key: 'error',
      head: 'Last failure',
      cell: ({ lastError }) =>
        lastError === null ? <span className="wb-muted">none</span> : errorClassLabels[lastError],
    },
    {
      key: 'probe',
      head: 'Next try',
      align: 'right',
      cell: ({ state, waitMs }) =>
        state === 'closed' ? (
          <span className="wb-muted">–</span>
        ) : waitMs > 0 ? (
          inSeconds(waitMs)
        ) : (
          'with the next request'
        ),
    },
    {
      key: 'called',
      head: 'Last call',
      align: 'right',
      cell: ({ lastCallAt }) => {
        const called = Date.parse(lastCallAt);
        return <span title={formatTimeFully(called)}>{formatAgo(called, at)}</span>;
      },
    },
  ];
}

function inSeconds(ms: number): string {
  return `in ${Math.ceil(ms / 1_000)} s`;
}

/** The figure before a bar of its length, so that a column of them is read at a glance. */
function ErrorRate({ share }: { readonly share: number }) {
  return (
    <span className={styles.rate}>
      {formatShare(share < 0.001 ? 0 : share)}
      <span className={styles.track} aria-hidden="true">
        <span className={styles.fill} style={{ width: `${Math.min(1, share) * 100}%` }} />
      </span>
    </span>
  );
}
