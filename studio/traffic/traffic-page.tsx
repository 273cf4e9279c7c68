import { SegmentedControl, Skeleton } from '@mantine/core';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { type RecordFilter, useSummary } from '../client/queries.ts';
import { Failure } from '../look/feedback.tsx';
import { Page } from '../look/page.tsx';
import { type LogWindow, WindowControl, windowStart } from '../look/window-control.tsx';
import { readFilter, writeFilter } from './log-filter.ts';
import { RecordDrawer } from './record-drawer.tsx';
import { RequestLog } from './request-log.tsx';
import { TrafficSummary } from './traffic-summary.tsx';

/** What the gateway did: request by request as they come, or a window at a glance. */
export function TrafficPage() {
  const [, navigate] = useLocation();
  const search = useSearch();
  const asked = new URLSearchParams(search);
  const isOverview = asked.get('view') === 'overview';
  const go = (change: (to: URLSearchParams) => void, replace = false) => {
    const to = new URLSearchParams(window.location.search);
    change(to);
    navigate(`/traffic${to.size === 0 ? '' : `?${to}`}`, { replace });
  };
  return (
    <Page
      title="Traffic"
      summary="Every request on record: how it was decided and what became of it. The log holds no text."
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Log or overview"
          value={isOverview ? 'overview' : 'log'}
          onChange={(view) =>
            go((to) => (view === 'overview' ? to.set('view', view) : to.delete('view')), true)
          }
          data={[
            { value: 'log', label: 'Log' },
            { value: 'overview', label: 'Overview' },
          ]}
        />
      }
    >
      {isOverview ? <Overview /> : <Log search={search} go={go} />}
      <RecordDrawer id={asked.get('request')} onClose={() => go((to) => to.delete('request'))} />
    </Page>
  );
}

type Go = (change: (to: URLSearchParams) => void, replace?: boolean) => void;

function Log({ search, go }: { readonly search: string; readonly go: Go }) {
  const [filter, setFilter] = useFilter(search);
  const open = useCallback((id: string) => go((to) => to.set('request', id)), [go]);
  return <RequestLog filter={filter} onFilter={setFilter} onOpen={open} />;
}

/** The filter lives in the address. It is kept here too, so that typing is never a step behind. */
function useFilter(search: string): [RecordFilter, (filter: RecordFilter) => void] {
  const [, navigate] = useLocation();
  const inAddress = writeFilter(readFilter(search));
  const [filter, setFilter] = useState(() => readFilter(search));
  useEffect(() => setFilter(readFilter(inAddress)), [inAddress]);
  const change = (next: RecordFilter) => {
    setFilter(next);
    const to = writeFilter(next, window.location.search);
    navigate(`/traffic${to === '' ? '' : `?${to}`}`, { replace: true });
  };
  return [filter, change];
}

function Overview() {
  const [window, setWindow] = useState<LogWindow>('14d');
  const from = useMemo(() => windowStart(window, Date.now()), [window]);
  const summary = useSummary({ from });
  return (
    <>
      <div>
        <WindowControl value={window} onChange={setWindow} />
      </div>
      {summary.isError ? <Failure error={summary.error} onRetry={() => void summary.refetch()} /> : null}
      {summary.data === undefined ? (
        <Skeleton height={320} radius="md" />
      ) : (
        <TrafficSummary summary={summary.data} />
      )}
    </>
  );
}
