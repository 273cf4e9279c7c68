import { type Policy, parsePolicyValue } from '#engine/policy/index.ts';

/** The part of `localStorage` that is used. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export interface StoredDraft {
  /** The server's revision that the draft was made from. */
  readonly revision: number;
  readonly policy: Policy;
  /** What that revision held; without it a draft cannot be merged with a later one. */
  readonly base?: Policy;
}

const keyOf = (id: string): string => `waybill.draft.${id}`;

/** What was left unsaved for a policy in this browser. Anything unreadable counts as nothing. */
export function readDraft(storage: DraftStorage, id: string): StoredDraft | undefined {
  try {
    const value: unknown = JSON.parse(storage.getItem(keyOf(id)) ?? 'null');
    if (typeof value !== 'object' || value === null || !('revision' in value) || !('policy' in value)) return;
    const parsed = parsePolicyValue(value.policy);
    if (parsed.kind === 'bad' || typeof value.revision !== 'number') return;
    const base = 'base' in value ? parsePolicyValue(value.base) : undefined;
    const known = base === undefined || base.kind === 'bad' ? {} : { base: base.policy };
    return { revision: value.revision, policy: parsed.policy, ...known };
  } catch {
    return undefined;
  }
}

/** Keeps a draft. A browser that stores nothing (private mode, full disk) costs the safety net, not the edit. */
export function writeDraft(storage: DraftStorage, draft: StoredDraft): void {
  try {
    storage.setItem(keyOf(draft.policy.id), JSON.stringify(draft));
  } catch {
    return;
  }
}

/** Forgets the draft of a policy. */
export function forgetDraft(storage: DraftStorage, id: string): void {
  try {
    storage.removeItem(keyOf(id));
  } catch {
    return;
  }
}
