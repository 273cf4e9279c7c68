import { Button, Select, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch, IconWaveSine, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useSearch } from 'wouter';
import { queryKeys, type RecordFilter, usePolicies, useRecords } from '../client/queries.ts';
import { textOf } from '../client/record-row.ts';
import { useTrafficEvents } from '../client/traffic-feed.ts';
import { Empty, Failure } from '../look/feedback.tsx';
import { formatTime, plural } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { DataTable } from '../look/table.tsx';
import { recordColumns } from './record-columns.tsx';
import styles from './traffic.module.css';

interface Props {
  readonly teams: readonly string[];
  readonly targets: readonly string[];
  readonly onOpen: (id: string) => void;
}

/** Logged requests, newest first, with filters; new ones are announced, not pushed under the reader's eyes. */
export function RecordTable({ teams, targets, onOpen }: Props) {
  const [filter, setFilter] = useState<RecordFilter>(useAskedFilter());
  const [asked] = useDebouncedValue(filter, 250);
  const pages = useRecords(asked);
  const rows = pages.data?.pages.flatMap((page) => page.records) ?? [];
  return (
    <Card padded={false}>
      <div className={styles.filters}>
        <h2>Requests</h2>
        <NewRequests />
        <FoundBy filter={filter} onChange={setFilter} />
        <Filters filter={filter} onChange={setFilter} teams={teams} targets={targets} />
      </div>
      {pages.isError ? <Failure error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.isPending ? <Skeleton height={360} m={16} w="auto" radius="md" /> : null}
      {pages.isSuccess && rows.length === 0 ? (
        <Empty icon={IconWaveSine} title="No requests here">
          {Object.values(filter).some(Boolean)
            ? 'None fits these filters.'
            : 'Send one from the Connect page.'}
        </Empty>
      ) : (
        <DataTable
          label="Requests"
          columns={recordColumns}
          rows={rows}
          keyOf={(row) => textOf(row, 'id')}
          onOpen={(row) => onOpen(textOf(row, 'id'))}
        />
      )}
      {pages.hasNextPage ? (
        <div className={styles.more}>
          <Button
            variant="default"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            Load older requests
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

const foundBy = {
  project: 'Project',
  key: 'Key',
  user: 'End user',
  tag: 'Tag',
  task: 'Task',
  version: 'Version',
  model: 'Called model',
} as const;

/** What the address asks for, such as the requests behind a bar of the spend page. */
function useAskedFilter(): RecordFilter {
  const search = new URLSearchParams(useSearch());
  const names = ['team', 'target', 'policy', 'from', 'to', ...Object.keys(foundBy)];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = search.get(name);
      return value === null || value === '' ? [] : [[name, value]];
    }),
  );
}

/** Filters that have no field of their own, each with the way to be rid of it. */
function FoundBy({
  filter,
  onChange,
}: {
  readonly filter: RecordFilter;
  readonly onChange: (filter: RecordFilter) => void;
}) {
  const { from, to } = filter;
  const named = Object.entries(foundBy).flatMap(([name, label]) => {
    const value = filter[name as keyof typeof foundBy];
    return value === undefined ? [] : [{ names: [name], text: `${label}: ${String(value)}` }];
  });
  const time = { names: ['from', 'to'], text: `${timeText(from)} – ${timeText(to)}` };
  return [...named, ...(from === undefined && to === undefined ? [] : [time])].map(({ names, text }) => (
    <Button
      key={text}
      variant="light"
      size="compact-sm"
      rightSection={<IconX size={12} stroke={2} aria-hidden="true" />}
      aria-label={`Remove the filter ${text}`}
      onClick={() =>
        onChange(Object.fromEntries(Object.entries(filter).filter(([name]) => !names.includes(name))))
      }
    >
      {text}
    </Button>
  ));
}

function timeText(at: unknown): string {
  return at === undefined ? '…' : formatTime(Number(at), Date.now());
}

/** How many requests finished since the table was read, and the way to them. */
function NewRequests() {
  const client = useQueryClient();
  const [count, setCount] = useState(0);
  useTrafficEvents(useCallback(() => setCount((before) => before + 1), []));
  if (count === 0) return null;
  const show = () => {
    setCount(0);
    void client.invalidateQueries({ queryKey: queryKeys.records });
    void client.invalidateQueries({ queryKey: queryKeys.summary });
  };
  return (
    <Button variant="light" size="compact-sm" onClick={show}>
      Show {plural(count, 'new request')}
    </Button>
  );
}

const statuses = ['served', 'refused', 'failed', 'abandoned'] as const;

function Filters({
  filter,
  onChange,
  teams,
  targets,
}: Pick<Props, 'teams' | 'targets'> & {
  readonly filter: RecordFilter;
  readonly onChange: (filter: RecordFilter) => void;
}) {
  const { data } = usePolicies();
  const set = (change: Partial<Record<keyof RecordFilter, string | undefined>>) =>
    onChange({ ...filter, ...change } as RecordFilter);
  const policies = (data?.policies ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <TextInput
        w={190}
        aria-label="Search requests"
        placeholder="Id, path or target"
        leftSection={<IconSearch size={14} stroke={1.6} />}
        value={filter.search ?? ''}
        onChange={(event) => set({ search: event.currentTarget.value || undefined })}
      />
      <Choice
        label="Status"
        data={statuses}
        value={filter.status}
        onChange={(status) => set({ status })}
        width={110}
      />
      <Choice label="Team" data={teams} value={filter.team} onChange={(team) => set({ team })} width={120} />
      <Choice
        label="Policy"
        data={policies}
        value={filter.policy}
        onChange={(policy) => set({ policy })}
        width={150}
      />
      <Choice
        label="Target"
        data={targets}
        value={filter.target}
        onChange={(target) => set({ target })}
        width={180}
      />
    </>
  );
}

function Choice({
  label,
  data,
  value,
  onChange,
  width,
}: {
  readonly label: string;
  readonly data: readonly (string | { readonly value: string; readonly label: string })[];
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  readonly width: number;
}) {
  const options = data.filter((one) => one !== '');
  return (
    <Select
      w={width}
      aria-label={label}
      placeholder={label}
      clearable
      searchable={options.length > 8}
      comboboxProps={{ width: 'max-content', position: 'bottom-end' }}
      data={options}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}
