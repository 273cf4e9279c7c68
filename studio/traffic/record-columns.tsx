import { numberOf, type RecordRow, textOf, totalsOf } from '../client/record-row.ts';
import { formatCount, formatDuration, formatTime, formatTimeFully, formatTokens } from '../look/format.ts';
import { Money } from '../look/money.tsx';
import { RouteText } from '../look/route-text.tsx';
import { RequestStatus } from '../look/status.tsx';
import type { Column } from '../look/table.tsx';

export const recordColumns: readonly Column<RecordRow>[] = [
  { key: 'time', head: 'Time', cell: (row) => <Time at={numberOf(row, 'time.at')} /> },
  { key: 'team', head: 'Team', cell: (row) => textOf(row, 'caller.team') || '–' },
  {
    key: 'task',
    head: 'Task',
    cell: (row) => (
      <span style={{ whiteSpace: 'nowrap' }}>{textOf(row, 'task.label').replaceAll('_', ' ') || '–'}</span>
    ),
  },
  { key: 'policy', head: 'Policy', cell: (row) => <PolicyName row={row} /> },
  {
    key: 'path',
    head: 'Path',
    width: '40%',
    truncate: true,
    cell: (row) => <RouteText path={textOf(row, 'decision.path')} />,
  },
  {
    key: 'target',
    head: 'Target',
    width: '15%',
    truncate: true,
    cell: (row) => <span className="wb-code">{textOf(row, 'outcome.target') || '–'}</span>,
  },
  { key: 'tokens', head: 'Tokens in / out', align: 'right', cell: (row) => <Tokens row={row} /> },
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
  { key: 'status', head: 'Status', cell: (row) => <RequestStatus status={textOf(row, 'outcome.status')} /> },
];

function Time({ at }: { readonly at: number | null }) {
  if (at === null) return '–';
  return (
    <time
      className="wb-number"
      dateTime={new Date(at).toISOString()}
      title={formatTimeFully(at)}
      style={{ whiteSpace: 'nowrap' }}
    >
      {formatTime(at, Date.now())}
    </time>
  );
}

function PolicyName({ row }: { readonly row: RecordRow }) {
  const policy = textOf(row, 'decision.policy');
  if (policy === '') return <span className="wb-muted">direct</span>;
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      {policy}
      <span className="wb-muted">@{numberOf(row, 'decision.version') ?? '?'}</span>
    </span>
  );
}

function Tokens({ row }: { readonly row: RecordRow }) {
  const totals = totalsOf(row);
  if (totals === null) return <span className="wb-muted">unknown</span>;
  return (
    <span title={`${formatCount(totals.input)} in, ${formatCount(totals.output)} out`}>
      {formatTokens(totals.input)} <span className="wb-muted">/ {formatTokens(totals.output)}</span>
    </span>
  );
}
