import { Group, Skeleton } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useSummary } from '../client/queries.ts';
import { useTraffic } from '../client/traffic-feed.ts';
import { Failure } from '../look/feedback.tsx';
import { Page } from '../look/page.tsx';
import { Status } from '../look/status.tsx';
import { type LogWindow, WindowControl, windowStart } from '../look/window-control.tsx';
import { RecordDrawer } from './record-drawer.tsx';
import { RecordTable } from './record-table.tsx';
import { TrafficSummary } from './traffic-summary.tsx';

/** What the gateway did: the window at a glance, then request by request. */
export function TrafficPage({ record }: { readonly record: string | null }) {
  const [, navigate] = useLocation();
  const search = useSearch();
  const place = search === '' ? '' : `?${search}`;
  const [window, setWindow] = useState<LogWindow>('14d');
  const from = useMemo(() => windowStart(window, Date.now()), [window]);
  const summary = useSummary({ from });
  const live = useTraffic((feed) => feed.live);
  return (
    <Page
      title="Traffic"
      summary="Every request on record: how it was decided and what became of it. The log holds no text."
      actions={
        <Group gap="sm">
          <Status tone={live ? 'good' : 'neutral'}>{live ? 'live' : 'not live'}</Status>
          <WindowControl value={window} onChange={setWindow} />
        </Group>
      }
    >
      {summary.isError ? <Failure error={summary.error} onRetry={() => void summary.refetch()} /> : null}
      {summary.data === undefined ? (
        <Skeleton height={320} radius="md" />
      ) : (
        <TrafficSummary summary={summary.data} />
      )}
      <RecordTable
        teams={summary.data?.byTeam.map((team) => team.name) ?? []}
        targets={summary.data?.byTarget.map((target) => target.name) ?? []}
        onOpen={(id) => navigate(`/traffic/${encodeURIComponent(id)}${place}`)}
      />
      <RecordDrawer id={record} onClose={() => navigate(`/traffic${place}`)} />
    </Page>
  );
}
