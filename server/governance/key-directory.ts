import type { Caller } from '#engine/signals/index.ts';

/** Keys in force, looked up by secret. */
export interface KeyDirectory {
  /** Who a secret belongs to; `undefined` for a wrong one. */
  authenticate(secret: string): Caller | undefined;
  /** When a key was last used, ms since 1970; `null` where nobody knows. */
  lastUsed?(keyId: string): number | null;
}
