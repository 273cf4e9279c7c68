import { type Account, type Balance, type Lease, leaseMs, type SpendStore } from './spend-store.ts';

interface Book {
  /** By slice. */
  readonly spent: Map<string, number>;
  reserved: number;
}

/** Ledger and leases of one process. Nothing is awaited in between, so every method is atomic. */
export function makeMemorySpendStore(): SpendStore {
  const books = new Map<string, Book>();
  /** In order of expiry, for all live equally long. */
  const leases = new Map<string, Lease>();

  const bookOf = (account: string): Book => {
    const known = books.get(account);
    if (known !== undefined) return known;
    const book: Book = { spent: new Map(), reserved: 0 };
    books.set(account, book);
    return book;
  };
  const release = (lease: Lease): boolean => {
    if (!leases.delete(lease.id)) return false;
    for (const { account } of lease.accounts) bookOf(account).reserved -= lease.amount;
    return true;
  };
  const expire = (now: number): void => {
    for (const lease of leases.values()) {
      if (lease.expiresAt > now) return;
      release(lease);
    }
  };
  const balanceOf = ({ account, counted }: Account): Balance => {
    const book = bookOf(account);
    let spent = 0;
    for (const slice of counted) spent += book.spent.get(slice) ?? 0;
    return { spent, reserved: book.reserved };
  };
  const settled = new Set<string>();

  return {
    take: async (id, amount, accounts, now) => {
      expire(now);
      for (const one of accounts) {
        if (one.limit === null || amount === 0) continue;
        const balance = balanceOf(one);
        if (balance.spent + balance.reserved + amount > one.limit)
          return { kind: 'full', account: one.account, balance };
      }
      const places = accounts.map(({ account, slice }) => ({ account, slice }));
      const lease: Lease = { id, amount, accounts: places, expiresAt: now + leaseMs };
      for (const { account } of places) bookOf(account).reserved += amount;
      leases.set(id, lease);
      return { kind: 'taken', lease };
    },
    settle: async (lease, spent, now) => {
      expire(now);
      const wasLive = release(lease);
      if (!wasLive && settled.has(lease.id)) return;
      remember(settled, lease.id);
      if (spent === 0) return;
      for (const { account, slice } of lease.accounts) {
        const book = bookOf(account);
        book.spent.set(slice, (book.spent.get(slice) ?? 0) + spent);
      }
    },
    balances: async (accounts, now) => {
      expire(now);
      return accounts.map(balanceOf);
    },
    seed: async (totals) => {
      for (const { account, slice, spent } of totals) {
        const book = bookOf(account);
        book.spent.set(slice, (book.spent.get(slice) ?? 0) + spent);
      }
    },
  };
}

/** The last leases that were settled, so that a second settling is known for what it is. */
function remember(settled: Set<string>, id: string): void {
  settled.add(id);
  if (settled.size <= 100_000) return;
  const oldest = settled.values().next();
  if (oldest.done !== true) settled.delete(oldest.value);
}
