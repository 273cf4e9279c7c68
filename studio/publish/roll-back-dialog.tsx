import { Button, Group, Modal, Skeleton, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { queryKeys, useDeployments, usePolicy } from '../client/queries.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import styles from './publish.module.css';
import { publishingKeys, useRollouts } from './publishing-queries.ts';
import { rollBackWords } from './roll-back-words.ts';

interface Props {
  readonly policy: string;
  /** The version to go back to; `null` keeps it closed. */
  readonly to: number | null;
  readonly onClose: () => void;
}

/** What going back would do, why it is done, and the button that does it at once. */
export function RollBackDialog({ policy, to, onClose }: Props) {
  return (
    <Modal opened={to !== null} onClose={onClose} title={`Roll back to version ${to ?? ''}`} size={520}>
      {to === null ? null : <RollBackForm policy={policy} to={to} onClose={onClose} />}
    </Modal>
  );
}

function RollBackForm({ policy, to, onClose }: Props & { readonly to: number }) {
  const [reason, setReason] = useState('');
  const envelope = usePolicy(policy);
  const deployments = useDeployments();
  const rollouts = useRollouts();
  const change = useChange('rollBackPolicy', {
    stale: [
      queryKeys.policies,
      queryKeys.policy(policy),
      queryKeys.deployments,
      publishingKeys.rollouts,
      publishingKeys.forecasts(policy),
    ],
    onDone: ({ versions }) => {
      onClose();
      tellDone(`Version ${to} decides again`, `It is version ${versions[0]?.version ?? ''} now.`);
    },
  });
  const error = envelope.error ?? deployments.error ?? rollouts.error;
  if (error !== null) return <Failure error={error} />;
  const newest = envelope.data?.versions[0]?.version;
  if (newest === undefined || deployments.data === undefined || rollouts.data === undefined)
    return <Skeleton height={160} radius="md" />;
  const standing = {
    policy,
    newest,
    deployments: deployments.data.deployments,
    running: rollouts.data.running,
  };
  return (
    <Stack gap="md">
      <ul className={styles.does} aria-label="What it does">
        {rollBackWords(to, standing).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <Textarea
        label="Reason"
        description="Stands in the audit and in the list of versions."
        autosize
        maxLength={2_000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
      {change.isError ? <Failure error={change.error} /> : null}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" size="sm" onClick={onClose}>
          Cancel
        </Button>
        <Button
          size="sm"
          disabled={reason.trim() === ''}
          loading={change.isPending}
          onClick={() =>
            change.mutate({
              params: { id: policy },
              body: { version: to, from: newest, reason: reason.trim() },
            })
          }
        >
          Roll back now
        </Button>
      </Group>
    </Stack>
  );
}
