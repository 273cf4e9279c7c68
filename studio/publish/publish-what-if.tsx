import { useMemo } from 'react';
import { Link } from 'wouter';
import { useDocument } from '../document/index.ts';
import { Status } from '../look/status.tsx';
import { useSimulation, type WhatIf } from '../simulate/use-simulation.ts';
import { shortVerdictOf, verdictOf } from '../simulate/verdict.ts';
import styles from './publish.module.css';

interface Props {
  readonly policyId: string;
  /** The version it is compared with; without one, the recorded decisions. */
  readonly version: number | null;
  /** Since when requests are replayed, ms since 1970. */
  readonly from: number;
  readonly isBlocked: boolean;
  readonly onLeave: () => void;
}

/** What the last 14 days would have cost, in one sentence. */
export function PublishWhatIf({ policyId, version, from, isBlocked, onLeave }: Props) {
  const policy = useDocument((state) => state.policy);
  const question = useMemo(
    (): WhatIf | null =>
      isBlocked
        ? null
        : { candidate: { policy }, baseline: version === null ? null : { id: policyId, version }, from },
    [isBlocked, policy, policyId, version, from],
  );
  const result = useSimulation(question);
  if (isBlocked) return null;
  if (result.isError) return <p className={styles.check}>What-if: {result.error.message}</p>;
  if (result.data === undefined) return <p className={styles.check}>Replaying the last 14 days…</p>;
  return (
    <p className={styles.check}>
      <Status tone={shortVerdictOf(result.data).tone}>
        <span className={styles.sentence}>{verdictOf(result.data, 'the last 14 days')}</span>
      </Status>{' '}
      <Link href={`/what-if/${policyId}`} onClick={onLeave}>
        Look closer
      </Link>
    </p>
  );
}
