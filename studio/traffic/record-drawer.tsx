import { Badge, Button, Drawer, Group, Skeleton } from '@mantine/core';
import { IconArrowRight, IconCircleCheck, IconCircleX, IconFlask2 } from '@tabler/icons-react';
import { Link } from 'wouter';
import { auditOfVersion } from '../audit/audit-link.ts';
import type { CallAnswer } from '../client/call-api.ts';
import { useRecord } from '../client/queries.ts';
import { attemptsOf, type LoggedAttempt, numberOf, type RecordRow, textOf } from '../client/record-row.ts';
import { Copy } from '../look/code-block.tsx';
import { Failure } from '../look/feedback.tsx';
import { formatDuration, formatMoney, formatTimeFully } from '../look/format.ts';
import { Figure } from '../look/page.tsx';
import { SignalsTable } from '../look/signals-table.tsx';
import { RequestStatus } from '../look/status.tsx';
import { type Column, DataTable } from '../look/table.tsx';
import { Permitted } from '../people/permitted.tsx';
import { KeptText } from '../privacy/kept-text.tsx';
import { CostFigure, LatencyFigure, TokensBar } from './record-parts.tsx';
import styles from './traffic.module.css';

/** One logged request: why it went where it went, what it cost, and whether it replays to the same decision. */
export function RecordDrawer({ id, onClose }: { readonly id: string | null; readonly onClose: () => void }) {
  const record = useRecord(id);
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      size={640}
      padding="lg"
      title={
        <Group gap={6}>
          <strong>Request</strong>
          <code className="wb-code wb-muted">{id}</code>
          {id === null ? null : <Copy text={id} label="Copy id" />}
          {id === null ? null : (
            <Button
              component={Link}
              href={`/traffic/${encodeURIComponent(id)}`}
              variant="subtle"
              size="compact-sm"
              rightSection={<IconArrowRight size={13} stroke={1.8} />}
            >
              Open its page
            </Button>
          )}
        </Group>
      }
    >
      {record.isError ? <Failure error={record.error} /> : null}
      {record.isLoading ? <Skeleton height={500} radius="md" /> : null}
      {record.data === undefined ? null : <RecordDetail answer={record.data} />}
    </Drawer>
  );
}

function RecordDetail({ answer }: { readonly answer: CallAnswer<'readRecord'> }) {
  const { record, reasons, replay, version } = answer;
  const policy = textOf(record, 'decision.policy');
  const attempts = attemptsOf(record);
  return (
    <div className={styles.sections}>
      <Head record={record} policy={policy} />
      <PublishedBy version={version} />
      <Replay replay={replay} />
      <Figures record={record} />
      {reasons.length === 0 ? null : (
        <section>
          <h3>Why it went this way</h3>
          <ol className={styles.reasons}>
            {reasons.map(({ node, sentence }) => (
              <li key={`${node} ${sentence}`}>
                {sentence} <code>{node}</code>
              </li>
            ))}
          </ol>
        </section>
      )}
      {attempts.length === 0 ? null : (
        <section>
          <h3>Attempts</h3>
          <DataTable
            label="Attempts"
            columns={attemptColumns}
            rows={attempts}
            keyOf={(attempt) => `${attempts.indexOf(attempt)}`}
          />
        </section>
      )}
      <section>
        <h3>Tokens</h3>
        <TokensBar record={record} />
      </section>
      <KeptText id={textOf(record, 'id')} team={textOf(record, 'caller.team')} />
      <section>
        <h3>Signals</h3>
        <SignalsTable signals={record} />
      </section>
    </div>
  );
}

function Head({ record, policy }: { readonly record: RecordRow; readonly policy: string }) {
  const at = numberOf(record, 'time.at');
  const error = textOf(record, 'outcome.error');
  return (
    <Group gap="sm">
      <RequestStatus status={textOf(record, 'outcome.status')} />
      {error === '' ? null : <Badge color="red">{error}</Badge>}
      {record.sandbox === true ? (
        <Badge variant="outline" color="gray" c="inherit">
          sandbox
        </Badge>
      ) : null}
      <span className="wb-muted">{at === null ? '' : formatTimeFully(at)}</span>
      {policy === '' ? null : (
        <Button
          component={Link}
          href={`/policies/${policy}?record=${encodeURIComponent(textOf(record, 'id'))}`}
          variant="default"
          ml="auto"
          leftSection={<IconFlask2 size={14} stroke={1.6} />}
        >
          Open in tester
        </Button>
      )}
    </Group>
  );
}

/** The version that decided, with who published it, when and why. */
export function PublishedBy({ version }: Pick<CallAnswer<'readRecord'>, 'version'>) {
  if (version === null) return null;
  const { policy, version: number, author, at, note } = version;
  return (
    <p className={styles.published}>
      Decided by{' '}
      <Link href={`/policies/${encodeURIComponent(policy)}/versions/${number}`}>
        {policy}, version {number}
      </Link>
      , published by{' '}
      <Permitted needs="audit.read" otherwise={author}>
        <Link href={auditOfVersion(policy, at)}>{author}</Link>
      </Permitted>{' '}
      {`on ${formatTimeFully(Date.parse(at))}${note === '' ? '' : `: “${note}”`}`}
    </p>
  );
}

/** Whether the recorded decision is decided alike once more. */
export function Replay({ replay }: Pick<CallAnswer<'readRecord'>, 'replay'>) {
  if (replay === null) {
    return (
      <div className={styles.replay} data-identical="none">
        Not replayed: the version that decided is not here.
      </div>
    );
  }
  const Icon = replay.identical ? IconCircleCheck : IconCircleX;
  return (
    <div className={styles.replay} data-identical={replay.identical}>
      <Icon size={16} stroke={1.8} aria-hidden="true" />
      {replay.identical
        ? 'Replays to the recorded decision'
        : `Replays to another decision: ${replay.path} (${replay.targets.join(', ')})`}
    </div>
  );
}

function Figures({ record }: { readonly record: RecordRow }) {
  const target = textOf(record, 'outcome.target');
  return (
    <dl className={styles.facts} style={{ margin: 0 }}>
      <CostFigure record={record} />
      <LatencyFigure record={record} />
      <Figure
        name="Target"
        value={
          <span style={{ fontSize: 13, wordBreak: 'break-word' }}>{target === '' ? 'none' : target}</span>
        }
        detail={`${textOf(record, 'decision.policy') || 'direct'}@${numberOf(record, 'decision.version') ?? 0}`}
      />
    </dl>
  );
}

const attemptColumns: readonly Column<LoggedAttempt>[] = [
  {
    key: 'arrow',
    head: '',
    width: 20,
    cell: () => <IconArrowRight size={14} stroke={1.6} aria-hidden="true" />,
  },
  {
    key: 'target',
    head: 'Target',
    cell: ({ target, role }) => (
      <>
        <span className="wb-code">{target}</span>
        {role === undefined ? null : <span className="wb-muted"> as {role}</span>}
      </>
    ),
  },
  {
    key: 'outcome',
    head: 'Outcome',
    cell: ({ outcome, status }) => `${outcome}${status == null ? '' : ` (${status})`}`,
  },
  {
    key: 'latency',
    head: 'Latency',
    align: 'right',
    cell: ({ latency_ms }) => formatDuration(latency_ms ?? null),
  },
  {
    key: 'cost',
    head: 'Cost',
    align: 'right',
    cell: ({ cost_nano_usd }) => formatMoney(cost_nano_usd ?? null),
  },
];
