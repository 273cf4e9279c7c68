import { Button, Menu, Select, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconDownload, IconHistory, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { type AuditFilter, governanceKeys, useAudit } from '../client/governance-queries.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Empty, Failure } from '../look/feedback.tsx';
import { plural } from '../look/format.ts';
import { Card, Page } from '../look/page.tsx';
import { DataTable } from '../look/table.tsx';
import styles from './audit.module.css';
import { auditColumns } from './audit-columns.tsx';
import { AuditDrawer } from './audit-drawer.tsx';
import { ChainStatus } from './chain-status.tsx';
import { type Period, periods, sinceOf } from './periods.ts';
import { saveFile } from './save-file.ts';

/** Who changed what and when, and whether anybody tampered with the record of it. */
export function AuditPage() {
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState<{
    readonly subject: string;
    readonly actor: string;
    readonly action: string;
  }>({
    subject: params.get('subject') ?? '',
    actor: '',
    action: '',
  });
  const [period, setPeriod] = useState<Period>('all');
  const [asked] = useDebouncedValue(typed, 250);
  const filter = filterOf(asked, period);
  const pages = useAudit(filter);
  const rows = pages.data?.pages.flatMap((page) => page.entries) ?? [];
  const names = pages.data?.pages[0];
  const open = params.get('entry');
  const narrowed = Object.values(filter).some((value) => value !== undefined);
  return (
    <Page
      title="Audit"
      summary="Every change, sign-in and export: who, when, before and after. Each entry holds the hash of the one before."
      actions={<Export filter={filter} />}
    >
      <ChainStatus />
      <Card padded={false}>
        <div className={styles.filters}>
          <TextInput
            className={styles.search ?? ''}
            size="xs"
            aria-label="Subject"
            placeholder="Subject: a key, policy, team …"
            leftSection={<IconSearch size={14} stroke={1.6} />}
            value={typed.subject}
            onChange={(event) => setTyped({ ...typed, subject: event.currentTarget.value })}
          />
          <Select
            size="xs"
            aria-label="Actor"
            placeholder="Anybody"
            clearable
            searchable
            data={[...(names?.actors ?? [])]}
            value={typed.actor || null}
            onChange={(actor) => setTyped({ ...typed, actor: actor ?? '' })}
          />
          <Select
            size="xs"
            aria-label="Action"
            placeholder="Any action"
            clearable
            searchable
            data={actionsOf(names?.actions ?? [])}
            value={typed.action || null}
            onChange={(action) => setTyped({ ...typed, action: action ?? '' })}
          />
          <Select
            size="xs"
            aria-label="Period"
            allowDeselect={false}
            data={periods.map(({ value, label }) => ({ value, label }))}
            value={period}
            onChange={(next) => setPeriod(periods.find(({ value }) => value === next)?.value ?? 'all')}
          />
        </div>
        {pages.isError ? <Failure error={pages.error} onRetry={() => void pages.refetch()} /> : null}
        {pages.isPending ? <Skeleton height={360} m={16} w="auto" radius="md" /> : null}
        {pages.isSuccess && rows.length === 0 ? (
          <Empty icon={IconHistory} title="No entries here">
            {narrowed ? 'None fits these filters.' : 'The first change will be the first entry.'}
          </Empty>
        ) : null}
        {rows.length === 0 ? null : (
          <DataTable
            label="Audit entries"
            columns={auditColumns}
            rows={rows}
            keyOf={(entry) => String(entry.sequence)}
            onOpen={(entry) => setParams({ entry: String(entry.sequence) })}
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
      <AuditDrawer
        entry={rows.find(({ sequence }) => String(sequence) === open) ?? null}
        onClose={() => setParams({})}
      />
    </Page>
  );
}

function filterOf(
  { subject, actor, action }: { readonly subject: string; readonly actor: string; readonly action: string },
  period: Period,
): AuditFilter {
  const from = sinceOf(period, Date.now());
  return {
    ...(subject.trim() === '' ? {} : { subject: subject.trim() }),
    ...(actor === '' ? {} : { actor }),
    ...(action === '' ? {} : { action }),
    ...(from === null ? {} : { from }),
  };
}

/** Kinds of action before the actions themselves: `key.` is everything about keys. */
function actionsOf(actions: readonly string[]) {
  const kinds = [...new Set(actions.map((action) => `${action.split('.')[0]}.`))];
  return [
    { group: 'Everything about', items: kinds.map((kind) => ({ value: kind, label: kind.slice(0, -1) })) },
    { group: 'Actions', items: actions.map((action) => ({ value: action, label: action })) },
  ];
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
