import type { AuditView } from '#server/contract/audit.ts';
import { formatAgo, formatTimeFully } from '../look/format.ts';
import type { Column } from '../look/table.tsx';
import { changesOf } from './changes-of.ts';

export const auditColumns: readonly Column<AuditView>[] = [
  {
    key: 'sequence',
    head: '#',
    align: 'right',
    width: 56,
    cell: ({ sequence }) => <span className="wb-muted">{sequence}</span>,
  },
  {
    key: 'at',
    head: 'When',
    width: '14%',
    cell: ({ at }) => (
      <time title={formatTimeFully(Date.parse(at))}>{formatAgo(Date.parse(at), Date.now())}</time>
    ),
  },
  { key: 'actor', head: 'Who', width: '16%', truncate: true, cell: ({ actor }) => actor },
  {
    key: 'action',
    head: 'Did',
    width: '17%',
    cell: ({ action }) => <code className="wb-code">{action}</code>,
  },
  {
    key: 'subject',
    head: 'To',
    width: '18%',
    truncate: true,
    cell: ({ subject }) => <strong style={{ fontWeight: 500 }}>{subject}</strong>,
  },
  {
    key: 'change',
    head: 'What changed',
    width: '35%',
    truncate: true,
    cell: (entry) => <span className="wb-muted">{entry.reason ?? inShort(entry)}</span>,
  },
];

/** `rpm 10 → 60, tags`. */
function inShort({ before, after }: AuditView): string {
  const changes = changesOf(before, after).filter(({ kind }) => kind !== 'same');
  if (before === null || after === null) {
    const what = changes
      .slice(0, 4)
      .map(({ place, after: is, before: was }) => `${place} ${is ?? was ?? ''}`);
    return what.join(', ') || '–';
  }
  return (
    changes
      .map(({ place, before: was, after: is }) => `${place} ${was ?? 'none'} → ${is ?? 'none'}`)
      .join(', ') || '–'
  );
}
