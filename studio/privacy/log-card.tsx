import { IconHistory } from '@tabler/icons-react';
import type { PrivacyView } from '#server/contract/index.ts';
import { Empty } from '../look/feedback.tsx';
import { formatTimeFully } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { type Column, DataTable } from '../look/table.tsx';

type Entry = PrivacyView['log'][number];

const words: Readonly<Record<string, string>> = {
  'privacy.purge': 'Purged',
  'privacy.erase': 'Erased',
  'privacy.text_read': 'Read a text',
  'privacy.texts_on': 'Keeps texts of',
  'privacy.texts_off': 'Keeps no texts of',
  'privacy.record_days': 'Changed days of',
};

/** What was deleted, by whom, and who read what. */
export function LogCard({ log }: Pick<PrivacyView, 'log'>) {
  return (
    <Card title="What was done" padded={false}>
      {log.length === 0 ? (
        <Empty isSmall icon={IconHistory} title="Nothing yet">
          Purges, erasures, readings of texts and changes of these settings appear here. All of it is in the
          audit.
        </Empty>
      ) : (
        <DataTable
          label="What was done"
          columns={columns}
          rows={log}
          keyOf={(entry) => `${entry.at} ${entry.action} ${entry.subject}`}
        />
      )}
    </Card>
  );
}

const columns: readonly Column<Entry>[] = [
  {
    key: 'at',
    head: 'When',
    width: '22%',
    cell: ({ at }) => <span className="wb-muted">{formatTimeFully(Date.parse(at))}</span>,
  },
  { key: 'actor', head: 'Who', width: '18%', cell: ({ actor }) => actor },
  {
    key: 'what',
    head: 'What',
    cell: ({ action, subject }) => (
      <>
        {words[action] ?? action} <code className="wb-code">{subject}</code>
      </>
    ),
  },
  { key: 'detail', head: 'Result', cell: ({ detail }) => <span className="wb-muted">{detail}</span> },
];
