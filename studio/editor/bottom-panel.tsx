import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { type KeyboardEvent, lazy, type ReactNode, Suspense } from 'react';
import { hasErrors } from '#engine/policy/index.ts';
import { useDocument } from '../document/index.ts';
import { ProblemsList } from '../inspector/index.ts';
import styles from './editor.module.css';
import { type PanelTab, useEditor, useEditorStore } from './editor-state.ts';
import { HistoryPanel } from './history-panel.tsx';
import { PanelResizer, usePanelHeight } from './panel-resizer.tsx';

const Tester = lazy(async () => ({ default: (await import('../tester/tester.tsx')).Tester }));

/** Test, problems and history under the drawing; folded to its tabs until one is wanted. */
export function BottomPanel({ policyId }: { readonly policyId: string }) {
  const editor = useEditorStore();
  const open = useEditor((state) => state.panel);
  const [height, setHeight] = usePanelHeight();
  const choose = (tab: PanelTab) => editor.setState({ panel: open === tab ? null : tab });
  return (
    <section className={styles.panel} aria-label="Panel">
      {open === null ? null : <PanelResizer height={height} onHeight={setHeight} />}
      <div className={styles['panel-head']}>
        <div className={styles['panel-tabs']} role="tablist" aria-label="Panel" onKeyDown={walkTabs}>
          <Tab tab="test" open={open} onChoose={choose}>
            Test
          </Tab>
          <Tab tab="problems" open={open} onChoose={choose}>
            Problems <ProblemCount />
          </Tab>
          <Tab tab="history" open={open} onChoose={choose}>
            History <HistoryCount />
          </Tab>
        </div>
        <ActionIcon
          aria-label={open === null ? 'Open the panel' : 'Fold the panel'}
          onClick={() => choose(open ?? 'test')}
        >
          {open === null ? <IconChevronUp size={16} /> : <IconChevronDown size={16} />}
        </ActionIcon>
      </div>
      {open === null ? null : (
        <div
          className={styles['panel-body']}
          role="tabpanel"
          id="panel-body"
          aria-labelledby={`panel-tab-${open}`}
          style={{ height }}
        >
          <Suspense fallback={null}>
            {open === 'test' ? <Tester policyId={policyId} /> : null}
            {open === 'problems' ? <ProblemsList /> : null}
            {open === 'history' ? <HistoryPanel /> : null}
          </Suspense>
        </div>
      )}
    </section>
  );
}

/** Left and right go from tab to tab, as in every list of tabs. */
function walkTabs(event: KeyboardEvent<HTMLDivElement>): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (step === 0) return;
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')];
  const { activeElement } = document;
  const at = activeElement instanceof HTMLElement ? tabs.indexOf(activeElement) : -1;
  tabs.at((at + step) % tabs.length)?.focus();
}

interface TabProps {
  readonly tab: PanelTab;
  readonly open: PanelTab | null;
  readonly onChoose: (tab: PanelTab) => void;
  readonly children: ReactNode;
}

function Tab({ tab, open, onChoose, children }: TabProps) {
  return (
    <button
      type="button"
      role="tab"
      id={`panel-tab-${tab}`}
      className={styles['panel-tab']}
      aria-selected={open === tab}
      aria-controls="panel-body"
      onClick={() => onChoose(tab)}
    >
      {children}
    </button>
  );
}

function ProblemCount() {
  const count = useDocument((state) => state.diagnostics.length);
  const isBad = useDocument((state) => hasErrors(state.diagnostics));
  if (count === 0) return null;
  return (
    <span className={styles.count} data-tone={isBad ? 'bad' : 'warn'}>
      {count}
    </span>
  );
}

function HistoryCount() {
  const count = useDocument((state) => state.history.past.length);
  return count === 0 ? null : <span className={styles.count}>{count}</span>;
}
