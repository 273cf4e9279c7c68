import { lazy, Suspense, useCallback, useState } from 'react';
import type { PolicyEnvelope } from '#server/contract/index.ts';
import { Palette, PolicyCanvas } from '../canvas/index.ts';
import { useDocument } from '../document/index.ts';
import { Inspector } from '../inspector/index.ts';
import { PageSkeleton } from '../look/page-skeleton.tsx';
import { BottomPanel } from './bottom-panel.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import styles from './editor.module.css';
import { EditorHeader } from './editor-header.tsx';
import { createEditorStore, EditorContext, useEditor, useEditorStore } from './editor-state.ts';
import { EditorStrip } from './editor-strip.tsx';
import { useLiveSession } from './live/use-live-session.ts';
import { LiveMapLegend } from './live-map-legend.tsx';
import { ReadOnlyNotice } from './read-only-notice.tsx';
import { StaleDraftNotice } from './stale-draft-notice.tsx';
import { useAutosave } from './use-autosave.ts';
import { useEditorCommands } from './use-editor-commands.ts';
import { useFindings } from './use-findings.ts';
import { useLiveMap } from './use-live-map.ts';
import { useLivePulse } from './use-live-pulse.ts';
import { useOpeningPlace } from './use-opening-place.ts';
import { usePresence } from './use-presence.ts';
import { useTrafficOverlay } from './use-traffic-overlay.ts';

const PublishDialog = lazy(async () => ({
  default: (await import('../publish/publish-dialog.tsx')).PublishDialog,
}));
const JsonEditor = lazy(async () => ({ default: (await import('../json/json-editor.tsx')).JsonEditor }));

export interface EditorFrameProps {
  readonly envelope: PolicyEnvelope;
  readonly version: number | null;
  readonly onEnvelope: (envelope: PolicyEnvelope) => void;
  readonly onOpenPolicy: (id: string) => void;
}

/** Header, strip, drawing between palette and inspector, panel. */
export function EditorFrame(props: EditorFrameProps) {
  const [store] = useState(() => createEditorStore());
  return (
    <EditorContext value={store}>
      <Editor {...props} />
    </EditorContext>
  );
}

function Editor({ envelope, version, onEnvelope, onOpenPolicy }: EditorFrameProps) {
  const id = envelope.policy.id;
  const autosave = useAutosave(id, onEnvelope);
  const publishing = useEditor((state) => state.publishing);
  const others = usePresence(id, autosave.catchUp);
  useLivePulse(id);
  useFindings();
  useLiveSession();
  useOpeningPlace();
  useEditorCommands(autosave.flush);
  return (
    <div className={styles.editor}>
      <EditorHeader envelope={envelope} version={version} others={others} />
      <ReadOnlyNotice envelope={envelope} version={version} onOpenPolicy={onOpenPolicy} />
      <StaleDraftNotice />
      <EditorStrip policyId={id} />
      <Workplace envelope={envelope} version={version} />
      <BottomPanel policyId={id} />
      {publishing ? (
        <Suspense fallback={null}>
          <PublishDialog envelope={envelope} onEnvelope={onEnvelope} flush={autosave.flush} />
        </Suspense>
      ) : null}
      <ConflictDialog onSettle={autosave.settle} />
    </div>
  );
}

function Workplace({ envelope, version }: Pick<EditorFrameProps, 'envelope' | 'version'>) {
  const view = useEditor((state) => state.view);
  const readOnly = useDocument((state) => state.readOnly);
  return (
    <div className={styles.workplace} data-view={view} data-readonly={readOnly}>
      {view === 'json' ? (
        <section className={styles.json} aria-label="Policy as JSON">
          <Suspense fallback={<PageSkeleton />}>
            <JsonEditor />
          </Suspense>
        </section>
      ) : readOnly ? null : (
        <div className={styles.palette}>
          <Palette />
        </div>
      )}
      <DrawnPolicy envelope={envelope} version={version} />
      {view === 'json' ? null : (
        <aside className={styles.inspector} aria-label="Inspector">
          <Inspector />
        </aside>
      )}
    </div>
  );
}

/** The canvas with its numbers. These change several times an edit, so nothing else stands in here. */
function DrawnPolicy({ envelope, version }: Pick<EditorFrameProps, 'envelope' | 'version'>) {
  const editor = useEditorStore();
  const highlight = useEditor((state) => state.highlight);
  const pulse = useEditor((state) => state.pulse);
  const traffic = useTrafficOverlay();
  const live = useLiveMap(envelope.policy.id, version);
  const showsLive = useEditor((state) => state.showsLive);
  const clearHighlight = useCallback(() => editor.setState({ highlight: null }), [editor]);
  return (
    <section className={styles.canvas} aria-label="Canvas">
      {showsLive ? <LiveMapLegend live={live} envelope={envelope} /> : null}
      <PolicyCanvas
        highlight={highlight}
        traffic={traffic}
        live={live.map}
        pulse={pulse}
        onClearHighlight={clearHighlight}
      />
    </section>
  );
}
