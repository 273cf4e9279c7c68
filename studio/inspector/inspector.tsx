import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useDocument, useDocumentActions } from '../document/index.ts';
import styles from './inspector.module.css';
import { MarkPanel } from './mark-panel.tsx';
import { PolicyPanel } from './policy-panel.tsx';
import { SelectionPanel } from './selection-panel.tsx';

type NodePanel = typeof import('./node-panel.tsx').NodePanel;
let loaded: NodePanel | null = null;

/** The panel of a node with all its widgets, which the first paint need not wait for; `null` until it is here. */
function useNodePanel(): NodePanel | null {
  const [panel, setPanel] = useState<NodePanel | null>(() => loaded);
  useEffect(() => {
    if (panel !== null) return;
    void import('./node-panel.tsx').then((module) => {
      loaded = module.NodePanel;
      setPanel(() => module.NodePanel);
    });
  }, [panel]);
  return panel;
}

/** Settings of what is selected: a node, several, or the policy itself. */
export function Inspector() {
  const document = useDocumentActions();
  const root = useRef<HTMLDivElement>(null);
  const count = useDocument((state) => state.selection.size + state.marks.size);
  const id = useDocument(({ selection, marks }) =>
    selection.size === 1 && marks.size === 0 ? [...selection][0] : undefined,
  );
  const mark = useDocument(({ selection, marks }) =>
    selection.size === 0 && marks.size === 1 ? [...marks][0] : undefined,
  );
  const node = useDocument(({ policy }) => (id === undefined ? undefined : policy.nodes[id]));
  const NodePanel = useNodePanel();
  const onKeyDown = (event: KeyboardEvent): void => {
    const shown = id ?? mark;
    if (event.key !== 'Escape' || event.defaultPrevented || shown === undefined) return;
    event.preventDefault();
    document.show({ node: shown, focus: 'canvas' });
  };
  return (
    <section ref={root} className={styles.inspector} aria-label="Settings" onKeyDown={onKeyDown}>
      {id !== undefined && node !== undefined ? (
        NodePanel !== null && <NodePanel key={id} id={id} node={node} />
      ) : mark !== undefined ? (
        <MarkPanel key={mark} mark={mark} />
      ) : count > 1 ? (
        <SelectionPanel />
      ) : (
        <PolicyPanel />
      )}
      <FocusWhatIsShown root={root} isReady={NodePanel !== null} />
    </section>
  );
}

const focusable =
  'input:not([type="hidden"], [type="radio"], :disabled), textarea, button:not(:disabled), [tabindex="0"]';

interface FocusProps {
  readonly root: RefObject<HTMLElement | null>;
  readonly isReady: boolean;
}

/** Enter on a card, a problem that was clicked: the focus goes to the field it is about, else to the first. */
function FocusWhatIsShown({ root, isReady }: FocusProps): null {
  const wanted = useDocument((state) => state.reveal);
  useEffect(() => {
    if (!isReady || wanted === null || wanted.focus !== 'inspector') return;
    const frame = requestAnimationFrame(() => {
      const place =
        placeOf(root.current, wanted.field, wanted.port) ?? root.current?.querySelector('[data-field]');
      const target = place?.matches(focusable) === true ? place : place?.querySelector(focusable);
      if (!(target instanceof HTMLElement)) return;
      target.focus({ preventScroll: true });
      target.scrollIntoView({ block: 'center', behavior: 'smooth' });
    });
    return () => cancelAnimationFrame(frame);
  }, [root, wanted, isReady]);
  return null;
}

/** The field of a path, or the nearest around it; the row of an exit. */
function placeOf(
  root: HTMLElement | null,
  field: string | undefined,
  port: string | undefined,
): Element | null {
  const parts = field?.split('.') ?? [];
  for (let length = parts.length; length > 0; length -= 1) {
    const found = root?.querySelector(`[data-field="${CSS.escape(parts.slice(0, length).join('.'))}"]`);
    if (found != null) return found;
  }
  return port === undefined ? null : (root?.querySelector(`[data-exit="${CSS.escape(port)}"]`) ?? null);
}
