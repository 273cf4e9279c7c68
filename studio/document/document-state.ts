import type { Diagnostic, NodeId } from '#engine/nodes/index.ts';
import { type Policy, semanticHash, type TargetView } from '#engine/policy/index.ts';
import { type DraftStorage, readDraft, type StoredDraft } from './draft-storage.ts';
import { emptyHistory, type History, record } from './history.ts';
import { type MarkId, markIn } from './marks.ts';

/** Where the author wants to look: the canvas brings the node into view, the inspector focuses the field. */
export interface Reveal {
  /** A node, or the mark of a note or group. */
  readonly node: NodeId | MarkId | null;
  readonly port?: string;
  readonly field?: string;
  /** `canvas`: only bring into view. `inspector`: also put the focus there. */
  readonly focus: 'canvas' | 'inspector';
  /** Grows with every request, so that the same place can be asked for twice. */
  readonly serial: number;
}

/** Everything the studio knows about the policy being edited. */
export interface DocumentState {
  readonly policy: Policy;
  /** The server's revision the edits are based on. */
  readonly revision: number;
  readonly readOnly: boolean;
  /** What the server holds. `policy !== saved` means there is something to save. */
  readonly saved: Policy;
  /** Semantic hashes of `policy` and `saved`: layout and labels do not count. Settled shortly after an edit. */
  readonly hash: string;
  readonly savedHash: string;
  readonly log: History;
  /** Labels: the newest of the past last, the nearest of the future first. */
  readonly history: { readonly past: readonly string[]; readonly future: readonly string[] };
  readonly selection: ReadonlySet<NodeId>;
  /** The selected notes and groups. */
  readonly marks: ReadonlySet<MarkId>;
  /** The selected edge, `node:port`. */
  readonly selectedEdge: string | null;
  /** Settled shortly after an edit. */
  readonly diagnostics: readonly Diagnostic[];
  /** A draft of this browser made from another revision than the server's, without word of what that held; the author decides. */
  readonly staleDraft: StoredDraft | null;
  readonly reveal: Reveal | null;
  /** The last thing done, for the live region. */
  readonly announcement: { readonly text: string; readonly serial: number };
}

export interface DocumentOptions {
  readonly revision: number;
  readonly readOnly?: boolean;
  readonly storage?: DraftStorage;
  readonly targets?: TargetView;
  /** Milliseconds, for telling bursts of typing apart. */
  readonly now?: () => number;
  /** Runs a task a little later, dropping the one before it that has not run. */
  readonly later?: (task: () => void) => void;
}

/** How a document begins: with what the server holds, or with the draft this browser kept of it. */
export function openingState(policy: Policy, options: DocumentOptions): DocumentState {
  const { revision, readOnly = false, storage, now = Date.now } = options;
  const draft = storage === undefined || readOnly ? undefined : readDraft(storage, policy.id);
  // A draft of another revision brings along what it was made from; saving it will meet the server's and merge.
  const base = draft?.revision === revision ? policy : draft?.base;
  const isTaken = draft !== undefined && base !== undefined;
  const log = isTaken
    ? record(emptyHistory, base, { label: 'Restore unsaved changes', gesture: null, at: now() })
    : emptyHistory;
  const saved = isTaken ? base : policy;
  const hash = semanticHash(saved);
  const opened = isTaken ? draft.policy : policy;
  return {
    policy: opened,
    revision: isTaken ? draft.revision : revision,
    readOnly,
    saved,
    hash: opened === saved ? hash : semanticHash(opened),
    savedHash: hash,
    log,
    history: labelsOf(log),
    selection: new Set(),
    marks: new Set(),
    selectedEdge: null,
    diagnostics: [],
    staleDraft: draft !== undefined && !isTaken ? draft : null,
    reveal: null,
    announcement: { text: '', serial: 0 },
  };
}

/** The history as its labels. */
export function labelsOf(log: History): DocumentState['history'] {
  return { past: log.past.map((entry) => entry.label), future: log.future.map((entry) => entry.label) };
}

/** The next announcement. */
export function announced(state: DocumentState, text: string): DocumentState['announcement'] {
  return { text, serial: state.announcement.serial + 1 };
}

/** The same set where every node still exists, else a smaller one. */
export function existing(selection: ReadonlySet<NodeId>, policy: Policy): ReadonlySet<NodeId> {
  const kept = [...selection].filter((id) => Object.hasOwn(policy.nodes, id));
  return kept.length === selection.size ? selection : new Set(kept);
}

/** The same set where every mark still exists, else a smaller one. */
export function existingMarks(marks: ReadonlySet<MarkId>, policy: Policy): ReadonlySet<MarkId> {
  const kept = [...marks].filter((mark) => markIn(policy, mark) !== undefined);
  return kept.length === marks.size ? marks : new Set(kept);
}

export function isSameSet(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size === right.size && [...left].every((id) => right.has(id));
}

/** Cheap and one-sided: by identity, so that moving a node costs no hash. */
export function isSameMeaning(left: Policy | undefined, right: Policy): boolean {
  return (
    left !== undefined &&
    left.nodes === right.nodes &&
    left.entry === right.entry &&
    left.classifiers === right.classifiers
  );
}
