import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Diagnostic, NodeId } from '#engine/nodes/index.ts';
import { checkPolicy, type Policy, semanticHash, type TargetView } from '#engine/policy/index.ts';
import { replacePolicy } from './commands/change-node.ts';
import type { Command } from './commands/command.ts';
import { withPlaces } from './commands/layout.ts';
import {
  announced,
  type DocumentOptions,
  type DocumentState,
  existing,
  existingMarks,
  isSameMeaning,
  isSameSet,
  labelsOf,
  openingState,
  type Reveal,
} from './document-state.ts';
import { forgetDraft, writeDraft } from './draft-storage.ts';
import { withFindings } from './findings.ts';
import { type History, record, stepBack, stepForward } from './history.ts';
import { isMark, type MarkId } from './marks.ts';
import { type Choose, rebase } from './merge/index.ts';

export interface RunOptions {
  /** What is continued within a moment under the same name is one step. */
  readonly gesture?: string;
  /** Changes how the policy is looked at and nothing else: a reader may, and nothing is kept of it. */
  readonly looksOnly?: boolean;
}

/** The policy being edited: labelled commands in, undo and redo, selection, diagnostics, a draft that survives a reload. */
export interface PolicyDocument {
  readonly store: StoreApi<DocumentState>;
  /**
   * Applies a command as one history entry; answers whether anything changed. The first edit of a policy without
   * places writes down where its nodes lie on the canvas, so that nothing jumps.
   */
  readonly run: (command: Command, label: string, options?: RunOptions) => boolean;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Selects nodes, notes and groups, and nothing else. */
  readonly select: (things: Iterable<NodeId | MarkId>) => void;
  readonly selectEdge: (edge: string | null) => void;
  readonly show: (place: Omit<Reveal, 'serial'>) => void;
  readonly announce: (text: string) => void;
  /** Another whole policy, as one undoable step; the id stays. */
  readonly replaceAll: (policy: Policy, label: string) => boolean;
  /** The server has taken `policy` as this revision. */
  readonly markSaved: (revision: number, policy: Policy) => void;
  /** Starts over from what the server holds; unsaved edits and history are dropped. */
  readonly reset: (policy: Policy, revision: number) => void;
  /**
   * Somebody else saved `theirs`: the unsaved edits and the history are put on top of it, place by place. Where both
   * changed one place, `choose` says whose stands. Undo never takes back what is theirs.
   */
  readonly rebase: (theirs: Policy, revision: number, choose?: Choose) => void;
  readonly dropStaleDraft: () => void;
  readonly setTargets: (targets: TargetView) => void;
  /** What the server, which knows prices and callers, finds beside what is told here; stands until it says otherwise. */
  readonly setFindings: (findings: readonly Diagnostic[]) => void;
  readonly setReadOnly: (readOnly: boolean) => void;
  /** Brings hash, diagnostics and the stored draft up to date now. */
  readonly settle: () => void;
}

/** What hash and diagnostics were worked out from. */
interface Settled {
  readonly policy: Policy;
  readonly targets: TargetView | undefined;
  readonly findings: readonly Diagnostic[];
}

function isSettled(before: Settled | undefined, now: Settled): boolean {
  return before?.policy === now.policy && before.targets === now.targets && before.findings === now.findings;
}

/** Opens a policy for editing. A draft in `storage` is taken up again, as one undoable step. */
export function createDocument(policy: Policy, options: DocumentOptions): PolicyDocument {
  const { storage, now = Date.now, later = laterBy(120) } = options;
  let targets = options.targets;
  let findings: readonly Diagnostic[] = [];
  let settled: Settled | undefined;
  const store = createStore<DocumentState>(() => openingState(policy, options));
  const get = store.getState;
  const set = store.setState;
  let holdsDraft = get().policy !== get().saved;

  function settle(): void {
    const state = get();
    if (!isSettled(settled, { policy: state.policy, targets, findings })) {
      const before = settled;
      settled = { policy: state.policy, targets, findings };
      set({
        hash: isSameMeaning(before?.policy, state.policy) ? state.hash : semanticHash(state.policy),
        diagnostics: withFindings(state.policy, checkPolicy(state.policy, targets), findings),
      });
    }
    if (storage === undefined || state.readOnly) return;
    if (state.policy !== state.saved) {
      holdsDraft = true;
      writeDraft(storage, { revision: state.revision, policy: state.policy, base: state.saved });
    } else if (holdsDraft) {
      // Another tab's draft is not this one's to forget.
      holdsDraft = false;
      forgetDraft(storage, state.policy.id);
    }
  }

  function commit(next: Policy, log: History, text: string): void {
    set((state) => ({
      policy: next,
      log,
      history: labelsOf(log),
      selection: existing(state.selection, next),
      marks: existingMarks(state.marks, next),
      selectedEdge: null,
      announcement: announced(state, text),
    }));
    later(settle);
  }

  const announce = (text: string): void => set((state) => ({ announcement: announced(state, text) }));

  function look(command: Command, label: string): boolean {
    const { policy: before, saved } = get();
    const policy = command(before);
    if (policy === before) return false;
    set((state) => ({
      policy,
      saved: saved === before ? policy : saved,
      announcement: announced(state, label),
    }));
    return true;
  }

  function run(command: Command, label: string, { gesture, looksOnly = false }: RunOptions = {}): boolean {
    const { policy: before, log, readOnly } = get();
    if (readOnly && looksOnly) return look(command, label);
    if (readOnly) {
      announce('This policy is read-only here.');
      return false;
    }
    const placed = withPlaces(before);
    const next = command(placed);
    if (next === placed) return false;
    commit(next, record(log, before, { label, gesture: gesture ?? null, at: now() }), label);
    return true;
  }

  function step(move: typeof stepBack, word: string): void {
    const { policy: before, log, readOnly } = get();
    const moved = readOnly ? undefined : move(log, before);
    if (moved === undefined) announce(`Nothing to ${word.toLowerCase()}.`);
    else commit(moved.policy, moved.history, `${word}: ${moved.label}`);
  }

  const document: PolicyDocument = {
    store,
    run,
    undo: () => step(stepBack, 'Undo'),
    redo: () => step(stepForward, 'Redo'),
    select: (things) => {
      const all = [...things];
      const selection = existing(new Set(all.filter((id) => !isMark(id))), get().policy);
      const marks = existingMarks(new Set(all.filter(isMark)), get().policy);
      const isSame = isSameSet(selection, get().selection) && isSameSet(marks, get().marks);
      if (isSame && get().selectedEdge === null) return;
      set({ selection, marks, selectedEdge: null });
    },
    selectEdge: (edge) => {
      if (edge === get().selectedEdge) return;
      set(
        edge === null
          ? { selectedEdge: null }
          : { selectedEdge: edge, selection: new Set(), marks: new Set() },
      );
    },
    show: (place) => set((state) => ({ reveal: { ...place, serial: (state.reveal?.serial ?? 0) + 1 } })),
    announce,
    replaceAll: (next, label) => run(replacePolicy(next), label),
    markSaved: (revision, saved) => {
      set((state) => ({
        revision,
        saved,
        savedHash: state.policy === saved ? state.hash : semanticHash(saved),
        staleDraft: null,
      }));
      later(settle);
    },
    reset: (next, revision) => {
      if (storage !== undefined) forgetDraft(storage, next.id);
      set({ ...openingState(next, { revision, readOnly: get().readOnly }), reveal: get().reveal });
      settle();
    },
    rebase: (theirs, revision, choose) => {
      const { saved: base, policy: mine, log } = get();
      const moved = rebase({ base, mine, log }, theirs, choose);
      set({ saved: theirs, revision, savedHash: semanticHash(theirs), staleDraft: null });
      commit(moved.policy, moved.log, `Merged revision ${revision}`);
    },
    dropStaleDraft: () => {
      holdsDraft = true;
      set({ staleDraft: null });
      later(settle);
    },
    setTargets: (next) => {
      targets = next;
      later(settle);
    },
    setFindings: (next) => {
      findings = next;
      settle();
    },
    setReadOnly: (readOnly) => set({ readOnly }),
    settle,
  };
  settle();
  return document;
}

function laterBy(ms: number): (task: () => void) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (task) => {
    clearTimeout(timer);
    timer = setTimeout(task, ms);
  };
}
