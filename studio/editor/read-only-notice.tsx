import { Button } from '@mantine/core';
import { Link } from 'wouter';
import type { PolicyEnvelope } from '#server/contract/index.ts';
import { auditOfVersion } from '../audit/audit-link.ts';
import { queryKeys } from '../client/queries.ts';
import { useChange } from '../client/use-change.ts';
import { useDocument } from '../document/index.ts';
import { formatAgo } from '../look/format.ts';
import { Permitted } from '../people/permitted.tsx';
import { usePermission } from '../people/use-permission.ts';
import styles from './editor.module.css';

interface Props {
  readonly envelope: PolicyEnvelope;
  readonly version: number | null;
  readonly onOpenPolicy: (id: string) => void;
}

/** Says why nothing can be edited here, and what to do instead. */
export function ReadOnlyNotice({ envelope, version, onOpenPolicy }: Props) {
  const policy = useDocument((state) => state.policy);
  const copy = useChange('createPolicy', {
    stale: [queryKeys.policies],
    failure: 'The policy was not copied',
    onDone: (made) => onOpenPolicy(made.policy.id),
  });
  const edit = usePermission('policies.edit');
  if (version !== null) return <VersionNotice envelope={envelope} version={version} />;
  if (!edit.allowed) {
    return (
      <div className={styles.notice} role="status">
        <span>This policy is read-only for you. {edit.reason}</span>
      </div>
    );
  }
  if (envelope.origin !== 'file') return null;
  return (
    <div className={styles.notice} role="status">
      <span>
        This policy is managed by a file, so it is read-only here. Copy it to edit and publish it in the
        studio.
      </span>
      <Button
        size="compact-sm"
        loading={copy.isPending}
        onClick={() => copy.mutate({ body: { name: `${policy.name} copy`, policy } })}
      >
        Copy as draft
      </Button>
    </div>
  );
}

function VersionNotice({
  envelope,
  version,
}: {
  readonly envelope: PolicyEnvelope;
  readonly version: number;
}) {
  const summary = envelope.versions.find((one) => one.version === version);
  const id = envelope.policy.id;
  return (
    <div className={styles.notice} role="status">
      <span>
        <strong>Version {version}</strong>
        {summary === undefined ? null : (
          <>
            , published {formatAgo(Date.parse(summary.at), Date.now())} by{' '}
            <Permitted needs="audit.read" otherwise={summary.author}>
              <Link href={auditOfVersion(id, summary.at)}>{summary.author}</Link>
            </Permitted>
          </>
        )}
        {summary === undefined || summary.note === '' ? null : `: ${summary.note}`}
      </span>
      {envelope.origin === 'file' ? null : (
        <Permitted needs="policies.edit">
          <Button component={Link} href={`/policies/${id}?restore=${version}`} size="compact-sm">
            Restore as draft
          </Button>
        </Permitted>
      )}
      <Button component={Link} href={`/policies/${id}`} size="compact-sm" variant="default">
        Back to the draft
      </Button>
    </div>
  );
}
