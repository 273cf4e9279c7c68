import type { ReactNode } from 'react';
import { numberOf, type RecordRow, textOf, tokenClasses, totalsOf } from '../client/record-row.ts';
import { formatDuration, formatTime, formatTimeFully, formatTokens } from '../look/format.ts';
import { Money } from '../look/money.tsx';
import { RequestStatus } from '../look/status.tsx';

/** The columns of a record that the log shows; it asks for no others. */
export const logColumns: readonly string[] = [
  'id',
  'time.at',
  'caller.team',
  'caller.project',
  'caller.key',
  'caller.tags',
  'task.label',
  'decision.policy',
  'decision.version',
  'decision.path',
  'outcome.target',
  'outcome.status',
  'outcome.error',
  'cost.nano_usd',
  'latency.total_ms',
  ...tokenClasses.map(({ column }) => column),
];

export interface LogCell {
  readonly key: string;
  readonly head: string;
  readonly align?: 'right';
  readonly cell: (row: RecordRow) => ReactNode;
}

/** The cells of a row in order. Which of them a narrow screen leaves out is said by `log.module.css`. */
export const logCells: readonly LogCell[] = [
  { key: 'time', head: 'Time', cell: (row) => timeText(numberOf(row, 'time.at')) },
  { key: 'team', head: 'Team', cell: (row) => textOf(row, 'caller.team') || '–' },
  { key: 'task', head: 'Task', cell: (row) => textOf(row, 'task.label').replaceAll('_', ' ') || '–' },
  { key: 'policy', head: 'Policy', cell: policyText },
  { key: 'path', head: 'Path', cell: pathText },
  {
    key: 'target',
    head: 'Target',
    cell: (row) => <span title={textOf(row, 'outcome.target')}>{textOf(row, 'outcome.target') || '–'}</span>,
  },
  { key: 'tokens', head: 'Tokens in / out', align: 'right', cell: tokensText },
  {
    key: 'cost',
    head: 'Cost',
    align: 'right',
    cell: (row) => <Money nanoUsd={numberOf(row, 'cost.nano_usd')} />,
  },
  {
    key: 'latency',
    head: 'Latency',
    align: 'right',
    cell: (row) => formatDuration(numberOf(row, 'latency.total_ms')),
  },
  { key: 'status', head: 'Status', cell: statusText },
];

function timeText(at: number | null): ReactNode {
  if (at === null) return '–';
  return (
    <time dateTime={new Date(at).toISOString()} title={formatTimeFully(at)}>
      {formatTime(at, Date.now())}
    </time>
  );
}

function policyText(row: RecordRow): ReactNode {
  const policy = textOf(row, 'decision.policy');
  if (policy === '') return <span className="wb-muted">direct</span>;
  return (
    <>
      {policy}
      <span className="wb-muted">@{numberOf(row, 'decision.version') ?? '?'}</span>
    </>
  );
}

/** As one text, since rows come by too fast for a chip a step. How it ends tells requests apart, how it begins does not. */
function pathText(row: RecordRow): ReactNode {
  const path = textOf(row, 'decision.path');
  if (path === '') return <span className="wb-muted">no policy</span>;
  const steps = path.split('>');
  const shown = steps.length > 3 ? ['…', ...steps.slice(-2)] : steps;
  return <span title={path}>{shown.join(' › ')}</span>;
}

function tokensText(row: RecordRow): ReactNode {
  const totals = totalsOf(row);
  if (totals === null) return <span className="wb-muted">unknown</span>;
  return (
    <>
      {formatTokens(totals.input)} <span className="wb-muted">/ {formatTokens(totals.output)}</span>
    </>
  );
}

function statusText(row: RecordRow): ReactNode {
  const error = textOf(row, 'outcome.error').replaceAll('_', ' ');
  return (
    <>
      <RequestStatus status={textOf(row, 'outcome.status')} />
      {error === '' ? null : (
        <span className="wb-muted" title={error}>
          {' '}
          {error}
        </span>
      )}
    </>
  );
}
