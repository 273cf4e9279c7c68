import { join } from 'node:path';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { openTextLog } from '../governance/privacy/open-text-log.ts';
import { makeSharedTextCipher } from '../governance/privacy/shared-text-cipher.ts';
import { makePostgresSimulationStore } from '../store/postgres/make-simulation-store.ts';
import { makePostgresTextLog } from '../store/postgres/make-text-log.ts';
import { openSimulationFiles } from '../store/simulation-files.ts';

/** What a data folder keeps beside configuration and requests. */
export interface CopiedKept {
  readonly whatIfs: number;
  /** `null`: left where they are, since gateways have no key in common. */
  readonly texts: number | null;
}

const batchSize = 500;

/** Copies kept what-ifs, and texts of these teams sealed anew for all gateways. What is there already stays. */
export async function copyKept(parts: {
  readonly folder: string;
  readonly pool: Pool;
  readonly teams: readonly string[];
  /** The master keys of all gateways; none where they have none in common. */
  readonly keys: readonly Buffer[];
  readonly logger: Logger;
}): Promise<CopiedKept> {
  const { folder, pool, teams, keys, logger } = parts;
  const [from, to] = [openSimulationFiles(join(folder, 'simulations')), makePostgresSimulationStore(pool)];
  let whatIfs = 0;
  for (const { id } of (await from.list()).toReversed()) {
    const kept = await from.find(id);
    if (kept === undefined) continue;
    await to.put(kept);
    whatIfs += 1;
  }
  if (keys.length === 0) return { whatIfs, texts: null };
  const [here, there] = [
    openTextLog({ folder, logger }),
    makePostgresTextLog({ pool, cipher: makeSharedTextCipher(keys), logger }),
  ];
  let texts = 0;
  for (const team of teams) {
    const kept = await here.newest(team, Number.MAX_SAFE_INTEGER);
    for (let first = 0; first < kept.length; first += batchSize)
      await there.write(kept.slice(first, first + batchSize));
    texts += kept.length;
  }
  return { whatIfs, texts };
}
