import { Button, Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlayerPause, IconPlayerPlay, IconWaveSine } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link } from 'wouter';
import { errorClasses } from '#engine/nodes/index.ts';
import { type RecordFilter, usePolicies } from '../client/queries.ts';
import { type RecordRow, textOf } from '../client/record-row.ts';
import { useTraffic } from '../client/traffic-feed.ts';
import { useModels } from '../client/use-models.ts';
import { Empty, Failure } from '../look/feedback.tsx';
import { formatCount, plural } from '../look/format.ts';
import { Status } from '../look/status.tsx';
import { FilterBar, type KnownValues } from './filter-bar.tsx';
import styles from './log.module.css';
import type { LogState, LogStore } from './log-store.ts';
import { LogTable } from './log-table.tsx';
import { useLog } from './use-log.ts';

interface Props {
  readonly filter: RecordFilter;
  readonly onFilter: (filter: RecordFilter) => void;
  readonly onOpen: (id: string) => void;
}

/** Every request, newest first, as they come. */
export function RequestLog({ filter, onFilter, onOpen }: Props) {
  const [asked] = useDebouncedValue(filter, 250);
  const { log, state } = useLog(asked);
  const known = useKnownValues(state.rows);
  return (
    <section className={styles.log} aria-label="Log">
      <div className={styles.bar}>
        <FilterBar filter={filter} onChange={onFilter} known={known} />
        <div className={styles['bar-end']}>
          <Following log={log} state={state} />
        </div>
      </div>
      <Rows
        log={log}
        state={state}
        onOpen={onOpen}
        isFiltered={Object.keys(asked).length > 0}
        onClear={() => onFilter({})}
      />
      <Foot log={log} state={state} />
    </section>
  );
}

function Rows({
  log,
  state: { kind, rows, next, error },
  onOpen,
  isFiltered,
  onClear,
}: {
  readonly log: LogStore;
  readonly state: LogState;
  readonly onOpen: (id: string) => void;
  readonly isFiltered: boolean;
  readonly onClear: () => void;
}) {
  if (kind === 'failed')
    return (
      <div className={styles.failed}>
        <Failure error={error} onRetry={() => void log.load()} />
      </div>
    );
  if (kind === 'loading') return <Skeleton height={320} m={16} w="auto" radius="md" />;
  if (rows.length === 0)
    return (
      <Empty
        icon={IconWaveSine}
        title="No requests here"
        action={
          isFiltered ? (
            <Button variant="default" onClick={onClear}>
              Clear the filters
            </Button>
          ) : (
            <Button component={Link} href="/connect" variant="default">
              Send a test request
            </Button>
          )
        }
      >
        {isFiltered
          ? 'None fits these filters. Requests that do will appear as they come.'
          : 'Send one; it appears here as it finishes.'}
      </Empty>
    );
  return <LogTable rows={rows} hasMore={next !== null} onMore={log.loadOlder} onOpen={onOpen} />;
}

/** Whether new requests come in by themselves, and how many wait while they do not. */
function Following({ log, state }: { readonly log: LogStore; readonly state: LogState }) {
  const isLive = useTraffic((feed) => feed.live);
  const { paused, arrived } = state;
  return (
    <>
      <Status tone={paused ? 'warn' : isLive ? 'good' : 'neutral'}>
        {paused ? 'paused' : isLive ? 'live' : 'every 10 s'}
      </Status>
      {paused ? (
        <Button
          variant={arrived.length > 0 ? 'light' : 'default'}
          leftSection={<IconPlayerPlay size={14} stroke={1.7} />}
          onClick={log.resume}
        >
          {arrived.length > 0 ? `Resume, ${formatCount(arrived.length)} new` : 'Resume'}
        </Button>
      ) : (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={14} stroke={1.7} />}
          onClick={log.pause}
        >
          Pause
        </Button>
      )}
      <span className="wb-hidden" role="status">
        {paused && arrived.length > 0 ? `${plural(arrived.length, 'new request')} waiting` : ''}
      </span>
    </>
  );
}

function Foot({ log, state }: { readonly log: LogStore; readonly state: LogState }) {
  const { kind, rows, next, isReadingOlder, error } = state;
  if (kind !== 'ready' || rows.length === 0) return null;
  return (
    <div className={styles.foot}>
      <span>
        {plural(rows.length, 'request')}
        {next === null ? ', all there are' : ' read; older ones come as you scroll'}
      </span>
      {isReadingOlder ? <span>Reading older ones…</span> : null}
      {error === null ? null : (
        <Button variant="subtle" size="compact-xs" onClick={() => void log.loadOlder()}>
          Older ones could not be read. Try again
        </Button>
      )}
    </div>
  );
}

const looked = 2_000;
const statuses = ['served', 'refused', 'failed', 'abandoned'];

/** What filters offer: what the rows read so far hold, and what the catalogue and the policies know. */
function useKnownValues(rows: readonly RecordRow[]): KnownValues {
  const { data } = usePolicies();
  const { models } = useModels();
  return useMemo(() => {
    const some = rows.slice(0, looked);
    const inRows = (column: string) => unique(some.map((row) => textOf(row, column)));
    const targets = inRows('outcome.target');
    const reachable = models.filter(({ served }) => served !== 'none').map(({ id }) => id);
    return {
      status: statuses,
      team: inRows('caller.team'),
      project: inRows('caller.project'),
      key: inRows('caller.key'),
      task: inRows('task.label'),
      tag: unique(some.flatMap((row) => tagsOf(row))),
      target: targets,
      model: unique([...targets, ...reachable]),
      provider: unique([...targets, ...reachable].map((target) => target.split('/')[0] ?? '')),
      policy: (data?.policies ?? []).map(({ id }) => id),
      error: unique([...inRows('outcome.error'), ...errorClasses]),
    };
  }, [rows, data, models]);
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].filter((value) => value !== '').sort();
}

function tagsOf(row: RecordRow): readonly string[] {
  const tags = row['caller.tags'];
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
}
