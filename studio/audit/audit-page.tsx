import { Button, Menu, Skeleton } from '@mantine/core';
import { IconDownload, IconHistory } from '@tabler/icons-react';
import { useSearchParams } from 'wouter';
import type { AuditView } from '#server/contract/audit.ts';
import { type AuditFilter, governanceKeys, useAudit, useAuditEntry } from '../client/governance-queries.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Empty, Failure } from '../look/feedback.tsx';
import { plural } from '../look/format.ts';
import { Card, Page } from '../look/page.tsx';
import { saveFile } from '../look/save-file.ts';
import { DataTable } from '../look/table.tsx';
import styles from './audit.module.css';
import { auditColumns } from './audit-columns.tsx';
import { AuditDrawer } from './audit-drawer.tsx';
import { type AuditAsk, askedIn, filterOf, searchOf } from './audit-filter.ts';
import { ChainStatus } from './chain-status.tsx';
import { Filters } from './filters.tsx';

/** Who changed what and when, and whether anybody tampered with the record of it. */
export function AuditPage() {
  const [params, setParams] = useSearchParams();
  const ask = askedIn(params);
  const filter = filterOf(ask, Date.now());
  const pages = useAudit(filter);
  const rows = pages.data?.pages.flatMap((page) => page.entries) ?? [];
  const narrow = (part: Partial<AuditAsk>) =>
    setParams((before) => searchOf({ ...askedIn(before), ...part }), { replace: true });
  return (
    <Page
      title="Audit"
      summary="Every change, sign-in and export: who, when, before and after. Each entry holds the hash of the one before."
      actions={<Export filter={filter} />}
    >
      <ChainStatus />
      <Card padded={false}>
        <Filters ask={ask} names={pages.data?.pages[0]} onChange={narrow} />
        {pages.isError ? <Failure error={pages.error} onRetry={() => void pages.refetch()} /> : null}
        {pages.isPending ? <Skeleton height={360} m={16} w="auto" radius="md" /> : null}
        {pages.isSuccess && rows.length === 0 ? (
          <Empty icon={IconHistory} title="No entries here">
            {Object.keys(filter).length > 0
              ? 'None fits these filters.'
              : 'The first change will be the first entry.'}
          </Empty>
        ) : null}
        {rows.length === 0 ? null : (
          <DataTable
            label="Audit entries"
            columns={auditColumns}
            rows={rows}
            keyOf={(entry) => String(entry.sequence)}
            onOpen={(entry) => setParams(withEntry(ask, String(entry.sequence)))}
          />
        )}
        {pages.hasNextPage ? (
          <div className={styles.more}>
            <Button
              variant="default"
              loading={pages.isFetchingNextPage}
              onClick={() => void pages.fetchNextPage()}
            >
              Load older entries
            </Button>
          </div>
        ) : null}
      </Card>
      <OpenEntry asked={params.get('entry')} rows={rows} onClose={() => setParams(searchOf(ask))} />
    </Page>
  );
}

function withEntry(ask: AuditAsk, sequence: string): URLSearchParams {
  const search = searchOf(ask);
  search.set('entry', sequence);
  return search;
}

/** The entry of the address, whether the list below shows it or not. */
function OpenEntry({
  asked,
  rows,
  onClose,
}: {
  readonly asked: string | null;
  readonly rows: readonly AuditView[];
  readonly onClose: () => void;
}) {
  const listed = rows.find(({ sequence }) => String(sequence) === asked);
  const alone = useAuditEntry(listed === undefined && asked !== null ? Number(asked) : null);
  return <AuditDrawer entry={asked === null ? null : (listed ?? alone.data ?? null)} onClose={onClose} />;
}

function Export({ filter }: { readonly filter: AuditFilter }) {
  const change = useChange('exportAudit', {
    stale: [governanceKeys.audit],
    failure: 'The audit was not exported',
    onDone: ({ content, fileName, mediaType, entries }) => {
      saveFile(content, fileName, mediaType);
      tellDone(`${plural(entries, 'entry', 'entries')} exported`, 'The export itself is on record.');
    },
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={14} stroke={1.6} />}
          loading={change.isPending}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => change.mutate({ body: { ...filter, format: 'jsonl' } })}>
          JSON lines, as they are kept
        </Menu.Item>
        <Menu.Item onClick={() => change.mutate({ body: { ...filter, format: 'csv' } })}>CSV</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
