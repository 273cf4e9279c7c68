import { Button, Skeleton, Stack } from '@mantine/core';
import { IconRocket } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { EndedRollout } from '#server/contract/index.ts';
import { Empty, Failure } from '../look/feedback.tsx';
import { formatAgo } from '../look/format.ts';
import { Card, Page } from '../look/page.tsx';
import { Status } from '../look/status.tsx';
import { ProposalItem } from './proposal-item.tsx';
import styles from './publish.module.css';
import { type ProposalRow, useProposals, useRollouts } from './publishing-queries.ts';
import { RunningRolloutCard } from './running-rollout.tsx';

/** What waits to be published, what comes into use, and how it ended. */
export function RolloutsPage() {
  const rollouts = useRollouts();
  const proposals = useProposals();
  return (
    <Page
      title="Rollouts"
      summary="Versions that wait for a second person or their time, that serve a rising share, and how those before them ended."
    >
      <Stack gap="md">
        {rollouts.isError ? <Failure error={rollouts.error} onRetry={() => void rollouts.refetch()} /> : null}
        {proposals.isError ? (
          <Failure error={proposals.error} onRetry={() => void proposals.refetch()} />
        ) : null}
        {rollouts.data === undefined || proposals.data === undefined ? (
          rollouts.isError || proposals.isError ? null : (
            <Skeleton height={160} radius="md" />
          )
        ) : (
          <Everything
            running={rollouts.data.running}
            ended={rollouts.data.ended}
            proposals={proposals.data.proposals}
          />
        )}
      </Stack>
    </Page>
  );
}

interface EverythingProps {
  readonly running: NonNullable<ReturnType<typeof useRollouts>['data']>['running'];
  readonly ended: readonly EndedRollout[];
  readonly proposals: readonly ProposalRow[];
}

function Everything({ running, ended, proposals }: EverythingProps) {
  if (running.length + ended.length + proposals.length === 0) {
    return (
      <Card padded={false}>
        <Empty
          icon={IconRocket}
          title="Nothing is being rolled out"
          action={
            <Button component={Link} href="/policies" variant="default">
              To the policies
            </Button>
          }
        >
          Publish a version as a canary, in shadow or at a time, and it is followed here.
        </Empty>
      </Card>
    );
  }
  const isOpen = ({ state }: ProposalRow) => state === 'waiting' || state === 'scheduled';
  const waiting = proposals.filter(isOpen);
  const decided = proposals.filter((one) => !isOpen(one)).slice(0, 20);
  return (
    <>
      {waiting.length === 0 ? null : <Proposals title="Waiting" proposals={waiting} />}
      {running.map((view) => (
        <RunningRolloutCard key={view.alias} view={view} />
      ))}
      {ended.length === 0 ? null : <Ended ended={ended} />}
      {decided.length === 0 ? null : <Proposals title="Decided" proposals={decided} />}
    </>
  );
}

function Proposals({
  title,
  proposals,
}: {
  readonly title: string;
  readonly proposals: readonly ProposalRow[];
}) {
  return (
    <Card title={title} padded={false}>
      <ul className={styles.plain} aria-label={title}>
        {proposals.map((proposal) => (
          <ProposalItem key={proposal.id} proposal={proposal} />
        ))}
      </ul>
    </Card>
  );
}

const outcomes = {
  promoted: { text: 'promoted', tone: 'good' },
  rolled_back: { text: 'rolled back', tone: 'bad' },
  stopped: { text: 'stopped', tone: 'neutral' },
} as const;

function Ended({ ended }: { readonly ended: readonly EndedRollout[] }) {
  return (
    <Card title="Ended" padded={false}>
      <ul className={styles.plain} aria-label="Ended rollouts">
        {ended.slice(0, 30).map(({ alias, candidate, baseline, outcome, reason, at, by }) => (
          <li key={`${alias} ${at}`} className={styles.item}>
            <div className={styles.head}>
              <strong>
                {candidate.policyId} v{candidate.version}
              </strong>
              <code>on {alias}</code>
              <Status tone={outcomes[outcome].tone}>{outcomes[outcome].text}</Status>
            </div>
            <p>{reason}</p>
            <p className="wb-muted">
              {formatAgo(Date.parse(at), Date.now())}, by {by === 'rollout' ? 'its guards' : by}
              {' · '}
              <Link href={comparisonOf(baseline, candidate)}>
                {outcome === 'promoted' ? 'What changed, and the way back' : 'What it would have changed'}
              </Link>
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The versions of both sides beside each other; of the candidate's policy alone where the policies differ. */
function comparisonOf(
  baseline: EndedRollout['baseline'],
  { policyId, version }: EndedRollout['candidate'],
): string {
  const page = `/policies/${policyId}/versions`;
  return baseline.policyId === policyId ? `${page}?from=${baseline.version}&to=${version}#differences` : page;
}
