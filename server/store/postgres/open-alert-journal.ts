import type { Pool, PoolClient } from 'pg';
import { type AlertJournal, emptyJournal, readJournal } from '../../governance/alerts/alert-journal.ts';
import { withClient } from './with-client.ts';

const name = 'alerts';
const lock = `hashtext('waybill alerts')`;

/** What has been told and what is on its way, shared by gateways: one of them at a time looks and tells. */
export async function openPostgresAlertJournal(pool: Pool): Promise<AlertJournal> {
  let state = emptyJournal;
  const refresh = async (client: Pick<PoolClient, 'query'>) => {
    const { rows } = await client.query<{ value: unknown }>(
      'SELECT value FROM waybill_journal WHERE name = $1',
      [name],
    );
    state = readJournal(rows[0]?.value);
  };
  await refresh(pool);
  return {
    read: () => state,
    write: async (next) => {
      await pool.query(
        `INSERT INTO waybill_journal (name, value) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
        [name, JSON.stringify(next)],
      );
      state = next;
    },
    // The lock ends with its connection, so a gateway that is killed holds nobody up.
    alone: (work, otherwise) =>
      withClient(pool, async (client) => {
        const taken = await take(client, otherwise);
        try {
          await refresh(client);
          return taken ? await work() : undefined;
        } finally {
          if (taken) await client.query(`SELECT pg_advisory_unlock(${lock})`).catch(() => undefined);
        }
      }),
  };
}

async function take(client: PoolClient, otherwise: 'wait' | 'leave'): Promise<boolean> {
  if (otherwise === 'wait') {
    await client.query(`SELECT pg_advisory_lock(${lock})`);
    return true;
  }
  const { rows } = await client.query<{ taken: boolean }>(`SELECT pg_try_advisory_lock(${lock}) AS taken`);
  return rows[0]?.taken === true;
}
