/** A budget as the store sees it: an account with slices of time. */
export interface Account {
  /** Id of the budget. */
  readonly account: string;
  readonly slice: string;
  readonly counted: readonly string[];
  /** Whole nano-dollars that spent and reserved together may reach; `null` where nothing is refused. */
  readonly limit: number | null;
}

/** What an account holds in its window, whole nano-dollars. */
export interface Balance {
  readonly spent: number;
  /** By leases that are neither settled nor expired. */
  readonly reserved: number;
}

/** Room taken on several accounts at once. It knows where it was taken, so that it can be settled after it expired. */
export interface Lease {
  readonly id: string;
  readonly amount: number;
  readonly accounts: readonly Pick<Account, 'account' | 'slice'>[];
  /** ms since 1970. */
  readonly expiresAt: number;
}

export type Taken =
  | { readonly kind: 'taken'; readonly lease: Lease }
  /** The first account that has too little room; nothing was taken on any. */
  | { readonly kind: 'full'; readonly account: string; readonly balance: Balance };

/**
 * Ledger and leases of all budgets. One implementation for a process, one for a fleet; a conformance suite for both.
 * Amounts are whole nano-dollars, 0 or more. Every method throws {@link StoreDown} when the store cannot be asked.
 */
export interface SpendStore {
  /**
   * Takes `amount` on every account, or on none: no account may come to hold more than its limit. An amount of 0 always
   * finds room, so that free models go on working.
   */
  take(id: string, amount: number, accounts: readonly Account[], now: number): Promise<Taken>;
  /** Gives a lease back and books what was spent instead; 0 books nothing. Twice for one lease counts once. */
  settle(lease: Lease, spent: number, now: number): Promise<void>;
  /** Balances in the order asked for. */
  balances(accounts: readonly Account[], now: number): Promise<readonly Balance[]>;
  /** Books what was spent before this process: totals of slices, from the request log. */
  seed(
    totals: readonly { readonly account: string; readonly slice: string; readonly spent: number }[],
  ): Promise<void>;
}

/** The store of leases cannot be asked. */
export class StoreDown extends Error {}

/** How long a lease holds when nobody settles it, ms: longer than the longest answer. */
export const leaseMs = 15 * 60_000;
