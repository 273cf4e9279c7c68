import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Diagnostic } from '#engine/nodes/index.ts';
import { useModels } from '../client/use-models.ts';
import { targetViewOf, useDocument, useDocumentActions } from '../document/index.ts';
import styles from './json.module.css';
import { JsonStatus } from './json-status.tsx';
import { monaco } from './monaco.ts';
import { openSession, type Session, type Standing } from './open-session.ts';

/** The policy as text, both ways: valid text becomes the drawing a moment later, the drawing becomes text unless one is typing. */
export function JsonEditor() {
  const host = useRef<HTMLDivElement>(null);
  const document = useDocumentActions();
  const readOnly = useDocument((state) => state.readOnly);
  const scheme = useComputedColorScheme('light');
  const { byId } = useModels();
  const targets = useRef(targetViewOf(byId));
  targets.current = targetViewOf(byId);
  const [problems, setProblems] = useState<readonly Diagnostic[]>([]);
  const [standing, setStanding] = useState<Standing>('same');
  const [session, setSession] = useState<Session | null>(null);

  useEffect(() => {
    if (host.current === null) return;
    const opened = openSession(host.current, document, {
      readOnly,
      targets: () => targets.current,
      onProblems: setProblems,
      onStanding: setStanding,
    });
    setSession(opened);
    return opened.close;
  }, [document, readOnly]);

  useEffect(() => monaco.editor.setTheme(scheme === 'dark' ? 'waybill-dark' : 'waybill-light'), [scheme]);

  return (
    <>
      <JsonStatus problems={problems} standing={standing} session={session} readOnly={readOnly} />
      <div ref={host} className={styles.editor} />
    </>
  );
}
