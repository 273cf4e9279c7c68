import { Button } from '@mantine/core';
import { IconArrowBackUp, IconGitCompare } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { PolicyEnvelope, VersionSummary } from '#server/contract/index.ts';
import { auditOfVersion } from '../audit/audit-link.ts';
import { useDeployments } from '../client/queries.ts';
import { Copy } from '../look/code-block.tsx';
import { formatAgo } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { Status } from '../look/status.tsx';
import { Permitted } from '../people/permitted.tsx';
import styles from './publish.module.css';
import { useRollouts } from './publishing-queries.ts';
import { servingOf } from './serving-of.ts';

interface Props {
  readonly envelope: PolicyEnvelope;
  readonly onRollBack: (version: number) => void;
}

/** Every version, newest first: what it serves, who published it and why, how to ask for it, and the way back to it. */
export function VersionList({ envelope, onRollBack }: Props) {
  const deployments = useDeployments();
  const rollouts = useRollouts();
  const { versions, policy, origin } = envelope;
  const newest = versions[0]?.version ?? 0;
  if (versions.length === 0) {
    return (
      <Card title="Versions">
        <p className="wb-muted">Nothing is published yet. Publish the draft, and it becomes version 1.</p>
      </Card>
    );
  }
  return (
    <Card title="Versions" padded={false}>
      <ul className={styles.plain} aria-label="Versions, newest first">
        {versions.map((one, index) => (
          <Version
            key={one.version}
            policy={policy.id}
            summary={one}
            before={versions[index + 1]?.version ?? null}
            serves={servingOf(
              policy.id,
              one,
              newest,
              deployments.data?.deployments ?? [],
              rollouts.data?.running ?? [],
            )}
            mayGoBack={origin === 'studio' && one.version !== newest && one.hash !== versions[0]?.hash}
            onRollBack={onRollBack}
          />
        ))}
      </ul>
    </Card>
  );
}

interface VersionProps {
  readonly policy: string;
  readonly summary: VersionSummary;
  /** The version before it. */
  readonly before: number | null;
  readonly serves: readonly string[];
  readonly mayGoBack: boolean;
  readonly onRollBack: (version: number) => void;
}

function Version({ policy, summary, before, serves, mayGoBack, onRollBack }: VersionProps) {
  const { version, note, author, at } = summary;
  const reference = `policy/${policy}@${version}`;
  return (
    <li className={styles.version}>
      <div className={styles.about}>
        <div className={styles.head}>
          <Link href={`/policies/${policy}/versions/${version}`} className={styles.number ?? ''}>
            Version {version}
          </Link>
          {serves.length === 0 ? (
            <Status tone="neutral">serves no alias</Status>
          ) : (
            <Status tone="good">serves {serves.join(', ')}</Status>
          )}
        </div>
        {note === '' ? null : <p>{note}</p>}
        <p className="wb-muted">
          {formatAgo(Date.parse(at), Date.now())} by{' '}
          <Permitted needs="audit.read" otherwise={author}>
            <Link href={auditOfVersion(policy, at)}>{author}</Link>
          </Permitted>
        </p>
        <p className={styles.reference}>
          <code>{reference}</code>
          <Copy text={reference} label={`Copy ${reference}, the model name that asks for this version`} />
        </p>
      </div>
      <div className={styles.actions}>
        {before === null ? null : (
          <Button
            component={Link}
            href={`/policies/${policy}/versions?from=${before}&to=${version}#differences`}
            size="compact-sm"
            variant="default"
            leftSection={<IconGitCompare size={14} stroke={1.7} />}
          >
            Compare with v{before}
          </Button>
        )}
        {mayGoBack ? (
          <Permitted needs="policies.publish">
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconArrowBackUp size={14} stroke={1.7} />}
              onClick={() => onRollBack(version)}
            >
              Roll back to v{version}…
            </Button>
          </Permitted>
        ) : null}
      </div>
    </li>
  );
}
