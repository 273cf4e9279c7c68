import { Button, CopyButton, Group, Skeleton } from '@mantine/core';
import {
  IconArrowLeft,
  IconBraces,
  IconCheck,
  IconFileSearch,
  IconFlask2,
  IconPin,
} from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { ApiFailure } from '../client/api-failure.ts';
import type { CallAnswer } from '../client/call-api.ts';
import { useRecord } from '../client/queries.ts';
import { numberOf, type RecordRow, textOf } from '../client/record-row.ts';
import { Copy } from '../look/code-block.tsx';
import { Empty, Failure } from '../look/feedback.tsx';
import { formatTimeFully } from '../look/format.ts';
import { Card, Page } from '../look/page.tsx';
import { SignalsTable } from '../look/signals-table.tsx';
import { RequestStatus } from '../look/status.tsx';
import { KeptText } from '../privacy/kept-text.tsx';
import { AttemptsWaterfall } from './attempts-waterfall.tsx';
import { CostLines } from './cost-lines.tsx';
import { KeepCase } from './keep-case.tsx';
import { PublishedBy, Replay } from './record-drawer.tsx';
import { TokensBar } from './record-parts.tsx';
import { ReplayUnder } from './replay-under.tsx';
import styles from './request.module.css';
import { RequestFacts, RequestFigures, RequestHeaders } from './request-facts.tsx';
import { RequestPath } from './request-path.tsx';

/** One request at an address of its own: its way, its calls, its tokens, its cost, and the same under another version. */
export function RequestPage({ id }: { readonly id: string }) {
  const record = useRecord(id);
  if (record.isError) return <Missing id={id} error={record.error} onRetry={() => void record.refetch()} />;
  if (record.data === undefined) return <Loading id={id} />;
  return <Told id={id} answer={record.data} />;
}

function Loading({ id }: { readonly id: string }) {
  return (
    <Page title="Request" summary={<code className="wb-code">{id}</code>}>
      <Skeleton height={88} radius="md" />
      <Skeleton height={380} radius="md" />
    </Page>
  );
}

function Missing({
  id,
  error,
  onRetry,
}: {
  readonly id: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}) {
  const isGone = error instanceof ApiFailure && error.status === 404;
  return (
    <Page title="Request" summary={<code className="wb-code">{id}</code>}>
      {isGone ? (
        <Card>
          <Empty
            icon={IconFileSearch}
            title="No such request here"
            action={
              <Button component={Link} href="/traffic" variant="default">
                To the log
              </Button>
            }
          >
            The log has no request of this id that you may see. It may have been removed with the records of
            its day, belong to a team whose traffic is not yours to read, or come from another installation.
          </Empty>
        </Card>
      ) : (
        <Failure error={error} onRetry={onRetry} />
      )}
    </Page>
  );
}

type Answer = CallAnswer<'readRecord'>;

function Told({ id, answer }: { readonly id: string; readonly answer: Answer }) {
  const { record, reasons, replay, version, cost, headers } = answer;
  const at = numberOf(record, 'time.at');
  return (
    <Page
      title="Request"
      summary={
        <Group gap={8} component="span">
          <code className="wb-code">{id}</code>
          <Copy text={id} label="Copy id" />
          <RequestStatus status={textOf(record, 'outcome.status')} />
          <span>{at === null ? '' : formatTimeFully(at)}</span>
        </Group>
      }
      actions={<Actions record={record} />}
    >
      <RequestFigures record={record} />
      <Way record={record} reasons={reasons} replay={replay} version={version} />
      <Card title="Attempts" padded={false}>
        <AttemptsWaterfall record={record} />
      </Card>
      <div className={styles.columns}>
        <div className={styles.column}>
          <Card title="Cost, line by line" padded={false}>
            <CostLines cost={cost} />
          </Card>
          <Card title="Tokens by class">
            <TokensBar record={record} />
          </Card>
        </div>
        <div className={styles.column}>
          <RequestFacts record={record} />
          <RequestHeaders record={record} headers={headers} />
        </div>
      </div>
      {replay === null ? null : <ReplayUnder record={record} />}
      <Words record={record} />
      <Card title="Signals">
        <details className={styles.signals}>
          <summary>Everything a policy could decide on, as it was measured</summary>
          <SignalsTable signals={record} />
        </details>
      </Card>
    </Page>
  );
}

function Actions({ record }: { readonly record: RecordRow }) {
  const [keeps, setKeeps] = useState(false);
  const policy = textOf(record, 'decision.policy');
  return (
    <>
      <Button component={Link} href="/traffic" variant="subtle" leftSection={<IconArrowLeft size={14} />}>
        Log
      </Button>
      <CopyButton value={JSON.stringify(record, null, 2)} timeout={1_500}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            leftSection={copied ? <IconCheck size={14} /> : <IconBraces size={14} />}
            onClick={copy}
          >
            {copied ? 'Copied' : 'Copy as JSON'}
          </Button>
        )}
      </CopyButton>
      {policy === '' ? null : (
        <>
          <Button variant="default" leftSection={<IconPin size={14} />} onClick={() => setKeeps(true)}>
            Keep as a case…
          </Button>
          <Button
            component={Link}
            href={`/policies/${encodeURIComponent(policy)}?record=${encodeURIComponent(textOf(record, 'id'))}`}
            leftSection={<IconFlask2 size={14} />}
          >
            Test this request
          </Button>
        </>
      )}
      {keeps ? <KeepCase record={record} onClose={() => setKeeps(false)} /> : null}
    </>
  );
}

function Way({
  record,
  reasons,
  replay,
  version,
}: { readonly record: RecordRow } & Pick<Answer, 'reasons' | 'replay' | 'version'>) {
  const policy = textOf(record, 'decision.policy');
  const number = numberOf(record, 'decision.version') ?? 0;
  if (policy === '')
    return (
      <Card title="Path">
        <p className="wb-muted">
          No policy decided: the request named its target itself, or was turned away before one could.
        </p>
      </Card>
    );
  return (
    <Card title="Path" padded={false}>
      <div className={styles.decided}>
        <PublishedBy version={version} />
        <Replay replay={replay} />
      </div>
      {version === null ? (
        <p className={styles.wordy}>
          <code className="wb-code">{textOf(record, 'decision.path')}</code>{' '}
          <span className="wb-muted">
            on {policy}, version {number}, which is not here.
          </span>
        </p>
      ) : (
        <RequestPath
          policy={policy}
          version={number}
          path={textOf(record, 'decision.path')}
          reasons={reasons}
        />
      )}
    </Card>
  );
}

function Words({ record }: { readonly record: RecordRow }) {
  return <KeptText id={textOf(record, 'id')} team={textOf(record, 'caller.team')} />;
}
