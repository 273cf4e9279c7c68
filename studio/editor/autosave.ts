import type { Policy } from '#engine/policy/index.ts';
import type { PolicyEnvelope } from '#server/contract/index.ts';
import { ApiFailure, messageOf } from '../client/api-failure.ts';
import {
  type MergeConflict,
  type PolicyDocument,
  rebase,
  type Side,
  tellIncoming,
} from '../document/index.ts';

export type SaveState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'refused'; readonly message: string }
  /** Somebody else changed the same places; nothing is saved until the author decides. */
  | {
      readonly kind: 'conflict';
      readonly theirs: PolicyEnvelope;
      readonly conflicts: readonly MergeConflict[];
    };

export interface AutosaveOptions {
  readonly document: PolicyDocument;
  readonly write: (policy: Policy, revision: number) => Promise<PolicyEnvelope>;
  readonly read: () => Promise<PolicyEnvelope>;
  readonly onState: (state: SaveState) => void;
  readonly onSaved: (envelope: PolicyEnvelope) => void;
  /** A colleague's revision came in; `incoming` names the places, for people. */
  readonly onMerged: (revision: number, incoming: string) => void;
  /** Runs a task later; answers how to drop it. */
  readonly later: (task: () => void, ms: number) => () => void;
}

export interface Autosave {
  /** Saves now what is unsaved; resolves when the server has it, or cannot. */
  readonly flush: () => Promise<void>;
  /** Takes in a colleague's revision, if there is one. */
  readonly catchUp: () => Promise<void>;
  /** The author has decided about the conflicts, by key; saving goes on. */
  readonly settle: (sides: ReadonlyMap<string, Side>) => void;
  /** Ends it; resolves when what was unsaved is saved, or cannot be. */
  readonly stop: () => Promise<void>;
}

const quietMs = 1_000;
const retryMs = 3_000;

/**
 * Saves the draft a second after the last change. A colleague's revision is merged by node and field; only where both
 * changed one place is the author asked. One save at a time.
 */
export function startAutosave(options: AutosaveOptions): Autosave {
  const { document, write, read, onState, onSaved, onMerged, later } = options;
  let drop: () => void = () => undefined;
  let running: Promise<void> | null = null;
  /** Their revision, while the author decides about it. */
  let held: PolicyEnvelope | null = null;
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
    } else {
      tell({ kind: 'refused', message: messageOf(error) });
      if (mayPass(error) && !isStopped) schedule(retryMs);
    }
  }

  async function meetTheirs(): Promise<void> {
    try {
      const theirs = await read();
      const { saved: base, policy: mine, log, revision } = document.store.getState();
      if (theirs.revision === revision) return;
      const { conflicts } = rebase({ base, mine, log }, theirs.policy);
      if (conflicts.length > 0) {
        held = theirs;
        tell({ kind: 'conflict', theirs, conflicts });
        return;
      }
      takeIn(theirs);
      if (isDirty()) schedule(0);
    } catch (error) {
      await recover(error);
    }
  }

  function takeIn(theirs: PolicyEnvelope, sides: ReadonlyMap<string, Side> = new Map()): void {
    const { saved } = document.store.getState();
    document.rebase(theirs.policy, theirs.revision, ({ key }) => sides.get(key) ?? 'mine');
    onSaved(theirs);
    onMerged(theirs.revision, tellIncoming(saved, theirs.policy));
    tell({ kind: isDirty() ? 'unsaved' : 'saved' });
  }

  /** One thing at a time with the server. */
  async function alone(task: () => Promise<void>): Promise<void> {
    while (running !== null) await running;
    if (held !== null) return;
    running = task();
    await running;
    running = null;
  }

  async function flush(): Promise<void> {
    drop();
    await alone(async () => {
      if (isDirty()) await save();
    });
    if (isDirty() && held === null && !isStopped) schedule(quietMs);
  }

  const catchUp = (): Promise<void> => (isDirty() ? flush() : alone(meetTheirs));

  const unsubscribe = document.store.subscribe((now, before) => {
    if (now.policy === before.policy || held !== null) return;
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
    catchUp,
    settle: (sides) => {
      if (held === null) return;
      const theirs = held;
      held = null;
      takeIn(theirs, sides);
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

/** Refusals that need no edit to go away: nobody is signed in, or something between is down. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof ApiFailure)) return false;
  return error.status === 401 || error.status === 429 || error.status >= 500;
}
