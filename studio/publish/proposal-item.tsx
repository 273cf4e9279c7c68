import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { queryKeys, usePolicies, useVersion } from '../client/queries.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import { formatAgo, formatTimeFully } from '../look/format.ts';
import { Status } from '../look/status.tsx';
import { DiffView } from './diff-view.tsx';
import styles from './publish.module.css';
import { type ProposalRow, publishingKeys } from './publishing-queries.ts';

const states = {
  waiting: { text: 'waits for a second person', tone: 'warn' },
  scheduled: { text: 'scheduled', tone: 'accent' },
  published: { text: 'published', tone: 'good' },
  rejected: { text: 'rejected', tone: 'bad' },
  withdrawn: { text: 'taken back', tone: 'neutral' },
  failed: { text: 'could not be published', tone: 'bad' },
} as const;

/** One proposal: what it changes, who asks, and what may be done with it. */
export function ProposalItem({ proposal }: { readonly proposal: ProposalRow }) {
  const { state, policyId, author, at, note, due, reason, decidedBy, version } = proposal;
  const isOpen = state === 'waiting' || state === 'scheduled';
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <strong>
          {proposal.policy.name}
          {version === null ? '' : ` v${version}`}
        </strong>
        <code>{policyId}</code>
        <Status tone={states[state].tone}>{states[state].text}</Status>
      </div>
      {note === '' ? null : <p>{note}</p>}
      <p className="wb-muted">
        Proposed by {author} {formatAgo(Date.parse(at), Date.now())}
        {due === null ? '' : `; due ${formatTimeFully(Date.parse(due))}`}
        {decidedBy === null ? '' : `; decided by ${decidedBy}`}
        {reason === '' ? '' : `: ${reason}`}
      </p>
      {isOpen ? <Changes proposal={proposal} /> : null}
      {isOpen ? <Decision proposal={proposal} /> : null}
    </li>
  );
}

function Changes({ proposal }: { readonly proposal: ProposalRow }) {
  const policies = usePolicies();
  const newest =
    policies.data?.policies.find(({ id }) => id === proposal.policyId)?.published?.version ?? null;
  const published = useVersion(proposal.policyId, newest);
  return published.data === undefined ? null : (
    <DiffView
      sides={{ before: published.data.policy, after: proposal.policy }}
      name={`version ${newest} and what is proposed`}
    />
  );
}

function Decision({
  proposal: { id, mayApprove, mayWithdraw, author, state },
}: {
  readonly proposal: ProposalRow;
}) {
  const [reason, setReason] = useState('');
  const decide = useChange('decideProposal', {
    stale: [publishingKeys.proposals, publishingKeys.rollouts, queryKeys.policies],
  });
  const send = (decision: 'approve' | 'reject' | 'withdraw') =>
    decide.mutate({ params: { id }, body: { decision, reason } });
  if (mayWithdraw) {
    return (
      <Group gap="xs">
        <Button size="xs" variant="default" loading={decide.isPending} onClick={() => send('withdraw')}>
          Take back
        </Button>
        {state === 'waiting' ? (
          <span className="wb-muted">Somebody other than {author} approves it.</span>
        ) : null}
        {decide.isError ? <Failure error={decide.error} /> : null}
      </Group>
    );
  }
  if (!mayApprove) return null;
  return (
    <>
      <Group gap="xs" align="end">
        <TextInput
          size="xs"
          style={{ flex: 1 }}
          label="Reason"
          description="Needed to reject."
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button
          size="xs"
          variant="default"
          disabled={reason.trim() === '' || decide.isPending}
          onClick={() => send('reject')}
        >
          Reject
        </Button>
        <Button size="xs" loading={decide.isPending} onClick={() => send('approve')}>
          Approve
        </Button>
      </Group>
      {decide.isError ? <Failure error={decide.error} /> : null}
    </>
  );
}
