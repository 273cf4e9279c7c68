import { Button, Select, Skeleton, Stack } from '@mantine/core';
import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { Policy } from '#engine/policy/index.ts';
import type { PolicyEnvelope } from '#server/contract/index.ts';
import { usePolicy, useVersion } from '../client/queries.ts';
import { Failure } from '../look/feedback.tsx';
import { Card, Page } from '../look/page.tsx';
import { DiffView } from './diff-view.tsx';
import { ForecastCard } from './forecast-card.tsx';
import styles from './publish.module.css';
import { RollBackDialog } from './roll-back-dialog.tsx';
import { VersionList } from './version-list.tsx';

/** The history of a policy: its versions and what they serve, any two side by side, the way back, forecasts kept. */
export function VersionsPage({ id }: { readonly id: string }) {
  const policy = usePolicy(id);
  const [back, setBack] = useState<number | null>(null);
  const envelope = policy.data;
  return (
    <Page
      title={envelope === undefined ? 'Versions' : `Versions of ${envelope.policy.name}`}
      summary="What was published, what it serves, how any two differ, and the way back."
      actions={
        <Button component={Link} href={`/policies/${id}`} variant="default" size="xs">
          Open the policy
        </Button>
      }
    >
      {policy.isError ? <Failure error={policy.error} onRetry={() => void policy.refetch()} /> : null}
      {envelope === undefined ? (
        policy.isError ? null : (
          <Skeleton height={320} radius="md" />
        )
      ) : (
        <Stack gap="md">
          <VersionList envelope={envelope} onRollBack={setBack} />
          {envelope.versions.length === 0 ? null : <Comparison envelope={envelope} />}
          <ForecastCard policy={id} />
        </Stack>
      )}
      <RollBackDialog policy={id} to={back} onClose={() => setBack(null)} />
    </Page>
  );
}

/** Any two of the versions and the draft; which two stands in the address. */
function Comparison({ envelope }: { readonly envelope: PolicyEnvelope }) {
  const [search, setSearch] = useSearchParams();
  const { from, to } = sidesIn(search, envelope);
  const set = (side: 'from' | 'to', value: string | null) => {
    if (value === null) return;
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        next.set('from', from);
        next.set('to', to);
        next.set(side, value);
        return next;
      },
      { replace: true },
    );
  };
  const choices = choicesOf(envelope);
  return (
    <Card title="What differs">
      <div className={styles.sides} id="differences">
        <Select
          label="Before"
          size="xs"
          data={choices}
          value={from}
          onChange={(value) => set('from', value)}
          allowDeselect={false}
        />
        <span aria-hidden="true">→</span>
        <Select
          label="After"
          size="xs"
          data={choices}
          value={to}
          onChange={(value) => set('to', value)}
          allowDeselect={false}
        />
      </div>
      <Both envelope={envelope} from={from} to={to} />
    </Card>
  );
}

interface BothProps {
  readonly envelope: PolicyEnvelope;
  readonly from: string;
  readonly to: string;
}

function Both({ envelope, from, to }: BothProps) {
  const before = useSide(envelope, from);
  const after = useSide(envelope, to);
  const error = before.error ?? after.error;
  if (error !== null) return <Failure error={error} />;
  if (before.policy === undefined || after.policy === undefined) return <Skeleton height={400} radius="md" />;
  return (
    <DiffView
      title={`${wordOf(from)} → ${wordOf(to)}`}
      sides={{ before: before.policy, after: after.policy }}
      name={`${wordOf(from)} and ${wordOf(to)}`}
    />
  );
}

const draft = 'draft';

function useSide(
  { policy }: PolicyEnvelope,
  side: string,
): { readonly policy: Policy | undefined; readonly error: Error | null } {
  const version = useVersion(policy.id, side === draft ? null : Number(side));
  return side === draft ? { policy, error: null } : { policy: version.data?.policy, error: version.error };
}

function wordOf(side: string): string {
  return side === draft ? 'the draft' : `version ${side}`;
}

/** What the address asks for; else the newest version and the draft, or where these are alike the two newest. */
function sidesIn(search: URLSearchParams, { versions, hash }: PolicyEnvelope) {
  const known = new Set([draft, ...versions.map(({ version }) => String(version))]);
  const [newest, second] = versions;
  const isDraftNew = newest?.hash !== hash || second === undefined;
  const usual = isDraftNew
    ? { from: String(newest?.version ?? draft), to: draft }
    : { from: String(second.version), to: String(newest?.version) };
  const asked = (side: 'from' | 'to') => {
    const value = search.get(side);
    return value !== null && known.has(value) ? value : usual[side];
  };
  return { from: asked('from'), to: asked('to') };
}

function choicesOf({ versions }: PolicyEnvelope) {
  return [
    { value: draft, label: 'Draft' },
    ...versions.map(({ version, note }) => ({
      value: String(version),
      label: note === '' ? `Version ${version}` : `Version ${version}: ${note.slice(0, 60)}`,
    })),
  ];
}
