import type { Redis } from 'ioredis';
import {
  type Account,
  AccountsEmpty,
  type Balance,
  leaseMs,
  type SharedAccounts,
  type SpendStore,
} from '../../governance/budgets/spend-store.ts';
import { inTime, redisScript } from './redis-script.ts';
import { balancesLua, claimLua, fillLua, seedLua, settleLua, takeLua } from './spend-lua.ts';

/** Longer than the longest window counts, ms: slices of an account nobody writes to any more go away. */
const keepMs = 2 * 366 * 86_400_000;
/** How long one settling is known for what it is, ms. */
const rememberMs = 24 * 3_600_000;
/** How long filling an account may take, ms. */
const claimMs = 60_000;

/**
 * Ledger and leases of a fleet, in Redis. Every method is one script, so gateways cannot come between each other. Amounts
 * are whole nano-dollars below 2^53.
 *
 * @param prefix Names the installation; a hash tag is put around it.
 * @param options `filled`: accounts have to be filled before anything is taken from them, as gateways do.
 */
export function makeRedisSpendStore(
  redis: Redis,
  prefix: string,
  options: { readonly filled: boolean } = { filled: true },
): SpendStore {
  const mode = options.filled ? 'shared' : 'alone';
  const root = `{${prefix}:spend}`;
  const take = redisScript(redis, 'waybillTake', takeLua);
  const settle = redisScript(redis, 'waybillSettle', settleLua);
  const balances = redisScript(redis, 'waybillBalances', balancesLua);
  const seed = redisScript(redis, 'waybillSeed', seedLua);

  return {
    take: async (id, asks, now) => {
      const expiresAt = now + leaseMs;
      // `null` is a value to Lua's JSON: a limit that is none is left out.
      const sent = asks.map(({ limit, ...ask }) => ({ ...ask, ...(limit === null ? {} : { limit }) }));
      // A lease is known by its expiry on the clocks of gateways; its own key lives longer, by the clock of Redis.
      const answer = await take(root, keepMs, id, now, expiresAt, 2 * leaseMs, JSON.stringify(sent), mode);
      const [kind, ...numbers] = textsOf(answer);
      if (kind === 'empty')
        throw new AccountsEmpty(`Redis does not know what was spent on ${numbers[0] ?? 'a budget'}.`);
      if (kind === 'full') {
        const [place = '1', spent, reserved] = numbers;
        const account = asks[Number(place) - 1]?.account ?? '';
        return { kind: 'full', account, balance: { spent: Number(spent), reserved: Number(reserved) } };
      }
      const taken = asks.map(({ account, amount }) => ({ account, amount }));
      return { kind: 'taken', lease: { id, taken, expiresAt }, balances: pairsOf(numbers) };
    },
    settle: async (id, leases, spends, now) => {
      const ids = JSON.stringify(leases.map((lease) => lease.id));
      await settle(root, keepMs, id, now, rememberMs, ids, JSON.stringify(spends), mode);
    },
    balances: async (accounts, now) =>
      pairsOf(textsOf(await balances(root, keepMs, now, JSON.stringify(accounts.map(named))))),
    seed: async (totals) => {
      if (totals.length > 0) await seed(root, keepMs, JSON.stringify(totals));
    },
    ...(options.filled ? { shared: sharedAccounts(redis, root) } : {}),
  };
}

function sharedAccounts(redis: Redis, root: string): SharedAccounts {
  const claim = redisScript(redis, 'waybillClaim', claimLua);
  const fill = redisScript(redis, 'waybillFill', fillLua);
  return {
    claim: async (account) => {
      const answer = await claim(root, account, claimMs);
      return answer === 'filled' || answer === 'mine' ? answer : 'theirs';
    },
    settledSince: (account) => inTime(redis.lrange(`${root}:settled-on:${account}`, 0, -1)),
    fill: async (account, totals) => {
      await fill(root, keepMs, account, JSON.stringify(totals));
    },
  };
}

function named({ account, counted }: Account): Pick<Account, 'account' | 'counted'> {
  return { account, counted };
}

function textsOf(answer: unknown): readonly string[] {
  if (!Array.isArray(answer)) throw new Error(`Redis answered ${typeof answer} in the place of a list.`);
  return answer.map(String);
}

/** Spent and reserved, by turns. */
function pairsOf(numbers: readonly string[]): readonly Balance[] {
  const pairs: Balance[] = [];
  for (let index = 0; index < numbers.length; index += 2)
    pairs.push({ spent: Number(numbers[index]), reserved: Number(numbers[index + 1]) });
  return pairs;
}
