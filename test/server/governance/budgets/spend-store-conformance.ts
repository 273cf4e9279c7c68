import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Account,
  type Lease,
  leaseMs,
  type SpendStore,
} from '#server/governance/budgets/spend-store.ts';

const account = (limit: number | null, name = 'team:search', slice = 's1', counted = [slice]): Account => ({
  account: name,
  slice,
  counted,
  limit,
});

/** So much wanted on each of these. */
const asking = (amount: number, accounts: readonly Account[]) => accounts.map((one) => ({ ...one, amount }));
/** So much spent on each, in its present slice. */
const spends = (spent: number, accounts: readonly Account[]) =>
  accounts.map(({ account, slice }) => ({ account, slice, spent }));

const amountOf = ({ taken }: Lease) => taken[0]?.amount ?? 0;

/** What every store of spend has to keep. `make` gives an empty one. */
export function describeSpendStore(name: string, make: () => Promise<SpendStore> | SpendStore): void {
  describe(name, () => {
    it('refuses what would pass a limit, counting what is reserved, and takes nothing then', async () => {
      const store = await make();
      const other = account(1_000, 'organisation');
      expect(await store.take('a', asking(60, [other, account(100)]), 0)).toMatchObject({ kind: 'taken' });
      expect(await store.take('b', asking(41, [other, account(100)]), 0)).toEqual({
        kind: 'full',
        account: 'team:search',
        balance: { spent: 0, reserved: 60 },
      });
      expect(await store.balances([other, account(100)], 0)).toEqual([
        { spent: 0, reserved: 60 },
        { spent: 0, reserved: 60 },
      ]);
      expect(await store.take('c', asking(40, [account(100)]), 0)).toMatchObject({ kind: 'taken' });
    });

    it('books what was spent, whatever was reserved', async () => {
      const store = await make();
      const taken = await store.take('a', asking(60, [account(100)]), 0);
      if (taken.kind === 'taken') await store.settle('a', [taken.lease], spends(75, [account(100)]), 1);
      expect(await store.balances([account(100)], 1)).toEqual([{ spent: 75, reserved: 0 }]);
    });

    it('lets free requests through when nothing is left', async () => {
      const store = await make();
      await store.seed([{ account: 'team:search', slice: 's1', spent: 500 }]);
      expect(await store.take('a', asking(0, [account(100)]), 0)).toMatchObject({ kind: 'taken' });
      expect(await store.take('b', asking(1, [account(100)]), 0)).toMatchObject({ kind: 'full' });
      expect(await store.take('c', asking(1, [account(null)]), 0)).toMatchObject({ kind: 'taken' });
    });

    it('forgets a lease nobody settles, and still books it when somebody does', async () => {
      const store = await make();
      const taken = await store.take('a', asking(60, [account(100)]), 0);
      expect(await store.balances([account(100)], leaseMs - 1)).toEqual([{ spent: 0, reserved: 60 }]);
      expect(await store.balances([account(100)], leaseMs)).toEqual([{ spent: 0, reserved: 0 }]);
      if (taken.kind === 'taken')
        await store.settle('a', [taken.lease], spends(30, [account(100)]), leaseMs + 1);
      expect(await store.balances([account(100)], leaseMs + 1)).toEqual([{ spent: 30, reserved: 0 }]);
    });

    it('takes another amount on each account, tells what they hold then, and books what was spent on each', async () => {
      const store = await make();
      const [all, one] = [account(100, 'organisation'), account(50, 'model:dear')];
      const first = await store.take('a', asking(30, [all]), 0);
      const more = await store.take(
        'a/1',
        [
          { ...all, amount: 10 },
          { ...one, amount: 40 },
        ],
        0,
      );
      expect(more).toMatchObject({
        kind: 'taken',
        balances: [
          { spent: 0, reserved: 40 },
          { spent: 0, reserved: 40 },
        ],
      });
      if (first.kind !== 'taken' || more.kind !== 'taken') return;
      const booked = [...spends(35, [all]), ...spends(5, [one])];
      await store.settle('a', [first.lease, more.lease], booked, 1);
      expect(await store.balances([all, one], 1)).toEqual([
        { spent: 35, reserved: 0 },
        { spent: 5, reserved: 0 },
      ]);
    });

    it('books without a lease too', async () => {
      const store = await make();
      await store.settle('a', [], spends(8, [account(100)]), 1);
      expect(await store.balances([account(100)], 1)).toEqual([{ spent: 8, reserved: 0 }]);
    });

    it('counts a settling once', async () => {
      const store = await make();
      const taken = await store.take('a', asking(60, [account(100)]), 0);
      if (taken.kind === 'taken') {
        await store.settle('a', [taken.lease], spends(30, [account(100)]), 1);
        await store.settle('a', [taken.lease], spends(30, [account(100)]), 2);
      }
      expect(await store.balances([account(100)], 2)).toEqual([{ spent: 30, reserved: 0 }]);
    });

    it('counts the slices of the window, and writes to the one the request came in', async () => {
      const store = await make();
      await store.seed([
        { account: 'team:search', slice: 's0', spent: 10 },
        { account: 'team:search', slice: 's1', spent: 20 },
      ]);
      const taken = await store.take('a', asking(5, [account(100)]), 0);
      if (taken.kind === 'taken') await store.settle('a', [taken.lease], spends(7, [account(100)]), 1);
      const both = account(null, 'team:search', 's2', ['s0', 's1', 's2']);
      expect(await store.balances([both, account(null)], 1)).toEqual([
        { spent: 37, reserved: 0 },
        { spent: 27, reserved: 0 },
      ]);
    });

    it('keeps every limit, leaks no lease, and adds up, in any order of events', async () => {
      const step = fc.record({
        take: fc.boolean(),
        amount: fc.nat(50),
        more: fc.integer({ min: -50, max: 0 }),
        which: fc.nat(20),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
          const store = await make();
          const accounts = [account(200, 'organisation'), account(120)];
          const open: Lease[] = [];
          let spent = 0;
          for (const [index, { take, amount, more, which }] of steps.entries()) {
            if (take) {
              const taken = await store.take(`l${index}`, asking(amount, accounts), index);
              if (taken.kind === 'taken') open.push(taken.lease);
            } else {
              const [lease] = open.splice(which % Math.max(1, open.length), 1);
              if (lease === undefined) continue;
              const cost = Math.max(0, amountOf(lease) + more);
              spent += cost;
              await store.settle(lease.id, [lease], spends(cost, accounts), index);
            }
            const reserved = open.reduce((sum, lease) => sum + amountOf(lease), 0);
            expect(await store.balances(accounts, index)).toEqual([
              { spent, reserved },
              { spent, reserved },
            ]);
            expect(spent + reserved).toBeLessThanOrEqual(120);
          }
        }),
        { numRuns: 60 },
      );
    });
  });
}
