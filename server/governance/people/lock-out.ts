import ipaddr from 'ipaddr.js';

/** Who tries to sign in. */
export interface Attempt {
  /** As `normalEmail` writes it; of an account or of nobody. */
  readonly email: string;
  readonly address: string;
  /** A browser that has signed in to this account before; `null`: any other. */
  readonly knownDevice: string | null;
}

/** Makes guessing slow: each wrong password makes the next try wait longer. */
export interface LockOut {
  /** How long to wait, ms; 0: now, and the try counts as failed until it is said to have succeeded. */
  begin(attempt: Attempt): number;
  succeeded(attempt: Attempt): void;
}

interface Count {
  readonly failures: number;
  /** ms since 1970. */
  readonly openAt: number;
  readonly forgetAt: number;
}

/** Tries without waiting; then 1 s, 2 s, 4 s … up to the longest wait. */
const free = { account: 5, device: 5, address: 20 } as const;
const firstWaitMs = 1_000;
const longestWaitMs = 15 * 60_000;
const forgetMs = 24 * 3_600_000;
const mostCounts = 20_000;

/**
 * Counts by account and by address, in memory of a bounded size. A browser that has signed in to the account before has a
 * count of its own and is not held up by others, so that nobody is locked out of their account by somebody else's tries
 * (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). What is refused does not count: no wait is ever
 * longer than fifteen minutes.
 */
export function makeLockOut(clock: () => number): LockOut {
  const counts = new Map<string, Count>();
  return {
    begin: (attempt) => {
      const now = clock();
      const keys = keysOf(attempt);
      const waits = keys.map(({ key }) => (countOf(counts, key, now)?.openAt ?? now) - now);
      const wait = Math.max(0, ...waits);
      if (wait > 0) return wait;
      for (const { key, allowed } of keys)
        note(counts, key, (countOf(counts, key, now)?.failures ?? 0) + 1, allowed, now);
      return 0;
    },
    succeeded: (attempt) => {
      const now = clock();
      for (const { key, allowed, isShared } of keysOf(attempt)) {
        const failures = (countOf(counts, key, now)?.failures ?? 1) - 1;
        // Who has an account of their own does not buy tries on those of others with it.
        if (isShared && failures > 0) note(counts, key, failures, allowed, now);
        else counts.delete(key);
      }
    },
  };
}

function keysOf({ email, address, knownDevice }: Attempt) {
  if (knownDevice !== null)
    return [{ key: `device ${email} ${knownDevice}`, allowed: free.device, isShared: false }];
  return [
    { key: `account ${email}`, allowed: free.account, isShared: false },
    { key: `address ${networkOf(address)}`, allowed: free.address, isShared: true },
  ];
}

/** One customer has a whole /64 of IPv6. */
function networkOf(address: string): string {
  const parsed = ipaddr.isValid(address) ? ipaddr.process(address) : null;
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(':') : address;
}

function countOf(counts: ReadonlyMap<string, Count>, key: string, now: number): Count | undefined {
  const count = counts.get(key);
  return count === undefined || count.forgetAt <= now ? undefined : count;
}

function note(counts: Map<string, Count>, key: string, failures: number, allowed: number, now: number): void {
  const steps = failures - allowed;
  const wait = steps < 0 ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(steps, 30));
  // Taken out first, so that the order of the map is that of the last failures.
  counts.delete(key);
  counts.set(key, { failures, openAt: now + wait, forgetAt: now + forgetMs });
  const oldest = counts.size > mostCounts ? counts.keys().next().value : undefined;
  if (oldest !== undefined) counts.delete(oldest);
}
