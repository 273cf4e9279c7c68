import type { Diagnostic } from '#engine/nodes/index.ts';
import { type Policy, type TargetView, writePolicy } from '#engine/policy/index.ts';
import { mergePolicies, type PolicyDocument } from '../document/index.ts';
import { explainConditions } from './explain-conditions.ts';
import { markerIn } from './marker-of.ts';
import { editorOptions, monaco, plainBrackets } from './monaco.ts';
import { lineOfNode, nodeAt, readPolicyText, saysTheSame } from './text-session.ts';

const quietMs = 300;

/** How the text stands to the drawing. */
export type Standing = 'same' | 'broken' | 'behind';

/** An open text editor over the document. */
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
  readonly targets: () => TargetView;
  readonly onProblems: (problems: readonly Diagnostic[]) => void;
  readonly onStanding: (standing: Standing) => void;
}

/** Opens the text of a document in an element and keeps the two in step. */
export function openSession(host: HTMLElement, document: PolicyDocument, options: SessionOptions): Session {
  const { onProblems, onStanding } = options;
  const state = document.store.getState;
  const model = monaco.editor.createModel(
    writePolicy(state().policy),
    'json',
    monaco.Uri.parse(`inmemory://waybill/${state().policy.id}.policy.json`),
  );
  model.updateOptions(plainBrackets);
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
    // What the drawing has learnt since the text last agreed with it is kept; where both changed a place, the text counts.
    const { policy: now } = state();
    const next = now === applied ? reading.policy : mergePolicies(applied, reading.policy, now).policy;
    applied = reading.policy;
    document.run(() => next, 'Edit as JSON', { gesture: 'json' });
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
    if (editor.hasTextFocus()) onStanding('behind');
    else if (readPolicyText(model.getValue(), state().policy.id).kind === 'broken') onStanding('broken');
    else write(state().policy);
  }

  /** Brings the selected node's lines into view. */
  function showSelected(): void {
    const [selected] = state().selection;
    const line = selected === undefined ? null : lineOfNode(model.getValue(), selected);
    if (line === null || editor.hasTextFocus()) return;
    editor.setPosition({ lineNumber: line, column: 1 });
    editor.revealLineInCenterIfOutsideViewport(line);
  }

  /** Selects the node that the cursor is in. */
  function selectAtCursor(): void {
    const position = editor.getPosition();
    if (position === null || !editor.hasTextFocus()) return;
    const node = nodeAt(model.getValue(), model.getOffsetAt(position));
    if (node !== null && !state().selection.has(node)) document.select([node]);
  }

  const subscriptions = [
    model.onDidChangeContent(() => {
      if (isWriting) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(apply, quietMs);
    }),
    editor.onDidBlurEditorText(follow),
    editor.onDidChangeCursorPosition(selectAtCursor),
    explainConditions(),
  ];
  const unsubscribe = document.store.subscribe((now, before) => {
    follow();
    if (now.selection !== before.selection) showSelected();
  });
  showSelected();
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
      apply();
      editor.dispose();
      model.dispose();
    },
  };
}
