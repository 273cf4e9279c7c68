import type { RecordLog } from '../../store/record-log.ts';
import type { Counted } from './budget-book.ts';
import type { SharedAccounts } from './spend-store.ts';
import { sumSpend } from './sum-spend.ts';

/** How filling waits for what other gateways have not written yet, ms. */
export interface FillTimes {
  /** Longer than a gateway takes to write a record and to hear of a budget. */
  readonly settleMs: number;
  /** How often one looks whether another has finished. */
  readonly lookMs: number;
  /** More than the clocks of two gateways differ. */
  readonly skewMs: number;
}
export const fillTimes: FillTimes = { settleMs: 2_000, lookMs: 250, skewMs: 2_000 };

/**
 * Fills the account of one budget in a store that many gateways share, or waits for the one that does.
 *
 * From the moment of the claim every settling is booked by whoever settles, and its request noted. Requests that were
 * settled before are in the log a moment later. So the sum over the log leaves out those that were noted and those that
 * came after the claim.
 */
export async function fillShared(
  counted: Counted,
  {
    accounts,
    log,
    clock,
    times = fillTimes,
  }: {
    readonly accounts: SharedAccounts;
    readonly log: Pick<RecordLog, 'flush' | 'spend'>;
    readonly clock: () => number;
    readonly times?: FillTimes;
  },
): Promise<void> {
  const { account } = counted;
  for (;;) {
    const claimed = await accounts.claim(account);
    if (claimed === 'filled') return;
    if (claimed === 'theirs') {
      await pause(times.lookMs);
      continue;
    }
    const before = Math.floor(clock()) + times.skewMs;
    await pause(times.settleMs);
    await log.flush();
    const noted = await accounts.settledSince(account);
    await accounts.fill(account, await sumSpend(log, [counted], clock(), noted, before));
    return;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
