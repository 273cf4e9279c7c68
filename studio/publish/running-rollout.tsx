import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RolloutView } from '#server/contract/index.ts';
import { queryKeys } from '../client/queries.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import { formatCount, formatDuration, formatMoney, formatShare } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { Status } from '../look/status.tsx';
import { Permitted } from '../people/permitted.tsx';
import { guardSentence } from './guard-sentence.ts';
import styles from './publish.module.css';
import { publishingKeys } from './publishing-queries.ts';

/** A rollout under way: both sides' figures, its guards in words, and what may be done. */
export function RunningRolloutCard({ view }: { readonly view: RolloutView }) {
  const { alias, baseline, rollout, figures } = view;
  const { candidate, mode, step, steps, paused } = rollout;
  const share = steps[step]?.share ?? 0;
  const state =
    mode === 'shadow' ? 'in shadow' : `serves ${formatShare(share)}, step ${step + 1} of ${steps.length}`;
  return (
    <Card
      title={`${candidate.policyId} v${candidate.version} on ${alias}`}
      aside={<Status tone={paused ? 'warn' : 'accent'}>{paused ? `${state}, paused` : state}</Status>}
    >
      <table className={styles.arms} aria-label={`Both sides on ${alias}`}>
        <thead>
          <tr>
            <th>Version</th>
            <th>Requests</th>
            <th>Failed</th>
            <th>Typical time</th>
            <th>Typical cost</th>
          </tr>
        </thead>
        <tbody>
          <Arm name={`v${candidate.version}, candidate`} figures={figures.candidate} />
          <Arm name={`v${baseline.version}, serving`} figures={figures.baseline} />
        </tbody>
      </table>
      {mode === 'shadow' ? null : (
        <ul className={styles.guards} aria-label="Guards">
          {figures.guards.map((guard) => (
            <li key={guard.guard}>{guardSentence(guard, figures.givesWayBelow)}</li>
          ))}
        </ul>
      )}
      <Permitted needs="policies.publish">
        <Controls view={view} />
      </Permitted>
    </Card>
  );
}

function Arm({
  name,
  figures: { requests, failed, latencyMs, costNanoUsd },
}: {
  readonly name: string;
  readonly figures: RolloutView['figures']['candidate'];
}) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{formatCount(requests)}</td>
      <td>
        {formatCount(failed)}
        {requests === 0 ? '' : ` (${formatShare(failed / requests)})`}
      </td>
      <td>{formatDuration(latencyMs)}</td>
      <td>{formatMoney(costNanoUsd)}</td>
    </tr>
  );
}

function Controls({ view }: { readonly view: RolloutView }) {
  const { alias, rollout } = view;
  const [reason, setReason] = useState('');
  const stale = [publishingKeys.rollouts, queryKeys.policies, queryKeys.deployments];
  const change = useChange('changeRollout', { stale });
  const end = useChange('endRollout', { stale });
  const { step, steps, paused, mode } = rollout;
  const params = { alias };
  const finish = (outcome: 'promoted' | 'rolled_back') => end.mutate({ params, body: { outcome, reason } });
  const isBusy = change.isPending || end.isPending;
  return (
    <>
      <Group gap="xs" align="end" mt="sm">
        <TextInput
          size="xs"
          style={{ flex: 1 }}
          label="Reason"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {mode === 'shadow' ? null : (
          <>
            <Button
              size="xs"
              variant="default"
              disabled={isBusy}
              onClick={() => change.mutate({ params, body: { paused: !paused } })}
            >
              {paused ? 'Go on' : 'Pause'}
            </Button>
            <Button
              size="xs"
              variant="default"
              disabled={isBusy || step + 1 >= steps.length}
              onClick={() => change.mutate({ params, body: { step: step + 1 } })}
            >
              Next step
            </Button>
          </>
        )}
        <Button size="xs" variant="default" disabled={isBusy} onClick={() => finish('rolled_back')}>
          Roll back
        </Button>
        <Button size="xs" disabled={isBusy} onClick={() => finish('promoted')}>
          Promote
        </Button>
      </Group>
      <p className={styles.hint}>
        Roll back: {view.alias} is served by v{view.baseline.version} alone from the next request on; publish
        again to go forward. Promote: it is served by v{rollout.candidate.version} alone. Both stand in the
        audit.
      </p>
      {change.isError ? <Failure error={change.error} /> : null}
      {end.isError ? <Failure error={end.error} /> : null}
    </>
  );
}
