import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { PolicyEnvelope } from '#server/contract/index.ts';
import { idleFlow, type LiveMap, liveSentence } from '../canvas/index.ts';
import { exitsOf, titleOf, useDocument } from '../document/index.ts';
import { Failure } from '../look/feedback.tsx';
import { formatShare, plural } from '../look/format.ts';
import { useEditorStore } from './editor-state.ts';
import styles from './live-map-legend.module.css';
import { badlyFailingShare, failingShare, slowMs, verySlowMs } from './live-map-of.ts';
import type { LiveView } from './use-live-map.ts';

interface Props {
  readonly live: LiveView;
  readonly envelope: PolicyEnvelope;
}

/** What the live map shows, what its tints mean, and the same as a table: a line above the drawing. */
export function LiveMapLegend({ live, envelope }: Props) {
  const editor = useEditorStore();
  const { map, answer, error } = live;
  return (
    <section className={styles.legend} aria-label="Live map">
      <h2>Live map</h2>
      {answer === undefined ? (
        error === null ? (
          <p>Reading the last 15 minutes…</p>
        ) : (
          <Failure error={error} />
        )
      ) : (
        <About answer={answer} envelope={envelope} />
      )}
      <details className={styles.more}>
        <summary>What the lines mean</summary>
        <Key />
      </details>
      {map === null ? null : <AsTable map={map} />}
      <ActionIcon
        size={24}
        className={styles.close ?? ''}
        aria-label="Close the live map"
        onClick={() => editor.setState({ showsLive: false })}
      >
        <IconX size={14} stroke={1.8} />
      </ActionIcon>
    </section>
  );
}

function About({
  answer: { version, serving, requests, failed },
  envelope,
}: {
  readonly answer: NonNullable<LiveView['answer']>;
  readonly envelope: PolicyEnvelope;
}) {
  const hash = useDocument((state) => state.hash);
  if (version === null) return <p>Nothing is published yet, so nothing comes by.</p>;
  const shown = envelope.versions.find((one) => one.version === version);
  const differs = shown !== undefined && shown.hash !== hash;
  return (
    <>
      <p>
        <strong>{plural(requests, 'request')}</strong> in the last 15 minutes through version {version},{' '}
        {version === serving ? 'which serves' : 'which does not serve now'}
        {failed === 0 ? '.' : `; ${failed} failed (${formatShare(failed / requests)}).`}
      </p>
      {differs ? (
        <p>
          This drawing differs from it.{' '}
          <Link href={`/policies/${encodeURIComponent(envelope.policy.id)}/versions/${version}?live`}>
            See it on version {version}
          </Link>
        </p>
      ) : null}
    </>
  );
}

function Key() {
  return (
    <ul className={styles.key} aria-label="What the lines mean">
      <li>
        <Sample tint="well" wide /> as wide as its share of the requests
      </li>
      <li>
        <Sample tint="slow" /> 95 % take {slowMs / 1_000} s or more
      </li>
      <li>
        <Sample tint="very-slow" /> 95 % take {verySlowMs / 1_000} s or more
      </li>
      <li>
        <Sample tint="failing" /> {formatShare(failingShare)} or more failed, or only a second call answered
      </li>
      <li>
        <Sample tint="badly-failing" /> {formatShare(badlyFailingShare)} or more of them
      </li>
      <li>
        <Sample tint="idle" /> nothing came by
      </li>
    </ul>
  );
}

function Sample({ tint, wide = false }: { readonly tint: string; readonly wide?: boolean }) {
  return (
    <svg width="34" height="10" aria-hidden="true" className={styles.sample} data-tint={tint}>
      <path d="M1 5H33" strokeWidth={wide ? 7 : 3} />
    </svg>
  );
}

function AsTable({ map }: { readonly map: LiveMap }) {
  const nodes = useDocument((state) => state.policy.nodes);
  const rows = Object.entries(nodes).flatMap(([id, node]) => [
    { key: id, name: titleOf(node), exit: '', flow: map.nodes.get(id) ?? idleFlow },
    ...exitsOf(node).map((exit) => ({
      key: `${id}:${exit.id}`,
      name: titleOf(node),
      exit: exit.label,
      flow: map.edges.get(`${id}:${exit.id}`) ?? idleFlow,
    })),
  ]);
  return (
    <details className={styles.more}>
      <summary>As a table</summary>
      <table aria-label="Traffic by node and exit">
        <thead>
          <tr>
            <th scope="col">Node or exit</th>
            <th scope="col">In the last 15 minutes</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, exit, flow }) => (
            <tr key={key} data-exit={exit !== ''}>
              <th scope="row">{exit === '' ? name : exit}</th>
              <td>{liveSentence(flow)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
