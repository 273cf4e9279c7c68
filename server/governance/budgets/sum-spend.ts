import type { RecordLog, SpendQuery } from '../../store/record-log.ts';
import { BudgetBook, type Counted } from './budget-book.ts';
import type { Spend } from './spend-store.ts';

/**
 * What the request log says was spent in the present windows of these budgets: one query for all budgets whose windows
 * are cut alike.
 *
 * @param at The present moment, ms since 1970.
 * @param excluding Ids of requests that are booked already.
 * @param before Only requests that came before this time, ms since 1970; all where it is left out.
 */
export async function sumSpend(
  log: Pick<RecordLog, 'spend'>,
  budgets: readonly Counted[],
  at: number,
  excluding: readonly string[],
  before?: number,
): Promise<readonly Spend[]> {
  const cuts = new Map<string, { readonly query: SpendQuery; readonly budgets: Counted[] }>();
  for (const counted of budgets) {
    const { from, sliceMs } = counted.clock.at(at);
    const by = counted.budget.scope.kind === 'model' ? 'target' : 'caller';
    const name = `${by} ${from} ${sliceMs}`;
    const cut = cuts.get(name) ?? {
      query: { by, from, sliceMs, excluding, ...(before === undefined ? {} : { to: before }) },
      budgets: [],
    };
    cut.budgets.push(counted);
    cuts.set(name, cut);
  }
  // All are asked at once, so that each sees the same log.
  const sums = await Promise.all(
    [...cuts.values()].map(async ({ query, budgets: alike }) => sumAlike(await log.spend(query), alike, at)),
  );
  return sums.flat();
}

function sumAlike(
  rows: Awaited<ReturnType<RecordLog['spend']>>,
  budgets: readonly Counted[],
  at: number,
): readonly Spend[] {
  const book = new BudgetBook(budgets);
  const sums = new Map<string, { account: string; slice: string; spent: number }>();
  for (const row of rows) {
    for (const { account, clock } of [...book.forCaller(row), ...book.forTarget(row.target)]) {
      const slice = row.slice === null ? clock.at(at).slice : String(row.slice);
      const name = `${slice} ${account}`;
      const sum = sums.get(name);
      if (sum === undefined) sums.set(name, { account, slice, spent: row.costNanoUsd });
      else sum.spent += row.costNanoUsd;
    }
  }
  // In order of time, as the store keeps slices.
  return [...sums.values()].sort((left, right) => Number(left.slice) - Number(right.slice));
}
