import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { editorOptions, monaco, plainBrackets } from '../json/monaco.ts';
import styles from './publish.module.css';

/** Two texts side by side, the published on the left. */
export function JsonDiff({ before, after }: { readonly before: string; readonly after: string }) {
  const host = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  useEffect(() => monaco.editor.setTheme(scheme === 'dark' ? 'waybill-dark' : 'waybill-light'), [scheme]);
  useEffect(() => {
    if (host.current === null) return;
    const original = monaco.editor.createModel(before, 'json');
    const modified = monaco.editor.createModel(after, 'json');
    for (const model of [original, modified]) model.updateOptions(plainBrackets);
    const editor = monaco.editor.createDiffEditor(host.current, {
      ...editorOptions,
      readOnly: true,
      originalEditable: false,
      renderOverviewRuler: false,
      useInlineViewWhenSpaceIsLimited: false,
      hideUnchangedRegions: { enabled: true },
    });
    editor.setModel({ original, modified });
    return () => {
      editor.dispose();
      original.dispose();
      modified.dispose();
    };
  }, [before, after]);
  return <div ref={host} className={styles.diff} />;
}
