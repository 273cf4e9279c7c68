import { Button, Select, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { PolicyReference } from '#server/contract/index.ts';
import { type CallAnswer, callApi } from '../client/call-api.ts';
import { usePolicies, usePolicy } from '../client/queries.ts';
import { numberOf, type RecordRow, textOf } from '../client/record-row.ts';
import { Failure } from '../look/feedback.tsx';
import { formatMoney, formatMoneyChange } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { RouteText } from '../look/route-text.tsx';
import { signalsIn } from '../simulate/decision-drawer.tsx';
import { candidatesOf, referenceOf, replayCost } from './replay-candidates.ts';
import styles from './request.module.css';

/** The recorded request decided by another version, beside what happened. */
export function ReplayUnder({ record }: { readonly record: RecordRow }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const policyId = textOf(record, 'decision.policy');
  const own = usePolicy(policyId);
  const { data } = usePolicies();
  const choices = candidatesOf(own.data, data?.policies ?? [], numberOf(record, 'decision.version'));
  return (
    <Card
      title="Replay under another version"
      aside={
        <Select
          aria-label="Replay under"
          placeholder="Choose a version"
          w={260}
          maw="60%"
          data={choices}
          value={chosen}
          onChange={setChosen}
          searchable
          nothingFoundMessage="No other version"
        />
      }
    >
      {chosen === null ? (
        <p className="wb-muted">
          Choose a version or a draft: it decides this request once more, on the signals that were recorded.
          Nothing is called.
        </p>
      ) : (
        <Replayed key={chosen} record={record} candidate={chosen} />
      )}
    </Card>
  );
}

function useReplay(record: RecordRow, candidate: PolicyReference) {
  const at = numberOf(record, 'time.at') ?? 0;
  const id = textOf(record, 'id');
  const decision = useQuery({
    queryKey: ['replay', 'decision', id, candidate],
    queryFn: ({ signal }) =>
      callApi('tryRequest', { body: { policy: candidate, signals: signalsIn(record) } }, signal),
    gcTime: 0,
  });
  const outcome = useQuery({
    queryKey: ['replay', 'outcome', id, candidate],
    queryFn: ({ signal }) => callApi('simulatePolicy', { body: { candidate, from: at, to: at + 1 } }, signal),
    gcTime: 0,
    retry: false,
  });
  return { decision, outcome };
}

function Replayed({ record, candidate }: { readonly record: RecordRow; readonly candidate: string }) {
  const { decision, outcome } = useReplay(record, referenceOf(candidate));
  if (decision.isError) return <Failure error={decision.error} onRetry={() => void decision.refetch()} />;
  if (decision.data === undefined || outcome.isPending) return <Skeleton height={120} radius="md" />;
  return <Beside record={record} candidate={candidate} trial={decision.data} outcome={outcome.data} />;
}

interface BesideProps {
  readonly record: RecordRow;
  readonly candidate: string;
  readonly trial: CallAnswer<'tryRequest'>;
  readonly outcome: CallAnswer<'simulatePolicy'> | undefined;
}

function Beside({ record, candidate, trial, outcome }: BesideProps) {
  const path = textOf(record, 'decision.path');
  const target = trial.attempts[0]?.target ?? '';
  const recorded = numberOf(record, 'cost.nano_usd');
  const { costNanoUsd, evidence } = replayCost(textOf(record, 'id'), recorded, outcome, trial);
  const planned = plannedTargets(record);
  const isSame = path === trial.pathText && (planned[0] ?? '') === target;
  return (
    <>
      <p className={styles.verdict} data-same={isSame} role="status">
        {isSame ? 'The same way to the same target.' : 'It would have gone another way.'}
      </p>
      <div className={styles.scroll}>
        <table className={styles.beside} aria-label="Recorded and replayed">
          <thead>
            <tr>
              <td />
              <th scope="col">As recorded</th>
              <th scope="col">Under {candidate}</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">Path</th>
              <td>
                <RouteText path={path} />
              </td>
              <td>
                <RouteText path={trial.pathText} />
              </td>
            </tr>
            <tr>
              <th scope="row">Would try</th>
              <td>{targetsText(planned)}</td>
              <td>
                {trial.refusal === null
                  ? targetsText(trial.attempts.map((attempt) => attempt.target))
                  : `refused: ${trial.refusal.code}`}
              </td>
            </tr>
            <tr>
              <th scope="row">Cost</th>
              <td>{formatMoney(recorded)}</td>
              <td>
                {formatMoney(costNanoUsd)}
                {recorded === null || costNanoUsd === null ? null : (
                  <span className="wb-muted"> ({formatMoneyChange(costNanoUsd - recorded)})</span>
                )}
                <small>{evidence}</small>
              </td>
            </tr>
          </tbody>
        </table>
      </div>
      <ReplayReasons trial={trial} />
      <PathLink candidate={candidate} pathText={trial.pathText} />
    </>
  );
}

function ReplayReasons({ trial }: Pick<BesideProps, 'trial'>) {
  return (
    <ol className={styles.sentences} aria-label="Why it would go this way">
      {trial.reasons.map(({ node, sentence }) => (
        <li key={`${node} ${sentence}`}>{sentence}</li>
      ))}
    </ol>
  );
}

function PathLink({ candidate, pathText }: { readonly candidate: string; readonly pathText: string }) {
  const reference = referenceOf(candidate);
  const version = reference.version === undefined ? '' : `/versions/${reference.version}`;
  return (
    <Button
      component={Link}
      href={`/policies/${encodeURIComponent(reference.id)}${version}?path=${encodeURIComponent(pathText)}`}
      variant="default"
      mt="sm"
    >
      See the path on {candidate}
    </Button>
  );
}

function plannedTargets(record: RecordRow): readonly string[] {
  const value = record['decision.targets'];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function targetsText(targets: readonly string[]) {
  if (targets.length === 0) return 'nobody';
  return <span className="wb-code">{targets.join(', then ')}</span>;
}
