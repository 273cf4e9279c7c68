import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { CallAnswer } from '../client/call-api.ts';
import { numberOf, type RecordRow, textOf } from '../client/record-row.ts';
import { Copy } from '../look/code-block.tsx';
import { formatTimeFully } from '../look/format.ts';
import { Card, Figure, Figures } from '../look/page.tsx';
import { CostFigure, LatencyFigure } from './record-parts.tsx';
import styles from './request.module.css';

/** What it cost, how long it took, who was asked for and who answered. */
export function RequestFigures({ record }: { readonly record: RecordRow }) {
  const asked = textOf(record, 'request.model');
  const served = textOf(record, 'outcome.target');
  return (
    <Figures>
      <Figure
        name="Model asked → served"
        value={
          <span className={styles.models}>
            {asked === '' ? 'unknown' : asked} <span className="wb-muted">→</span>{' '}
            {served === '' ? 'nobody' : served}
          </span>
        }
        detail={textOf(record, 'request.dialect').replaceAll('-', ' ')}
      />
      <CostFigure record={record} />
      <LatencyFigure record={record} />
      <Figure
        name="Status"
        value={textOf(record, 'outcome.status')}
        detail={`HTTP ${numberOf(record, 'outcome.http_status') ?? 'unknown'}${errorText(record)}`}
      />
    </Figures>
  );
}

function errorText(record: RecordRow): string {
  const error = textOf(record, 'outcome.error');
  return error === '' ? '' : `, ${error.replaceAll('_', ' ')}`;
}

/** Who asked, each the way to everything else of theirs. */
export function RequestFacts({ record }: { readonly record: RecordRow }) {
  const at = numberOf(record, 'time.at');
  const tags = listOf(record, 'caller.tags');
  return (
    <Card title="Who asked">
      <dl className={styles.facts}>
        <Fact name="Time">{at === null ? 'unknown' : formatTimeFully(at)}</Fact>
        <Fact name="Team">{found(record, 'caller.team', 'team')}</Fact>
        <Fact name="Project">{found(record, 'caller.project', 'project')}</Fact>
        <Fact name="Key">{found(record, 'caller.key', 'key')}</Fact>
        <Fact name="End user">{found(record, 'caller.user', 'user')}</Fact>
        <Fact name="Tags">
          {tags.length === 0 ? <None /> : tags.map((tag) => <Others key={tag} filter="tag" value={tag} />)}
        </Fact>
        <Fact name="Task">{found(record, 'task.label', 'task')}</Fact>
        <Fact name="Session">{found(record, 'session.id', 'session')}</Fact>
      </dl>
    </Card>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function found(record: RecordRow, column: string, filter: string) {
  const value = textOf(record, column);
  return value === '' ? <None /> : <Others filter={filter} value={value} />;
}

function None() {
  return <span className="wb-muted">none</span>;
}

function Others({ filter, value }: { readonly filter: string; readonly value: string }) {
  return (
    <Link
      href={`/traffic?${new URLSearchParams({ [filter]: value })}`}
      title={`All requests with this ${filter}`}
    >
      {value.replaceAll('_', ' ')}
    </Link>
  );
}

function listOf(record: RecordRow, column: string): readonly string[] {
  const value = record[column];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** What the client's reply said of its way, and what got lost on it. */
export function RequestHeaders({
  record,
  headers,
}: {
  readonly record: RecordRow;
  readonly headers: CallAnswer<'readRecord'>['headers'];
}) {
  const dropped = listOf(record, 'outcome.dropped');
  const notes = listOf(record, 'outcome.notes');
  return (
    <Card
      title="Headers of the reply"
      aside={
        <Copy text={headers.map(({ name, value }) => `${name}: ${value}`).join('\n')} label="Copy headers" />
      }
    >
      <dl className={styles.headers}>
        {headers.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.lost}>
        {dropped.length === 0
          ? 'Nothing was dropped between the client’s dialect and the target’s.'
          : `Dropped, since the target’s dialect cannot carry it: ${dropped.join(', ')}.`}
        {notes.length === 0 ? '' : ` Noted: ${notes.map((note) => note.replaceAll('_', ' ')).join(', ')}.`}
      </p>
    </Card>
  );
}
