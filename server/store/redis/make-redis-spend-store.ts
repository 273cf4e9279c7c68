import type { Redis } from 'ioredis';
import {
  type Account,
  type Balance,
  leaseMs,
  type SpendStore,
} from '../../governance/budgets/spend-store.ts';
import { redisScript } from './redis-script.ts';
import { balancesLua, seedLua, settleLua, takeLua } from './spend-lua.ts';

/** Longer than the longest window counts, ms: slices of an account nobody writes to any more go away. */
const keepMs = 2 * 366 * 86_400_000;
/** How long one settling is known for what it is, ms. */
const rememberMs = 24 * 3_600_000;

/**
 * Ledger and leases of a fleet, in Redis. Every method is one script, so gateways cannot come between each other. Amounts
 * are whole nano-dollars below 2^53.
 *
 * @param prefix Names the installation; a hash tag is put around it.
 */
export function makeRedisSpendStore(redis: Redis, prefix: string): SpendStore {
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
      const answer = await take(root, keepMs, id, now, expiresAt, 2 * leaseMs, JSON.stringify(sent));
      const [kind, ...numbers] = textsOf(answer);
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
      await settle(root, keepMs, id, now, rememberMs, ids, JSON.stringify(spends));
    },
    balances: async (accounts, now) =>
      pairsOf(textsOf(await balances(root, keepMs, now, JSON.stringify(accounts.map(named))))),
    seed: async (totals) => {
      if (totals.length > 0) await seed(root, keepMs, JSON.stringify(totals));
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
