import { Badge, Button, Skeleton } from '@mantine/core';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import { formatAgo, formatTimeFully } from '../look/format.ts';
import styles from './people.module.css';
import { accountsKey, useSessionsOf } from './people-queries.ts';
import { usePermission } from './use-permission.ts';

/** Where somebody is signed in, each to be ended. */
export function SessionsList({
  account,
  own = false,
}: {
  readonly account: string;
  /** Whether they are those of whoever looks: anybody may end their own. */
  readonly own?: boolean;
}) {
  const sessions = useSessionsOf(account);
  const mayEnd = usePermission('people.manage').allowed || own;
  const revoke = useChange('revokeSession', { stale: [accountsKey], failure: 'The session goes on' });
  if (sessions.isError) return <Failure error={sessions.error} onRetry={() => void sessions.refetch()} />;
  if (sessions.data === undefined) return <Skeleton height={60} radius="md" />;
  if (sessions.data.sessions.length === 0) return <p className="wb-muted">Nowhere at the moment.</p>;
  return (
    <ul className={styles.sessions}>
      {sessions.data.sessions.map((session) => (
        <li key={session.id}>
          <span>
            <span>
              {session.device} {session.current ? <Badge size="xs">this one</Badge> : null}
            </span>
            <span className="wb-muted" title={formatTimeFully(Date.parse(session.lastSeenAt))}>
              last seen {formatAgo(Date.parse(session.lastSeenAt), Date.now())}
            </span>
          </span>
          {mayEnd ? (
            <Button
              variant="default"
              size="compact-xs"
              loading={revoke.isPending}
              onClick={() => revoke.mutate({ params: { id: session.id } })}
            >
              End it
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
