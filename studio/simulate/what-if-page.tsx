import { Button, Select } from '@mantine/core';
import { IconGitCompare, IconRefresh } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link, Redirect, useLocation } from 'wouter';
import type { Incident } from '#engine/simulate/clock/incident.ts';
import type { PolicyEnvelope } from '#server/contract/index.ts';
import { usePolicies, usePolicy } from '../client/queries.ts';
import { Empty, Failure } from '../look/feedback.tsx';
import { Page } from '../look/page.tsx';
import { PageSkeleton, ResultSkeleton } from '../look/page-skeleton.tsx';
import { type LogWindow, logWindowNames, WindowControl, windowStart } from '../look/window-control.tsx';
import { IncidentsEditor } from './incidents-editor.tsx';
import { SweepPanel } from './sweep-panel.tsx';
import { useSimulation, type WhatIf } from './use-simulation.ts';
import styles from './what-if.module.css';
import { WhatIfResult } from './what-if-result.tsx';

/** What past traffic would have cost under a draft. */
export function WhatIfPage({ id }: { readonly id: string | null }) {
  const policies = usePolicies();
  if (id !== null) return <WhatIfOf key={id} id={id} />;
  if (policies.data === undefined) return <PageSkeleton />;
  const first =
    policies.data.policies.find((one) => one.aliases.includes('auto')) ?? policies.data.policies[0];
  if (first !== undefined) return <Redirect to={`/what-if/${first.id}`} replace />;
  return (
    <Page title="What-if">
      <Empty icon={IconGitCompare} title="No policy to try">
        Draw a policy first; then past traffic can be replayed through it.
      </Empty>
    </Page>
  );
}

/** `log`: the recorded decisions; a number: that version. */
type Baseline = 'log' | number;

function WhatIfOf({ id }: { readonly id: string }) {
  const policy = usePolicy(id);
  if (policy.isError) {
    return (
      <Page title="What-if">
        <Failure error={policy.error} onRetry={() => void policy.refetch()} />
      </Page>
    );
  }
  // What the editor left in memory may be older than its last save.
  if (policy.data === undefined || !policy.isFetchedAfterMount) return <PageSkeleton />;
  return <WhatIfOfEnvelope envelope={policy.data} onRefresh={() => void policy.refetch()} />;
}

function WhatIfOfEnvelope({
  envelope,
  onRefresh,
}: {
  readonly envelope: PolicyEnvelope;
  readonly onRefresh: () => void;
}) {
  const id = envelope.policy.id;
  const [baseline, setBaseline] = useState<Baseline>('log');
  const [window, setWindow] = useState<LogWindow>('14d');
  const [incidents, setIncidents] = useState<readonly Incident[]>([]);
  const question = useMemo(
    (): WhatIf => ({
      candidate: { id },
      baseline: baseline === 'log' ? null : { id, version: baseline },
      from: windowStart(window, Date.now()),
      incidents,
    }),
    [id, baseline, window, incidents],
  );
  // The hash the question was asked with stays until the author asks again: an edit makes the answer stale, not another.
  const [askedHash, setAskedHash] = useState(envelope.hash);
  const result = useSimulation(envelope.policy.entry === null ? null : question, askedHash);
  const isStale = result.data !== undefined && envelope.hash !== askedHash;
  return (
    <Page
      title="What-if"
      summary="Replays logged requests through the draft with the gateway’s own engine. Nothing is called, nothing is spent."
      actions={
        <Button
          variant="default"
          leftSection={<IconRefresh size={14} stroke={1.8} />}
          loading={result.isFetching}
          onClick={() => {
            setAskedHash(envelope.hash);
            onRefresh();
            void result.refetch();
          }}
        >
          Run again
        </Button>
      }
    >
      <Controls
        envelope={envelope}
        baseline={baseline}
        onBaseline={setBaseline}
        window={window}
        onWindow={setWindow}
      />
      <IncidentsEditor
        incidents={incidents}
        targets={(result.data?.by_target ?? []).flatMap(({ target }) => (target === '' ? [] : [target]))}
        onChange={setIncidents}
      />
      {isStale ? <StaleBanner onRerun={() => setAskedHash(envelope.hash)} /> : null}
      {result.isError ? <Failure error={result.error} onRetry={() => void result.refetch()} /> : null}
      {result.data === undefined && !result.isError ? (
        envelope.policy.entry === null ? (
          <Empty icon={IconGitCompare} title="The draft is empty">
            <Link href={`/policies/${id}`}>Draw it</Link> first.
          </Empty>
        ) : (
          <ResultSkeleton />
        )
      ) : null}
      {result.data === undefined ? null : (
        <div className={styles.result} data-dimmed={isStale || result.isPlaceholderData}>
          <WhatIfResult result={result.data} windowName={logWindowNames[window]} policy={id} />
          <SweepPanel envelope={envelope} question={question} onApplied={onRefresh} />
        </div>
      )}
    </Page>
  );
}

function StaleBanner({ onRerun }: { readonly onRerun: () => void }) {
  return (
    <div className={styles.stale} role="status">
      The draft has changed since this was worked out.
      <Button size="compact-xs" variant="default" onClick={onRerun}>
        Work it out again
      </Button>
    </div>
  );
}

interface ControlsProps {
  readonly envelope: PolicyEnvelope;
  readonly baseline: Baseline;
  readonly onBaseline: (baseline: Baseline) => void;
  readonly window: LogWindow;
  readonly onWindow: (window: LogWindow) => void;
}

function Controls({ envelope, baseline, onBaseline, window, onWindow }: ControlsProps) {
  const [, navigate] = useLocation();
  const policies = usePolicies();
  const { policy, versions } = envelope;
  const choices = [
    { value: 'log', label: 'Recorded decisions' },
    ...versions.map(({ version }, index) => ({
      value: String(version),
      label: index === 0 ? `Published, v${version}` : `Version ${version}`,
    })),
  ];
  return (
    <div className={styles.controls}>
      <Select
        className={styles.choice ?? ''}
        size="sm"
        label="Baseline"
        data={choices}
        value={String(baseline)}
        allowDeselect={false}
        onChange={(value) => onBaseline(value === null || value === 'log' ? 'log' : Number(value))}
      />
      <span className={styles.arrow} aria-hidden="true">
        →
      </span>
      <Select
        className={styles.choice ?? ''}
        size="sm"
        label="Candidate: the draft of"
        data={(policies.data?.policies ?? [{ id: policy.id, name: policy.name }]).map(({ id, name }) => ({
          value: id,
          label: name,
        }))}
        value={policy.id}
        allowDeselect={false}
        onChange={(value) => value !== null && navigate(`/what-if/${value}`)}
      />
      <Button component={Link} href={`/policies/${policy.id}`} variant="subtle" size="sm">
        Edit the draft
      </Button>
      <span>
        <WindowControl value={window} onChange={onWindow} />
      </span>
    </div>
  );
}
