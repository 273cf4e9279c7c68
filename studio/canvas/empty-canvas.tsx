import { nodeRegistry } from '#engine/nodes/index.ts';
import { insertNode } from '../document/index.ts';
import styles from './canvas.module.css';
import { focusNode } from './canvas-state.ts';
import type { CanvasTools } from './canvas-tools.ts';
import { KindIcon } from './kind-icon.tsx';

/** What a policy without nodes shows: every kind, as the first node. */
export function EmptyCanvas({
  tools,
  readOnly,
}: {
  readonly tools: CanvasTools;
  readonly readOnly: boolean;
}) {
  if (readOnly) {
    return (
      <div className={styles.empty}>
        <p className={styles.hint}>This policy has no nodes.</p>
      </div>
    );
  }
  const add = (kind: (typeof nodeRegistry)[number]['kind']): void => {
    const id = insertNode(tools.document, kind, { kind: 'free', at: [0, 0] });
    if (id === undefined) return;
    focusNode(tools.canvas, id);
    requestAnimationFrame(() => void tools.flow.fitView({ padding: 0.3, maxZoom: 1 }));
  };
  return (
    <div className={styles.empty}>
      <section className={styles.emptyBox} aria-label="Add the first node">
        <h2>Add the first node</h2>
        <p>Requests come in here. Draw from its exits to where each request should go.</p>
        <div className={styles.kinds}>
          {nodeRegistry.map(({ kind, form }) => (
            <button key={kind} type="button" className={styles.kind} onClick={() => add(kind)}>
              <KindIcon kind={kind} />
              <strong>{form.title}</strong>
              <span>{form.summary}</span>
            </button>
          ))}
        </div>
        <div className={styles.hint}>
          or press <kbd>A</kbd>, drag from the palette, or paste a policy
        </div>
      </section>
    </div>
  );
}
