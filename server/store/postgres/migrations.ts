import type { Pool, PoolClient } from 'pg';
import { StartError } from '../../errors.ts';
import { withClient } from './with-client.ts';

/** Steps that bring a database to this release, in order. One that has been released is never changed. */
const steps: readonly string[] = [
  `CREATE TABLE waybill_configuration (
     part text PRIMARY KEY,
     revision bigint NOT NULL,
     value json NOT NULL
   );
   CREATE TABLE waybill_head (
     one boolean PRIMARY KEY DEFAULT true CHECK (one),
     revision bigint NOT NULL
   );
   CREATE TABLE waybill_audit (
     sequence bigint PRIMARY KEY,
     at timestamptz NOT NULL,
     actor text NOT NULL,
     action text NOT NULL,
     subject text NOT NULL,
     entry text NOT NULL
   );
   CREATE INDEX waybill_audit_actor ON waybill_audit (actor, sequence DESC);
   CREATE INDEX waybill_audit_subject ON waybill_audit (subject, sequence DESC);`,
  // Columns of records come and go with releases: `prepareRecordTables` adds those that are missing.
  `CREATE TABLE waybill_records (came_at bigint NOT NULL, id text NOT NULL, PRIMARY KEY (came_at, id))
     PARTITION BY RANGE (came_at);
   CREATE INDEX waybill_records_id ON waybill_records (id);
   CREATE TABLE waybill_spend (
     came_at bigint NOT NULL, id text NOT NULL,
     team text NOT NULL, project text NOT NULL, key text NOT NULL, "user" text NOT NULL, tags text[] NOT NULL,
     model text NOT NULL, provider text NOT NULL, task text NOT NULL, difficulty text NOT NULL,
     policy text NOT NULL, version text NOT NULL, purpose text NOT NULL, origin text NOT NULL,
     cost bigint NOT NULL, requests int NOT NULL, calls int NOT NULL, errors int NOT NULL, refused int NOT NULL,
     unpriced int NOT NULL, input bigint NOT NULL, cache_read bigint NOT NULL, cache_write bigint NOT NULL,
     output bigint NOT NULL, reasoning bigint NOT NULL, media bigint NOT NULL
   ) PARTITION BY RANGE (came_at);
   CREATE INDEX waybill_spend_time ON waybill_spend (came_at);`,
  `CREATE TABLE waybill_journal (name text PRIMARY KEY, value json NOT NULL);`,
  `CREATE TABLE waybill_rollups (
     came_at bigint NOT NULL,
     team text NOT NULL, project text NOT NULL, key text NOT NULL, tags text[] NOT NULL,
     model text NOT NULL, provider text NOT NULL, task text NOT NULL, difficulty text NOT NULL,
     policy text NOT NULL, version text NOT NULL, purpose text NOT NULL, origin text NOT NULL,
     rest int NOT NULL, priced bigint NOT NULL, cost bigint NOT NULL, requests bigint NOT NULL, calls bigint NOT NULL,
     errors bigint NOT NULL, refused bigint NOT NULL, unpriced bigint NOT NULL, input bigint NOT NULL,
     cache_read bigint NOT NULL, cache_write bigint NOT NULL, output bigint NOT NULL, reasoning bigint NOT NULL,
     media bigint NOT NULL
   );
   CREATE INDEX waybill_rollups_time ON waybill_rollups (came_at);`,
  `CREATE TABLE waybill_texts (
     team text NOT NULL, id text NOT NULL, at bigint NOT NULL, key text NOT NULL, sealed text NOT NULL,
     PRIMARY KEY (team, id)
   );
   CREATE INDEX waybill_texts_time ON waybill_texts (team, at);
   CREATE TABLE waybill_simulations (
     id text PRIMARY KEY, at bigint NOT NULL, head json NOT NULL, simulation json NOT NULL
   );`,
];

/** Names our lock among others that use the database: "waybill" as bytes. */
const lock = '33601966823437420';

/**
 * Brings the database to this release, one process at a time: the others wait.
 *
 * @throws {StartError} when a newer release has been here.
 */
export function migrate(pool: Pool): Promise<void> {
  return withClient(pool, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [lock]);
    try {
      await takeSteps(client);
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [lock]).catch(() => undefined);
    }
  });
}

async function takeSteps(client: PoolClient): Promise<void> {
  try {
    await client.query(
      'CREATE TABLE IF NOT EXISTS waybill_migration (step int PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())',
    );
    const { rows } = await client.query<{ done: number }>(
      'SELECT count(*)::int AS done FROM waybill_migration',
    );
    const done = rows[0]?.done ?? 0;
    if (done > steps.length) {
      throw new StartError(
        `The database of DATABASE_URL was used by a newer release of Waybill (step ${done}; this one knows ${steps.length}). Update Waybill.`,
      );
    }
    for (const [index, sql] of steps.entries()) {
      if (index < done) continue;
      await client.query('BEGIN');
      await client.query(sql);
      await client.query('INSERT INTO waybill_migration (step) VALUES ($1)', [index + 1]);
      await client.query('COMMIT');
    }
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw cause;
  }
}
