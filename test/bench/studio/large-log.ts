import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const dayMs = 86_400_000;

/**
 * Makes the sample log of a stopped app, 50,000 requests of a fortnight, into a million: as many again in the same fortnight,
 * and eighteen times as many in the fortnights before.
 */
export async function growLog(dataFolder: string): Promise<void> {
  const instance = await DuckDBInstance.create(join(dataFolder, 'records.duckdb'));
  const connection = await instance.connect();
  await connection.run('CREATE TEMP TABLE sample AS FROM records');
  for (let copy = 1; copy < 20; copy += 1) {
    const earlierMs = copy === 1 ? 1 : (copy - 1) * 15 * dayMs;
    await connection.run(
      `INSERT INTO records SELECT * REPLACE (id || '-${copy}' AS id, "time.at" - ${earlierMs} AS "time.at",
       "session.id" || '-${copy}' AS "session.id") FROM sample`,
    );
  }
  await connection.run('CHECKPOINT');
  connection.closeSync();
  instance.closeSync();
}
