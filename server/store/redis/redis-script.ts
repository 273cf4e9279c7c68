import type { Redis } from 'ioredis';
import { messageOf } from '../../errors.ts';
import { StoreDown } from '../../governance/budgets/spend-store.ts';

/** How long an answer of Redis is waited for, ms: a gateway would rather do what a budget says for that case. */
const patienceMs = 1_000;

/**
 * A Lua script, run as one step that nobody comes between. All keys are made inside from one prefix with a hash tag, so
 * that they lie in one slot of a cluster.
 *
 * @throws {StoreDown} when Redis cannot be asked in time.
 */
export function redisScript(redis: Redis, name: string, lua: string): RunScript {
  redis.defineCommand(name, { numberOfKeys: 1, lua });
  const run = (redis as unknown as Readonly<Record<string, RunScript>>)[name];
  if (run === undefined) throw new Error(`ioredis did not define ${name}.`);
  return (...args) => inTime(run.apply(redis, args));
}

type RunScript = (prefix: string, ...args: (string | number)[]) => Promise<unknown>;

/** @throws {StoreDown} when it fails or takes too long. */
export async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new StoreDown(`Redis has not answered in ${patienceMs} ms.`)),
      patienceMs,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } catch (cause) {
    if (cause instanceof StoreDown) throw cause;
    throw new StoreDown(`Redis cannot be asked: ${messageOf(cause)}`, { cause });
  } finally {
    clearTimeout(timer);
    answer.catch(() => undefined);
  }
}
