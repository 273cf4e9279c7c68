import { Textarea } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { Failure } from '../look/feedback.tsx';
import { plural } from '../look/format.ts';
import styles from './publish.module.css';
import type { usePlayedCases } from './publishing-queries.ts';

interface Props {
  readonly played: ReturnType<typeof usePlayedCases>;
  readonly override: string;
  readonly onOverride: (reason: string) => void;
}

/** How the policy's cases come out; failing ones wait for a reason. */
export function PublishCases({ played, override, onOverride }: Props) {
  if (played.isError) return <Failure error={played.error} onRetry={() => void played.refetch()} />;
  if (played.data === undefined) return <p className={styles.check}>Playing the cases…</p>;
  const { results } = played.data;
  if (results.length === 0) return null;
  const failing = results.filter(({ passed }) => !passed);
  if (failing.length === 0) {
    return (
      <p className={styles.check} data-tone="good">
        <IconCircleCheck size={16} stroke={1.8} aria-hidden="true" />{' '}
        {results.length === 1 ? 'Its case passes' : `All ${results.length} cases pass`}
      </p>
    );
  }
  return (
    <section className={styles.changes}>
      <h3>
        {failing.length} of {plural(results.length, 'case')} fail
      </h3>
      <ul className={styles.cases}>
        {failing.slice(0, 5).map(({ name, differences }) => (
          <li key={name}>
            <IconCircleX size={15} stroke={1.8} aria-hidden="true" />
            <span>
              <strong>{name}</strong> {differences[0]}
            </span>
          </li>
        ))}
      </ul>
      <Textarea
        label="Publish anyway, because"
        description="Stands in the audit."
        autosize
        value={override}
        onChange={(event) => onOverride(event.currentTarget.value)}
      />
    </section>
  );
}
