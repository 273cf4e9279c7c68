import type { Logger } from 'pino';
import type { RecordLog } from '../../store/record-log.ts';
import { accountOf, type Budget } from './budget.ts';
import { BudgetBook, type Counted, type SpendingCaller } from './budget-book.ts';
import type { WindowSlices } from './budget-window.ts';
import { type FillTimes, fillShared } from './fill-shared.ts';
import { AccountsEmpty, type Balance, type Spend, type SpendStore, StoreDown } from './spend-store.ts';
import { sumSpend } from './sum-spend.ts';
import { WindowClock } from './window-clock.ts';

/** What became of one call to one target, as far as spend is concerned. */
export interface SpentAttempt {
  readonly target: string;
  /** Whole nano-dollars; `null` where it has no price: nothing is counted then. */
  readonly costNanoUsd: number | null;
}

interface Mutable {
  state: Counted['state'];
}

/**
 * The budgets in force and where their spend is booked. A budget that joins is filled from the request log; requests that
 * end meanwhile are booked as they end and left out of the sum, so that none counts twice and none is missed.
 */
export class Ledger {
  readonly store: SpendStore;
  readonly #log: Pick<RecordLog, 'flush' | 'spend'>;
  readonly #clock: () => number;
  readonly #logger: Logger;
  readonly #times: FillTimes | undefined;
  #book = new BudgetBook([]);
  #generation = 0;
  /** Requests that ended while budgets joined, one list a joining. */
  readonly #ended = new Set<string[]>();
  #joining: Promise<void> = Promise.resolve();
  /** Settlings that the store could not take, to be tried again. */
  readonly #owed = new Map<string, readonly Spend[]>();

  constructor(parts: {
    readonly store: SpendStore;
    readonly log: Pick<RecordLog, 'flush' | 'spend'>;
    readonly clock: () => number;
    readonly logger: Logger;
    /** Waits of filling a shared store; the usual ones where left out. */
    readonly times?: FillTimes | undefined;
  }) {
    this.store = parts.store.shared === undefined ? parts.store : this.#refilled(parts.store);
    this.#times = parts.times;
    this.#log = parts.log;
    this.#clock = parts.clock;
    this.#logger = parts.logger;
  }

  get book(): BudgetBook {
    return this.#book;
  }

  /** Puts these budgets in force in place of those before. Answers when what was spent before is in the ledger. */
  follow(budgets: readonly Budget[]): Promise<void> {
    const before = new Map(this.#book.all.map((counted) => [nameOf(counted.account), counted]));
    const joined: (Counted & Mutable)[] = [];
    const all = budgets.map((budget): Counted => {
      const known = before.get(accountOf(budget));
      // The same object stays the one whose state is set when its sum is there.
      if (known !== undefined && known.state !== 'lost') return Object.assign(known, { budget });
      this.#generation += 1;
      // A shared account is the same for all processes, and filled once.
      const generation = this.store.shared === undefined ? String(this.#generation) : 'shared';
      const account = `${accountOf(budget)}${mark}${generation}`;
      const made: Counted & Mutable = { budget, account, clock: new WindowClock(budget), state: 'joining' };
      joined.push(made);
      return made;
    });
    this.#book = new BudgetBook(all);
    if (joined.length > 0)
      this.#joining = Promise.all([this.#joining, this.#fill(joined)]).then(() => undefined);
    return this.#joining;
  }

  /** Answers when every budget in force knows what was spent before. */
  ready(): Promise<void> {
    return this.#joining;
  }

  /** How a budget stands; `undefined` while it cannot be looked up. */
  async standingOf(
    budgetId: string,
    now: number,
  ): Promise<(Balance & Pick<WindowSlices, 'from' | 'until'>) | undefined> {
    const found = this.#book.all.find(({ budget }) => budget.id === budgetId);
    if (found === undefined || found.state !== 'ready') return undefined;
    const { slice, counted, from, until } = found.clock.at(now);
    const account = { account: found.account, slice, counted, limit: null };
    try {
      const [balance] = await this.store.balances([account], now);
      return balance === undefined ? undefined : { ...balance, from, until };
    } catch (cause) {
      if (cause instanceof StoreDown) return undefined;
      throw cause;
    }
  }

  /** What a request that came at `at` has to be booked as. */
  spendsOf(caller: SpendingCaller, at: number, attempts: readonly SpentAttempt[]): readonly Spend[] {
    let total = 0;
    const spends: Spend[] = [];
    for (const { target, costNanoUsd } of attempts) {
      if (costNanoUsd === null || costNanoUsd === 0) continue;
      total += costNanoUsd;
      for (const { account, clock } of this.#book.forTarget(target))
        spends.push({ account, slice: clock.at(at).slice, spent: costNanoUsd });
    }
    if (total === 0) return spends;
    for (const { account, clock } of this.#book.forCaller(caller))
      spends.push({ account, slice: clock.at(at).slice, spent: total });
    return spends;
  }

  /**
   * Gives leases back and books what was spent. In the same turn as the request's record is appended: that is what keeps
   * ledger and log at one. Never throws: what the store cannot take now is booked with the next settling that it can.
   */
  async settle(
    id: string,
    leases: Parameters<SpendStore['settle']>[1],
    spends: readonly Spend[],
  ): Promise<void> {
    for (const ids of this.#ended) ids.push(id);
    if (leases.length === 0 && spends.length === 0) return;
    try {
      await this.store.settle(id, leases, spends, this.#clock());
      if (this.#owed.size > 0) await this.#payOwed();
    } catch (cause) {
      if (this.#owed.size === 0)
        this.#logger.error({ err: cause, request: id }, 'spend cannot be booked; trying again');
      this.#owed.set(id, spends);
    }
  }

  /** A shared store that has lost its accounts is filled anew; until then every budget does what it says for that case. */
  #refilled(store: SpendStore): SpendStore {
    return {
      ...store,
      take: async (id, asks, now) => {
        try {
          return await store.take(id, asks, now);
        } catch (cause) {
          if (cause instanceof AccountsEmpty) this.#fillAnew();
          throw cause;
        }
      },
    };
  }

  #fillAnew(): void {
    const lost = this.#book.all.filter(({ state }) => state === 'ready');
    if (lost.length === 0) return;
    this.#logger.error('the store of budgets has lost what was spent; filling it from the request log');
    const again: (Counted & Mutable)[] = lost.map((counted) =>
      Object.assign(counted, { state: 'lost' as const }),
    );
    this.#joining = Promise.all([this.#joining, this.#fill(again)]).then(() => undefined);
  }

  async #payOwed(): Promise<void> {
    for (const [id, spends] of [...this.#owed]) {
      await this.store.settle(id, [], spends, this.#clock());
      this.#owed.delete(id);
    }
  }

  async #fill(joined: readonly (Counted & Mutable)[]): Promise<void> {
    const ended: string[] = [];
    this.#ended.add(ended);
    try {
      const { shared } = this.store;
      if (shared === undefined) {
        await this.#log.flush();
        // The log answers in order: what it does not hold when it is asked is in `ended`.
        await this.store.seed(await sumSpend(this.#log, joined, this.#clock(), ended));
      } else {
        const parts = { accounts: shared, log: this.#log, clock: this.#clock, ...timesOf(this.#times) };
        await Promise.all(joined.map((counted) => fillShared(counted, parts)));
      }
      for (const counted of joined) counted.state = 'ready';
    } catch (cause) {
      for (const counted of joined) counted.state = 'lost';
      this.#logger.error({ err: cause }, 'what was spent before cannot be summed up from the request log');
    } finally {
      this.#ended.delete(ended);
    }
  }
}

function timesOf(times: FillTimes | undefined): { readonly times?: FillTimes } {
  return times === undefined ? {} : { times };
}

/** Between the name of an account and its generation: an account that left and comes back is filled anew. */
const mark = ' #';

function nameOf(account: string): string {
  return account.slice(0, account.lastIndexOf(mark));
}
