import { Modal } from '@mantine/core';
import { useEffect } from 'react';
import type { NodeId, PolicyNode } from '#engine/nodes/index.ts';
import { classifiers as builtIn } from '#engine/nodes/index.ts';
import { useDocument } from '../../document/index.ts';
import { Bench } from './bench.tsx';
import { classifierKinds } from './blank-classifier.ts';
import styles from './classifier.module.css';
import { ClassifierEditor } from './classifier-editor.tsx';
import { ClassifierName } from './classifier-name.tsx';

/** A classifier, what it goes by on the left and a bench to try it on the right. */
export function ClassifierDialog({
  id,
  node,
  opened,
  onClose,
}: {
  readonly id: NodeId;
  readonly node: Extract<PolicyNode, { kind: 'classifier' }>;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  useEffect(() => {
    if (!opened) return;
    // Wherever the focus is, Escape closes the dialog and does no more: the canvas would let go of the node.
    const keep = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') event.preventDefault();
    };
    window.addEventListener('keydown', keep, { capture: true });
    return () => window.removeEventListener('keydown', keep, { capture: true });
  }, [opened]);
  const own = useDocument(({ policy }) => policy.classifiers?.[node.classifier]);
  const kind = classifierKinds.find((one) => one.kind === own?.kind);
  const title =
    own === undefined
      ? (builtIn.get(node.classifier)?.title ?? node.classifier)
      : `Classifier ${node.classifier}, ${kind?.title.toLowerCase() ?? ''}`;
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={own === undefined ? 760 : 1180}>
      {/* Keys pressed here are not the inspector’s. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only keeps keys from bubbling. */}
      <div
        className={own === undefined ? styles.alone : styles.panes}
        onKeyDown={(event) => event.stopPropagation()}
      >
        {own !== undefined && (
          <section className={styles.editor} aria-label="What it goes by">
            <ClassifierName key={node.classifier} id={node.classifier} onDeleted={onClose} />
            <ClassifierEditor key={`${node.classifier} editor`} id={node.classifier} classifier={own} />
          </section>
        )}
        {(own !== undefined || builtIn.has(node.classifier)) && (
          <Bench id={id} node={node} tried={own ?? builtInTried} />
        )}
      </div>
    </Modal>
  );
}

const builtInTried = { kind: 'task' } as const;
