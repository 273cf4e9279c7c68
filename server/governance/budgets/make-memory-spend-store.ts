import { RecentMap } from '#engine/recent-map.ts';
import { type Account, type Balance, type Lease, leaseMs, type SpendStore } from './spend-store.ts';

interface Book {
  /** By slice, the oldest first. */
  readonly spent: Map<string, number>;
  reserved: number;
  /** The window that was asked for last, and what was spent in it: asked for again and again. */
  counted: readonly string[];
  sum: number;
}

/** More slices than any window counts: what lies further back is asked for no more. */
const keptSlices = 200;
const rememberedSettlings = 50_000;

/** Ledger and leases of one process. Nothing is awaited in between, so every method is atomic. */
export function makeMemorySpendStore(): SpendStore {
  const books = new Map<string, Book>();
  /** In order of expiry, for all live equally long. */
  const leases = new Map<string, Lease>();
  /** So that a settling that comes twice is known for what it is. */
  const settled = new RecentMap<string, true>(rememberedSettlings);

  const bookOf = (account: string): Book => {
    const known = books.get(account);
    if (known !== undefined) return known;
    const book: Book = { spent: new Map(), reserved: 0, counted: [], sum: 0 };
    books.set(account, book);
    return book;
  };
  const release = (lease: Lease): void => {
    if (!leases.delete(lease.id)) return;
    for (const { account, amount } of lease.taken) bookOf(account).reserved -= amount;
  };
  const expire = (now: number): void => {
    for (const lease of leases.values()) {
      if (lease.expiresAt > now) return;
      release(lease);
    }
  };
  /** With the sum of the window that is asked for. */
  const summedUp = ({ account, counted }: Account): Book => {
    const book = bookOf(account);
    if (book.counted !== counted) {
      book.counted = counted;
      book.sum = 0;
      for (const slice of counted) book.sum += book.spent.get(slice) ?? 0;
    }
    return book;
  };
  const balanceOf = (account: Account): Balance => {
    const { sum, reserved } = summedUp(account);
    return { spent: sum, reserved };
  };
  const add = (account: string, slice: string, spent: number): void => {
    const book = bookOf(account);
    const { spent: slices } = book;
    slices.set(slice, (slices.get(slice) ?? 0) + spent);
    if (book.counted.includes(slice)) book.sum += spent;
    if (slices.size <= keptSlices) return;
    const oldest = slices.keys().next();
    if (oldest.done !== true) slices.delete(oldest.value);
  };

  return {
    take: async (id, asks, now) => {
      expire(now);
      const balances: Balance[] = [];
      for (const one of asks) {
        const { sum, reserved } = summedUp(one);
        const wanted = reserved + one.amount;
        if (one.limit !== null && one.amount !== 0 && sum + wanted > one.limit)
          return { kind: 'full', account: one.account, balance: { spent: sum, reserved } };
        balances.push({ spent: sum, reserved: wanted });
      }
      const taken = asks.map(({ account, amount }) => ({ account, amount }));
      const lease: Lease = { id, taken, expiresAt: now + leaseMs };
      for (const { account, amount } of taken) bookOf(account).reserved += amount;
      leases.set(id, lease);
      return { kind: 'taken', lease, balances };
    },
    settle: async (id, given, spends, now) => {
      expire(now);
      for (const lease of given) release(lease);
      if (settled.get(id) === true) return;
      settled.set(id, true);
      for (const { account, slice, spent } of spends) if (spent > 0) add(account, slice, spent);
    },
    balances: async (accounts, now) => {
      expire(now);
      return accounts.map(balanceOf);
    },
    seed: async (totals) => {
      for (const { account, slice, spent } of totals) add(account, slice, spent);
    },
  };
}
