import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { IconActivityHeartbeat, IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { useTargetHealth } from '../client/queries.ts';
import { Empty, Failure } from '../look/feedback.tsx';
import { plural } from '../look/format.ts';
import { Card, Page } from '../look/page.tsx';
import { DataTable } from '../look/table.tsx';
import { healthColumns } from './health-columns.tsx';
import { conditionOf, orderTargets } from './order-targets.ts';

type Show = 'all' | 'troubled';

/** How every target does now, as the gateway sees it: what fallbacks skip and pools avoid, and why. */
export function HealthPage() {
  const health = useTargetHealth();
  const [show, setShow] = useState<Show>('all');
  const targets = orderTargets(health.data?.targets ?? []);
  const troubled = targets.filter((one) => conditionOf(one).isTroubled);
  const shown = show === 'all' ? targets : troubled;
  return (
    <Page
      title="Health"
      summary={
        health.data === undefined
          ? 'How every target does now.'
          : summaryOf(targets.length, troubled.length, targets.filter(({ state }) => state === 'open').length)
      }
      actions={
        targets.length === 0 ? null : (
          <SegmentedControl
            size="xs"
            aria-label="What to show"
            value={show}
            onChange={(next) => setShow(next === 'troubled' ? 'troubled' : 'all')}
            data={[
              { value: 'all', label: `All ${targets.length}` },
              { value: 'troubled', label: `Troubled ${troubled.length}` },
            ]}
          />
        )
      }
    >
      {health.isError ? <Failure error={health.error} onRetry={() => void health.refetch()} /> : null}
      {health.isPending ? <Skeleton height={320} radius="md" /> : null}
      {health.data === undefined ? null : (
        <Card padded={false}>
          {shown.length > 0 ? (
            <DataTable
              label="Targets"
              columns={healthColumns(Date.parse(health.data.at))}
              rows={shown}
              keyOf={({ target }) => target}
            />
          ) : targets.length > 0 ? (
            <Empty icon={IconCircleCheck} title="All is well">
              No target fails more than now and then, and none is left alone.
            </Empty>
          ) : (
            <Empty
              icon={IconActivityHeartbeat}
              title="Nothing was called yet"
              action={
                <Button component={Link} href="/connect" variant="default">
                  Send a test request
                </Button>
              }
            >
              A target appears here with its first call since this process started. What was measured is
              forgotten when it stops.
            </Empty>
          )}
        </Card>
      )}
    </Page>
  );
}

function summaryOf(all: number, troubled: number, open: number): string {
  if (all === 0) return 'How every target does now.';
  if (troubled === 0) return `${plural(all, 'target')} called since the start, all healthy.`;
  const alone = open === 0 ? '' : `, ${open} left alone until the next try`;
  return `${troubled} of ${plural(all, 'target')} troubled${alone}.`;
}
