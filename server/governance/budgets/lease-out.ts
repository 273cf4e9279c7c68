import type { Counted, SpendingCaller } from './budget-book.ts';
import type { Ledger, SpentAttempt } from './ledger.ts';
import { type Ask, type Balance, type Lease, StoreDown } from './spend-store.ts';

/** Why no room was taken. */
export type LeaseAnswer =
  | { readonly kind: 'taken'; readonly unchecked: boolean }
  | { readonly kind: 'full'; readonly counted: Counted }
  | { readonly kind: 'down'; readonly counted: Counted };

/** How a budget of the caller stands. */
export interface Standing {
  readonly counted: Counted;
  readonly balance: Balance;
  /** Reserved room included; 1 and above: nothing is left. */
  readonly usedShare: number;
}

/** The room one request holds on its budgets: taken before the first attempt, more before a dearer one, given back once. */
export class LeaseOut {
  readonly #ledger: Ledger;
  readonly #id: string;
  readonly #caller: SpendingCaller;
  /** When the request came, ms since 1970: its window. */
  readonly #at: number;
  readonly #leases: Lease[] = [];
  /** Taken so far, by account. */
  readonly #held = new Map<string, number>();
  /** The caller's budgets as they stood when room was last asked for, one balance each; of models none. */
  #general: readonly Counted[] = [];
  #balances: readonly Balance[] = [];

  constructor(ledger: Ledger, id: string, caller: SpendingCaller, at: number) {
    this.#ledger = ledger;
    this.#id = id;
    this.#caller = caller;
    this.#at = at;
  }

  /**
   * The caller's budget with the largest used share, as it stood when room was last asked for.
   *
   * @param isMeant Leaves the others out.
   */
  tightest(isMeant: (counted: Counted) => boolean = () => true): Standing | undefined {
    let found: Standing | undefined;
    for (const [index, counted] of this.#general.entries()) {
      const balance = this.#balances[index];
      if (balance === undefined || !isMeant(counted)) continue;
      const usedShare = usedShareOf(counted.budget.limit, balance);
      if (found === undefined || usedShare > found.usedShare) found = { counted, balance, usedShare };
    }
    return found;
  }

  /** Asks how the caller's budgets stand. Nothing is known while the store is down. */
  async look(now: number): Promise<void> {
    const general = this.#ledger.book.forCaller(this.#caller);
    if (general.length === 0) return;
    try {
      const asks = general.map((counted) => this.#ask(counted, 0));
      const balances = await this.#ledger.store.balances(asks, now);
      this.#general = general;
      this.#balances = balances;
    } catch (cause) {
      if (!(cause instanceof StoreDown)) throw cause;
    }
  }

  /** Takes the room that a call at `target` needs beyond what is held, on all budgets or on none. */
  async cover(
    target: string,
    expected: number,
    before: readonly SpentAttempt[],
    now: number,
  ): Promise<LeaseAnswer> {
    const general = this.#ledger.book.forCaller(this.#caller);
    const ofModel = this.#ledger.book.forTarget(target);
    if (general.length === 0 && ofModel.length === 0) return { kind: 'taken', unchecked: false };
    // What costs nothing is let through whatever is spent, and whether or not anybody can say so.
    if (expected === 0) return { kind: 'taken', unchecked: false };
    const lost = [...general, ...ofModel].find(
      ({ state, budget }) => state === 'lost' && refusesBlindly(budget),
    );
    if (lost !== undefined) return { kind: 'down', counted: lost };
    const spent = sumOf(before);
    const asks = [
      ...general.map((counted) => this.#ask(counted, spent + expected)),
      ...ofModel.map((counted) => this.#ask(counted, this.#spentOf(counted, before) + expected)),
    ];
    try {
      const id = this.#leases.length === 0 ? this.#id : `${this.#id}/${this.#leases.length}`;
      const taken = await this.#ledger.store.take(id, asks, now);
      if (taken.kind === 'full') {
        const counted = [...general, ...ofModel].find(({ account }) => account === taken.account);
        if (counted === undefined)
          throw new Error(`The store of spend refused ${taken.account}, which nobody asked for.`);
        return { kind: 'full', counted };
      }
      this.#leases.push(taken.lease);
      for (const { account, amount } of asks)
        this.#held.set(account, (this.#held.get(account) ?? 0) + amount);
      this.#general = general;
      this.#balances = taken.balances;
      return { kind: 'taken', unchecked: false };
    } catch (cause) {
      if (!(cause instanceof StoreDown)) throw cause;
      const strict = [...general, ...ofModel].find(({ budget }) => refusesBlindly(budget));
      return strict === undefined ? { kind: 'taken', unchecked: true } : { kind: 'down', counted: strict };
    }
  }

  /** Gives everything back and books what the attempts cost, where a budget in force counts it. */
  settle(attempts: readonly SpentAttempt[]): Promise<void> {
    const spends = this.#ledger.spendsOf(this.#caller, this.#at, attempts);
    return this.#ledger.settle(this.#id, this.#leases, spends);
  }

  #ask({ account, clock, budget, state }: Counted, needed: number): Ask {
    const { slice, counted } = clock.at(this.#at);
    const limit = budget.enforcement === 'hard' && state === 'ready' ? budget.limit : null;
    const amount = Math.max(0, needed - (this.#held.get(account) ?? 0));
    return { account, slice, counted, limit, amount };
  }

  #spentOf(counted: Counted, before: readonly SpentAttempt[]): number {
    return sumOf(before.filter(({ target }) => this.#ledger.book.forTarget(target).includes(counted)));
  }
}

function refusesBlindly({ enforcement, whenStoreDown }: Counted['budget']): boolean {
  return enforcement === 'hard' && whenStoreDown === 'refuse';
}

function sumOf(attempts: readonly SpentAttempt[]): number {
  let sum = 0;
  for (const { costNanoUsd } of attempts) sum += costNanoUsd ?? 0;
  return sum;
}

function usedShareOf(limit: number, { spent, reserved }: Balance): number {
  return limit === 0 ? 1 : (spent + reserved) / limit;
}
