import { Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { parsePath } from '#engine/plan/path-text.ts';
import type { Policy } from '#engine/policy/index.ts';
import { PolicyCanvas } from '../canvas/index.ts';
import type { CallAnswer } from '../client/call-api.ts';
import { useVersion } from '../client/queries.ts';
import { useModels } from '../client/use-models.ts';
import { createDocument, DocumentProvider, type PolicyDocument, targetViewOf } from '../document/index.ts';
import { Failure } from '../look/feedback.tsx';
import { RouteText } from '../look/route-text.tsx';
import styles from './request.module.css';

interface Props {
  readonly policy: string;
  readonly version: number;
  /** As the log writes it. */
  readonly path: string;
  readonly reasons: CallAnswer<'readRecord'>['reasons'];
}

/** The way a request took, on the drawing of the version that decided, and why at each step. */
export function RequestPath({ policy, version, path, reasons }: Props) {
  const shown = useVersion(policy, version);
  if (shown.isPending) return <Skeleton height={360} radius={0} />;
  if (shown.isError)
    return (
      <div className={styles.wordy}>
        <Failure error={shown.error} />
        <RouteText path={path} />
      </div>
    );
  return <Drawn key={`${policy}@${version}`} drawing={shown.data.policy} path={path} reasons={reasons} />;
}

function Drawn({ drawing, path, reasons }: Pick<Props, 'path' | 'reasons'> & { readonly drawing: Policy }) {
  const [document] = useState(() => createDocument(drawing, { revision: 0, readOnly: true }));
  const [highlight] = useState(() => ({ path: parsePath(path) }));
  useTargets(document);
  return (
    <DocumentProvider document={document}>
      <div className={styles.drawn}>
        <section className={styles.drawing} aria-label="The path on the version that decided">
          <PolicyCanvas highlight={highlight} embedded />
        </section>
        <Reasons reasons={reasons} onShow={(node) => document.show({ node, focus: 'canvas' })} />
      </div>
    </DocumentProvider>
  );
}

function useTargets(document: PolicyDocument): void {
  const { byId } = useModels();
  useEffect(() => {
    if (byId.size > 0) document.setTargets(targetViewOf(byId));
  }, [document, byId]);
}

/** One sentence a step, each the way to its node in the drawing. */
function Reasons({ reasons, onShow }: Pick<Props, 'reasons'> & { readonly onShow: (node: string) => void }) {
  return (
    <ol className={styles.reasons} aria-label="Why it went this way">
      {reasons.map(({ node, sentence }) => (
        <li key={`${node} ${sentence}`}>
          <button type="button" onClick={() => onShow(node)} aria-label={`Show ${node} in the drawing`}>
            {node}
          </button>
          <span>{sentence}</span>
        </li>
      ))}
    </ol>
  );
}
