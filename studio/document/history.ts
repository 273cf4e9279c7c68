import type { Policy } from '#engine/policy/index.ts';

/** One step back: the policy as it was, and what was done to it. Policies share structure, so an entry costs little. */
export interface HistoryEntry {
  readonly label: string;
  readonly policy: Policy;
  /** Edits with the same gesture, close together in time, are one entry: a drag, a burst of typing. */
  readonly gesture: string | null;
  /** When the gesture was last continued, in ms. */
  readonly at: number;
}

export interface History {
  readonly past: readonly HistoryEntry[];
  /** The nearest first. Each holds the policy as it was before the undo. */
  readonly future: readonly HistoryEntry[];
}

export const emptyHistory: History = { past: [], future: [] };

const longest = 200;
const burstMs = 1_500;

/** Records that `before` was left behind. A continued gesture keeps its first entry. */
export function record(history: History, before: Policy, entry: Omit<HistoryEntry, 'policy'>): History {
  const last = history.past.at(-1);
  const continues =
    last !== undefined &&
    entry.gesture !== null &&
    last.gesture === entry.gesture &&
    history.future.length === 0 &&
    entry.at - last.at <= burstMs;
  if (continues) return { past: [...history.past.slice(0, -1), { ...last, at: entry.at }], future: [] };
  return { past: [...history.past, { ...entry, policy: before }].slice(-longest), future: [] };
}

/** One step back from `now`; `undefined` at the beginning. */
export function stepBack(
  history: History,
  now: Policy,
): { readonly history: History; readonly policy: Policy; readonly label: string } | undefined {
  const last = history.past.at(-1);
  if (last === undefined) return undefined;
  const undone = { ...last, policy: now, gesture: null };
  return {
    history: { past: history.past.slice(0, -1), future: [undone, ...history.future] },
    policy: last.policy,
    label: last.label,
  };
}

/** One step forward from `now`; `undefined` at the end. */
export function stepForward(
  history: History,
  now: Policy,
): { readonly history: History; readonly policy: Policy; readonly label: string } | undefined {
  const [next, ...rest] = history.future;
  if (next === undefined) return undefined;
  return {
    history: { past: [...history.past, { ...next, policy: now, gesture: null }], future: rest },
    policy: next.policy,
    label: next.label,
  };
}
