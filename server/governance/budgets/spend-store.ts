/** A budget as the store sees it: an account with slices of time. */
export interface Account {
  /** Names the budget, its scope and its window: a budget that is changed so is another account. */
  readonly account: string;
  readonly slice: string;
  readonly counted: readonly string[];
  /** Whole nano-dollars that spent and reserved together may reach; `null` where nothing is refused. */
  readonly limit: number | null;
}

/** Room wanted on an account, whole nano-dollars. */
export interface Ask extends Account {
  readonly amount: number;
}

/** What an account holds in its window, whole nano-dollars. */
export interface Balance {
  readonly spent: number;
  /** By leases that are neither settled nor expired. */
  readonly reserved: number;
}

/** Room taken on several accounts at once. It knows where it was taken. */
export interface Lease {
  readonly id: string;
  readonly taken: readonly { readonly account: string; readonly amount: number }[];
  /** ms since 1970. */
  readonly expiresAt: number;
}

export type Taken =
  /** `balances` in the order asked for, this lease included. */
  | { readonly kind: 'taken'; readonly lease: Lease; readonly balances: readonly Balance[] }
  /** The first account that has too little room; nothing was taken on any. */
  | { readonly kind: 'full'; readonly account: string; readonly balance: Balance };

/** What was spent, to be booked to a slice. */
export interface Spend {
  readonly account: string;
  readonly slice: string;
  readonly spent: number;
}

/**
 * Ledger and leases of all budgets. One implementation for a process, one for a fleet; a conformance suite for both.
 * Amounts are whole nano-dollars, 0 or more. Every method throws {@link StoreDown} when the store cannot be asked.
 */
export interface SpendStore {
  /**
   * Takes what is asked on every account, or nothing on any: no account may come to hold more than its limit. An amount of
   * 0 always finds room, so that free models go on working.
   */
  take(id: string, asks: readonly Ask[], now: number): Promise<Taken>;
  /**
   * Gives leases back and books what was spent instead, in one step: also for leases that have expired, and without any.
   * Twice with one `id` counts once.
   */
  settle(id: string, leases: readonly Lease[], spends: readonly Spend[], now: number): Promise<void>;
  /** Balances in the order asked for. */
  balances(accounts: readonly Account[], now: number): Promise<readonly Balance[]>;
  /** Books what was spent before: totals of slices, from the request log. */
  seed(totals: readonly Spend[]): Promise<void>;
  /** There where the store is shared by many processes. */
  readonly shared?: SharedAccounts;
}

/**
 * Accounts of a store that outlives processes and is shared by many: each is filled from the request log once, by whoever
 * finds it empty first. Methods throw {@link StoreDown}.
 */
export interface SharedAccounts {
  /** `mine`: this process fills it, within a minute; `theirs`: another one is filling it. */
  claim(account: string): Promise<'filled' | 'mine' | 'theirs'>;
  /** Requests that were settled on it since it was claimed. */
  settledSince(account: string): Promise<readonly string[]>;
  /** Books what was spent before and opens the account for all, in one step. */
  fill(account: string, totals: readonly Spend[]): Promise<void>;
}

/** The store of leases cannot be asked. */
export class StoreDown extends Error {}

/** A shared store has lost what it knew: its accounts have to be filled anew. */
export class AccountsEmpty extends StoreDown {}

/** How long a lease holds when nobody settles it, ms: longer than the longest answer. */
export const leaseMs = 15 * 60_000;
