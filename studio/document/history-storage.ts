import { canonicalJson, type Policy, parsePolicyValue } from '#engine/policy/index.ts';
import type { PolicyDocument } from './document.ts';
import type { DraftStorage } from './draft-storage.ts';
import type { History, HistoryEntry } from './history.ts';
import { packShared, unpackShared } from './pack-shared.ts';

const keyOf = (id: string): string => `waybill.history.${id}`;
/** Characters; a browser keeps about five million for everything. */
const room = 500_000;
const longest = 50;
const waitMs = 400;

/**
 * Takes up the history this browser kept for the document, if it leads to what is open now, and keeps it from here on.
 * Answers how to stop, which keeps it a last time.
 */
export function keepHistory(document: PolicyDocument, storage: DraftStorage): () => void {
  const { store } = document;
  if (store.getState().readOnly) return () => {};
  takeUp(document, storage);
  let kept = store.getState().log;
  const keep = (): void => {
    const { log, policy } = store.getState();
    if (log === kept) return;
    kept = log;
    writeHistory(storage, policy, log);
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = store.subscribe(({ log }) => {
    if (log === kept) return;
    clearTimeout(timer);
    timer = setTimeout(keep, waitMs);
  });
  globalThis.addEventListener?.('pagehide', keep);
  return () => {
    stop();
    clearTimeout(timer);
    globalThis.removeEventListener?.('pagehide', keep);
    keep();
  };
}

/** A history that has steps of its own already stays, but for the one that restored a draft. */
function takeUp({ store }: PolicyDocument, storage: DraftStorage): void {
  const { policy, log } = store.getState();
  if (log.future.length > 0 || log.past.length > 1) return;
  const kept = readHistory(storage, policy);
  if (kept === undefined || kept.past.length < log.past.length) return;
  const labels = (entries: readonly HistoryEntry[]) => entries.map(({ label }) => label);
  store.setState({ log: kept, history: { past: labels(kept.past), future: labels(kept.future) } });
}

/** Writes the newest steps; parts that policies share are written once. */
export function writeHistory(storage: DraftStorage, now: Policy, log: History): void {
  for (let count = longest; count > 0; count = Math.floor(count / 2)) {
    const past = log.past.slice(-count);
    const future = log.future.slice(0, count);
    const text = packShared({ now, past, future });
    if (text.length > room) continue;
    try {
      storage.setItem(keyOf(now.id), text);
    } catch {
      storage.removeItem(keyOf(now.id));
    }
    return;
  }
  storage.removeItem(keyOf(now.id));
}

/** The history kept for a policy, if it was kept when the policy was as it is now. Unreadable counts as none. */
export function readHistory(storage: DraftStorage, now: Policy): History | undefined {
  try {
    const value = unpackShared(storage.getItem(keyOf(now.id)) ?? 'null');
    if (!isTree(value) || canonicalJson(value.now) !== canonicalJson(now)) return undefined;
    return { past: entriesOf(value.past), future: entriesOf(value.future) };
  } catch {
    return undefined;
  }
}

function entriesOf(value: unknown): readonly HistoryEntry[] {
  if (!Array.isArray(value)) throw new Error('A kept history has no list of steps.');
  return value.map((entry: unknown) => {
    if (!isTree(entry) || typeof entry.label !== 'string') throw new Error('A kept step has no label.');
    const read = parsePolicyValue(entry.policy);
    if (read.kind === 'bad') throw new Error('A kept step is not a policy.');
    return { label: entry.label, policy: read.policy, gesture: null, at: 0 };
  });
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
