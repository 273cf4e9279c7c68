import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Diagnostic } from '#engine/nodes/index.ts';
import { type Policy, writePolicy } from '#engine/policy/index.ts';
import { useModels } from '../client/use-models.ts';
import { type PolicyDocument, targetViewOf, useDocument, useDocumentActions } from '../document/index.ts';
import styles from './json.module.css';
import { JsonStatus } from './json-status.tsx';
import { editorOptions, monaco } from './monaco.ts';
import { lineOfNode, readPolicyText, saysTheSame } from './text-session.ts';

const quietMs = 300;

/** How the text stands to the drawing. */
export type Standing = 'same' | 'broken' | 'behind';

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

export interface Session {
  readonly text: () => string;
  /** Puts the text in place of what is there, as if it were typed. */
  readonly replaceText: (text: string) => void;
  /** Back to what the drawing says. */
  readonly revert: () => void;
  readonly goTo: (place: Diagnostic) => void;
  readonly close: () => void;
}

interface SessionOptions {
  readonly readOnly: boolean;
  readonly targets: () => ReturnType<typeof targetViewOf>;
  readonly onProblems: (problems: readonly Diagnostic[]) => void;
  readonly onStanding: (standing: Standing) => void;
}

function openSession(host: HTMLElement, document: PolicyDocument, options: SessionOptions): Session {
  const { onProblems, onStanding } = options;
  const state = document.store.getState;
  const model = monaco.editor.createModel(
    writePolicy(state().policy),
    'json',
    monaco.Uri.parse(`inmemory://waybill/${state().policy.id}.policy.json`),
  );
  const editor = monaco.editor.create(host, {
    ...editorOptions,
    model,
    readOnly: options.readOnly,
    ariaLabel: 'Policy as JSON',
  });
  let applied: Policy = state().policy;
  let timer = 0;
  let isWriting = false;

  function show(diagnostics: readonly Diagnostic[], standing: Standing): void {
    monaco.editor.setModelMarkers(model, 'waybill', diagnostics.map(markerIn(model)));
    onProblems(diagnostics);
    onStanding(standing);
  }

  function apply(): void {
    const reading = readPolicyText(model.getValue(), state().policy.id, options.targets());
    show(reading.diagnostics, reading.kind === 'broken' ? 'broken' : 'same');
    if (reading.kind === 'broken' || saysTheSame(model.getValue(), state().policy)) return;
    applied = reading.policy;
    document.run(() => reading.policy, 'Edit as JSON', { gesture: 'json' });
  }

  function write(policy: Policy): void {
    applied = policy;
    if (!saysTheSame(model.getValue(), policy)) {
      isWriting = true;
      const edit = { range: model.getFullModelRange(), text: writePolicy(policy) };
      model.pushEditOperations([], [edit], () => null);
      isWriting = false;
    }
    apply();
  }

  /** The drawing has changed elsewhere: written at once, but never under the hands of somebody typing. */
  function follow(): void {
    if (state().policy === applied) return;
    const isBroken = readPolicyText(model.getValue(), state().policy.id).kind === 'broken';
    if (editor.hasTextFocus()) onStanding('behind');
    else if (isBroken) onStanding('broken');
    else write(state().policy);
  }

  const subscriptions = [
    model.onDidChangeContent(() => {
      if (isWriting) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(apply, quietMs);
    }),
    editor.onDidBlurEditorText(follow),
  ];
  const unsubscribe = document.store.subscribe(follow);
  const [selected] = state().selection;
  const line = selected === undefined ? null : lineOfNode(model.getValue(), selected);
  if (line !== null) {
    editor.revealLineInCenter(line);
    editor.setPosition({ lineNumber: line, column: 1 });
  }
  apply();

  return {
    text: () => model.getValue(),
    replaceText: (text) => {
      model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
      window.clearTimeout(timer);
      apply();
    },
    revert: () => write(state().policy),
    goTo: ({ line: lineNumber = 1, column = 1 }) => {
      editor.setPosition({ lineNumber, column });
      editor.revealLineInCenter(lineNumber);
      editor.focus();
    },
    close: () => {
      window.clearTimeout(timer);
      unsubscribe();
      for (const one of subscriptions) one.dispose();
      // What was typed in the last moment counts.
      if (readPolicyText(model.getValue(), state().policy.id).kind === 'policy' && state().policy === applied)
        apply();
      editor.dispose();
      model.dispose();
    },
  };
}

/** A marker from the place of a diagnostic to the end of its word, or over its line. */
function markerIn(model: monaco.editor.ITextModel): (one: Diagnostic) => monaco.editor.IMarkerData {
  return ({ line = 1, column = 1, severity, message, code }) => {
    const startLineNumber = Math.min(Math.max(1, line), model.getLineCount());
    const rest = model.getLineContent(startLineNumber).slice(column - 1);
    const length = /^("(?:[^"\\]|\\.)*"|[^\s,\]}]+)/.exec(rest)?.[0].length ?? 1;
    return {
      severity: severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
      message,
      code,
      source: 'waybill',
      startLineNumber,
      endLineNumber: startLineNumber,
      startColumn: column,
      endColumn: column + Math.max(1, length),
    };
  };
}
