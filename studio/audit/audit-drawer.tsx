import { Drawer, Group } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { AuditView } from '#server/contract/audit.ts';
import { Copy } from '../look/code-block.tsx';
import { formatTimeFully } from '../look/format.ts';
import styles from './audit.module.css';
import { type Change, changesOf } from './changes-of.ts';
import { comparisonOf, placeOfSubject } from './subject-link.ts';

/** One entry: what was there before and after, why, and its place in the chain. */
export function AuditDrawer({
  entry,
  onClose,
}: {
  readonly entry: AuditView | null;
  readonly onClose: () => void;
}) {
  return (
    <Drawer
      opened={entry !== null}
      onClose={onClose}
      size={640}
      padding="lg"
      title={
        <Group gap={8}>
          <strong>Entry {entry?.sequence}</strong>
          <code className="wb-code wb-muted">{entry?.action}</code>
        </Group>
      }
    >
      {entry === null ? null : <Entry entry={entry} />}
    </Drawer>
  );
}

function Entry({ entry }: { readonly entry: AuditView }) {
  const place = placeOfSubject(entry);
  const comparison = comparisonOf(entry);
  return (
    <div className={styles.sections}>
      <dl className={styles.facts}>
        <dt>When</dt>
        <dd>{formatTimeFully(Date.parse(entry.at))}</dd>
        <dt>Who</dt>
        <dd>
          {entry.actor}
          {entry.address === undefined ? null : <span className="wb-muted"> from {entry.address}</span>}
        </dd>
        <dt>Subject</dt>
        <dd>
          {entry.subject}
          {place === null ? null : (
            <Link href={place} className={styles.link ?? ''}>
              Open <IconArrowRight size={13} stroke={1.8} aria-hidden="true" />
            </Link>
          )}
          {comparison === null ? null : (
            <Link href={comparison} className={styles.link ?? ''}>
              What changed <IconArrowRight size={13} stroke={1.8} aria-hidden="true" />
            </Link>
          )}
        </dd>
        {entry.reason === undefined ? null : (
          <>
            <dt>Reason</dt>
            <dd>{entry.reason}</dd>
          </>
        )}
      </dl>
      <section>
        <h3>Before and after</h3>
        <Changes changes={changesOf(entry.before, entry.after)} />
      </section>
      <section>
        <h3>In the chain</h3>
        <dl className={styles.facts}>
          <dt>Hash</dt>
          <dd className={styles.hash}>
            <code className="wb-code">{entry.hash}</code>
            <Copy text={entry.hash} label="Copy hash" />
          </dd>
          <dt>Before it</dt>
          <dd className={styles.hash}>
            <code className="wb-code">{entry.previous}</code>
          </dd>
        </dl>
      </section>
    </div>
  );
}

const marks = { added: '+', removed: '−', changed: '~', same: '' } as const;
const words = { added: 'added', removed: 'removed', changed: 'changed', same: 'unchanged' } as const;

function Changes({ changes }: { readonly changes: readonly Change[] }) {
  if (changes.length === 0) return <p className="wb-muted">Nothing was stated.</p>;
  return (
    <table className={styles.diff} aria-label="Before and after">
      <thead>
        <tr>
          <th scope="col">
            <span className="wb-hidden">Kind</span>
          </th>
          <th scope="col">Place</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ place, kind, before, after }) => (
          <tr key={place} data-kind={kind}>
            <td>
              <span aria-hidden="true">{marks[kind]}</span>
              <span className="wb-hidden">{words[kind]}</span>
            </td>
            <th scope="row">{place}</th>
            <td>{before ?? ''}</td>
            <td>{after ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
