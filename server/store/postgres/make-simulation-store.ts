import type { Pool } from 'pg';
import { KeptSimulation, SimulationHead } from '../../contract/simulations.ts';
import { headOf, mostSimulations, type SimulationStore } from '../simulation-store.ts';
import { inTransaction } from './with-client.ts';

/** Kept what-ifs in PostgreSQL, read from every gateway. One that cannot be read (of another release) is passed over in lists. */
export function makePostgresSimulationStore(pool: Pool, most = mostSimulations): SimulationStore {
  return {
    put: (simulation) =>
      inTransaction(pool, async (client) => {
        await client.query(
          `INSERT INTO waybill_simulations (id, at, head, simulation) VALUES ($1, $2, $3, $4)
           ON CONFLICT (id) DO UPDATE SET at = excluded.at, head = excluded.head, simulation = excluded.simulation`,
          [
            simulation.id,
            Date.parse(simulation.at),
            JSON.stringify(headOf(simulation)),
            JSON.stringify(simulation),
          ],
        );
        await client.query(
          `DELETE FROM waybill_simulations WHERE id IN
             (SELECT id FROM waybill_simulations ORDER BY at DESC, id DESC OFFSET $1)`,
          [most],
        );
      }),
    find: async (id) => {
      const { rows } = await pool.query('SELECT simulation FROM waybill_simulations WHERE id = $1', [id]);
      return rows[0] === undefined ? undefined : KeptSimulation.safeParse(rows[0].simulation).data;
    },
    list: async () => {
      const { rows } = await pool.query('SELECT head FROM waybill_simulations ORDER BY at DESC, id DESC');
      return rows.flatMap(({ head }) => SimulationHead.safeParse(head).data ?? []);
    },
  };
}
