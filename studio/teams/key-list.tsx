import { Button, Select, Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconKey } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { KeySummary } from '#server/contract/keys.ts';
import { useKeySearch } from '../client/governance-queries.ts';
import { Empty, Failure } from '../look/feedback.tsx';
import { FilterRow, FoundCount, SearchField } from '../look/filters.tsx';
import { formatAgo, plural } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { Scrollable } from '../look/scrollable.tsx';
import { Status, type Tone } from '../look/status.tsx';
import { May } from '../people/may.tsx';
import styles from './teams.module.css';

const states = ['active', 'rotating', 'expired'] as const;
const rowHeight = 44;

interface Props {
  readonly team: string | null;
  readonly onOpen: (id: string) => void;
  readonly onNew: () => void;
}

/** Keys, searched on the server; only the rows in view are drawn. */
export function KeyList({ team, onOpen, onNew }: Props) {
  const [search, setSearch] = useState('');
  const [state, setState] = useState<(typeof states)[number] | null>(null);
  // Of a whole secret that somebody pastes only its beginning leaves the browser.
  const [asked] = useDebouncedValue(search.trim().replace(/(wb-\S{6})\S*/g, '$1'), 200);
  const pages = useKeySearch({
    ...(asked === '' ? {} : { search: asked }),
    ...(team === null ? {} : { team }),
    ...(state === null ? {} : { state }),
  });
  const rows = pages.data?.pages.flatMap((page) => page.keys) ?? [];
  const total = pages.data?.pages[0]?.total ?? 0;
  return (
    <Card padded={false}>
      <FilterRow>
        <SearchField
          aria-label="Search keys"
          placeholder="Id, tag, owner, or the beginning of a secret"
          value={search}
          onSearch={setSearch}
        />
        <Select
          size="xs"
          aria-label="State"
          placeholder="Any state"
          clearable
          data={[...states]}
          value={state}
          onChange={(value) => setState(states.find((one) => one === value) ?? null)}
        />
        <FoundCount>{pages.isSuccess ? plural(total, 'key') : ''}</FoundCount>
      </FilterRow>
      {pages.isError ? <Failure error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.isPending ? <Skeleton height={300} m={16} w="auto" radius="md" /> : null}
      {pages.isSuccess && rows.length === 0 ? (
        <Empty
          icon={IconKey}
          title={asked === '' && state === null ? 'No keys yet' : 'No key fits'}
          action={
            asked === '' && state === null ? (
              <May needs="keys.manage">
                <Button variant="default" onClick={onNew}>
                  New key
                </Button>
              </May>
            ) : undefined
          }
        >
          {asked === '' && state === null
            ? 'A key lets a program in and says who pays.'
            : 'Search for another word.'}
        </Empty>
      ) : null}
      {rows.length === 0 ? null : (
        <Rows
          rows={rows}
          total={total}
          onOpen={onOpen}
          onEnd={() => {
            if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
          }}
        />
      )}
    </Card>
  );
}

interface RowsProps {
  readonly rows: readonly KeySummary[];
  readonly total: number;
  readonly onOpen: (id: string) => void;
  readonly onEnd: () => void;
}

function Rows({ rows, total, onOpen, onEnd }: RowsProps) {
  const box = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - 20 && rows.length < total) onEnd();
  }, [last, rows.length, total, onEnd]);
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <Scrollable
      ref={(element) => {
        box.current = element;
      }}
      className={styles.scroll}
      aria-label="List of keys"
    >
      <table className={styles.keys} aria-label="Keys" aria-rowcount={total + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">Id</th>
            <th scope="col">Team</th>
            <th scope="col">Tags</th>
            <th scope="col">State</th>
            <th scope="col">Last used</th>
          </tr>
        </thead>
        <tbody>
          <tr style={{ height: above }} />
          {items.map(({ index }) => {
            const key = rows[index];
            return key === undefined ? null : (
              <Row key={key.id} summary={key} index={index} onOpen={onOpen} />
            );
          })}
          <tr style={{ height: Math.max(0, below) }} />
        </tbody>
      </table>
    </Scrollable>
  );
}

function Row({
  summary: { id, prefix, team, project, tags, state, lastUsedAt, origin },
  index,
  onOpen,
}: {
  readonly summary: KeySummary;
  readonly index: number;
  readonly onOpen: (id: string) => void;
}) {
  return (
    <tr aria-rowindex={index + 2} style={{ height: rowHeight }} onClick={() => onOpen(id)}>
      <td>
        <button type="button" className={styles.open}>
          {id}
        </button>
        <code className="wb-code wb-muted"> {prefix}…</code>
      </td>
      <td>{project === '' ? team : `${team} / ${project}`}</td>
      <td className="wb-muted">{tags.join(', ') || '–'}</td>
      <td>
        <KeyState state={state} />
        {origin === 'file' ? <span className="wb-muted"> by file</span> : null}
      </td>
      <td className="wb-muted">
        {lastUsedAt === null ? 'never' : formatAgo(Date.parse(lastUsedAt), Date.now())}
      </td>
    </tr>
  );
}

const tones: Readonly<Record<KeySummary['state'], Tone>> = {
  active: 'good',
  rotating: 'warn',
  expired: 'neutral',
};

export function KeyState({ state }: { readonly state: KeySummary['state'] }) {
  return <Status tone={tones[state]}>{state}</Status>;
}
