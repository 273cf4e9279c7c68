import type { Policy } from '#engine/policy/index.ts';
import type { PolicyEnvelope } from '#server/contract/index.ts';
import { ApiFailure, messageOf } from '../client/api-failure.ts';
import type { PolicyDocument } from '../document/index.ts';
import { mergePolicies } from './merge-policies.ts';

export type SaveState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'refused'; readonly message: string }
  /** Somebody else changed the same places; nothing is saved until the author decides. */
  | { readonly kind: 'conflict'; readonly theirs: PolicyEnvelope };

export interface AutosaveOptions {
  readonly document: PolicyDocument;
  readonly write: (policy: Policy, revision: number) => Promise<PolicyEnvelope>;
  readonly read: () => Promise<PolicyEnvelope>;
  readonly onState: (state: SaveState) => void;
  readonly onSaved: (envelope: PolicyEnvelope) => void;
  /** A colleague's revision was merged without a conflict. */
  readonly onMerged: (revision: number) => void;
  /** Runs a task later; answers how to drop it. */
  readonly later: (task: () => void, ms: number) => () => void;
}

export interface Autosave {
  /** Saves now what is unsaved; resolves when the server has it, or cannot. */
  readonly flush: () => Promise<void>;
  /** The author has decided; saving goes on. */
  readonly resume: () => void;
  /** Ends it; resolves when what was unsaved is saved, or cannot be. */
  readonly stop: () => Promise<void>;
}

const quietMs = 1_000;
const retryMs = 3_000;

/**
 * Saves the draft a second after the last change. A colleague's revision is merged by node and field where the two do
 * not touch the same place, else the author is asked. One save at a time.
 */
export function startAutosave(options: AutosaveOptions): Autosave {
  const { document, write, read, onState, onSaved, onMerged, later } = options;
  let drop: () => void = () => undefined;
  let running: Promise<void> | null = null;
  let isHeld = false;
  let isStopped = false;

  const isDirty = (): boolean => {
    const { policy, saved, readOnly } = document.store.getState();
    return policy !== saved && !readOnly;
  };
  const tell = (state: SaveState): void => {
    if (!isStopped) onState(state);
  };
  function schedule(ms: number): void {
    drop();
    drop = later(() => void flush(), ms);
  }

  async function save(): Promise<void> {
    const { policy, revision } = document.store.getState();
    tell({ kind: 'saving' });
    try {
      const envelope = await write(policy, revision);
      document.markSaved(envelope.revision, policy);
      onSaved(envelope);
      tell({ kind: isDirty() ? 'unsaved' : 'saved' });
    } catch (error) {
      await recover(error);
    }
  }

  async function recover(error: unknown): Promise<void> {
    if (error instanceof ApiFailure && error.kind === 'offline') {
      tell({ kind: 'offline' });
      if (!isStopped) schedule(retryMs);
    } else if (error instanceof ApiFailure && error.status === 409) {
      await meetTheirs();
    } else tell({ kind: 'refused', message: messageOf(error) });
  }

  async function meetTheirs(): Promise<void> {
    try {
      const theirs = await read();
      const { saved, policy } = document.store.getState();
      const merged = mergePolicies(saved, policy, theirs.policy);
      if (merged === null) {
        isHeld = true;
        tell({ kind: 'conflict', theirs });
        return;
      }
      document.markSaved(theirs.revision, theirs.policy);
      document.replaceAll(merged, `Merge revision ${theirs.revision}`);
      onMerged(theirs.revision);
      schedule(0);
    } catch (error) {
      await recover(error);
    }
  }

  async function flush(): Promise<void> {
    drop();
    while (running !== null) await running;
    if (!isDirty() || isHeld) return;
    running = save();
    await running;
    running = null;
    if (isDirty() && !isHeld && !isStopped) schedule(quietMs);
  }

  const unsubscribe = document.store.subscribe((now, before) => {
    if (now.policy === before.policy || isHeld) return;
    if (!isDirty()) {
      drop();
      if (running === null) tell({ kind: 'saved' });
      return;
    }
    if (running === null) tell({ kind: 'unsaved' });
    schedule(quietMs);
  });
  if (isDirty()) schedule(quietMs);

  return {
    flush,
    resume: () => {
      isHeld = false;
      tell({ kind: isDirty() ? 'unsaved' : 'saved' });
      if (isDirty()) schedule(0);
    },
    stop: () => {
      unsubscribe();
      const last = flush();
      isStopped = true;
      drop();
      return last;
    },
  };
}
