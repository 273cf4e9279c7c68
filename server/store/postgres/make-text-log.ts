import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { TextCipher } from '../../governance/privacy/text-cipher.ts';
import { dayMs, type KeptText, type TextLog } from '../../governance/privacy/text-log.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { rowsJson } from './record-tables.ts';

const Sealed = z.strictObject({
  messages: z.array(z.strictObject({ role: z.string(), text: z.string() })),
  answer: z.string(),
  cut: z.boolean(),
});
interface Row {
  readonly id: string;
  readonly at: number;
  readonly key: string;
  readonly sealed: string;
}

/** Texts waiting to be written at most; beyond, they are dropped: the traffic does not wait for them. */
const mostWaiting = 2_000;
const writeEveryMs = 500;
const columns = 'id, at::double precision AS at, key, sealed';

/**
 * Texts in PostgreSQL, read from every gateway. Whose they are stands open, so that they can be erased; what was said is
 * sealed with a key that the database does not hold. What is deleted is vacuumed at once.
 */
export function makePostgresTextLog(parts: {
  readonly pool: Pool;
  readonly cipher: TextCipher;
  readonly logger: Pick<Logger, 'error'>;
}): TextLog & { write(texts: readonly KeptText[]): Promise<void> } {
  const { pool, cipher, logger } = parts;
  const inTurn = oneAtATime();
  let waiting: KeptText[] = [];
  let timer: NodeJS.Timeout | undefined;

  async function write(texts: readonly KeptText[]): Promise<void> {
    const rows = texts.map(({ id, at, team, key, ...said }) => ({
      team,
      id,
      at,
      key,
      sealed: cipher.seal(JSON.stringify(said), placeOf(id, team)),
    }));
    await pool.query(
      `INSERT INTO waybill_texts SELECT * FROM json_populate_recordset(null::waybill_texts, $1::json)
       ON CONFLICT DO NOTHING`,
      [rowsJson(rows)],
    );
  }

  const flush = () =>
    inTurn(async () => {
      clearTimeout(timer);
      timer = undefined;
      if (waiting.length === 0) return;
      const taken = waiting;
      waiting = [];
      await write(taken).catch((cause: unknown) => {
        waiting = [...taken, ...waiting].slice(0, mostWaiting);
        throw cause;
      });
    });

  function later(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      void flush().catch((err: unknown) => {
        logger.error({ err, waiting: waiting.length }, 'texts cannot be written; trying again');
        later();
      });
    }, writeEveryMs);
  }

  const unseal = ({ id, at, key, sealed }: Row, team: string): KeptText => {
    const said = Sealed.parse(JSON.parse(cipher.open(sealed, placeOf(id, team))));
    return { id, at, team, key, ...said };
  };
  const remove = async (sql: string, values: readonly unknown[]): Promise<number> =>
    (await pool.query(`DELETE FROM waybill_texts WHERE ${sql}`, [...values])).rowCount ?? 0;
  const vacuumed = async (gone: number): Promise<number> => {
    if (gone > 0) await pool.query('VACUUM waybill_texts');
    return gone;
  };

  return {
    write,
    append: (text) => {
      if (waiting.length >= mostWaiting) {
        logger.error({ request: text.id }, 'the text log is full; a text is not kept');
        return;
      }
      waiting.push(text);
      later();
    },
    flush,
    find: async ({ id, team }) => {
      await flush();
      const sql = `SELECT ${columns} FROM waybill_texts WHERE team = $1 AND id = $2`;
      const { rows } = await pool.query<Row>(sql, [team, id]);
      return rows[0] === undefined ? undefined : unseal(rows[0], team);
    },
    newest: async (team, most) => {
      await flush();
      const sql = `SELECT ${columns} FROM waybill_texts WHERE team = $1 ORDER BY at DESC, id DESC LIMIT $2`;
      const { rows } = await pool.query<Row>(sql, [team, most]);
      return rows.map((row) => unseal(row, team));
    },
    holding: async (team) => {
      await flush();
      const { rows } = await pool.query<{ texts: number; bytes: number; from: number | null }>(
        `SELECT count(*)::int AS texts, coalesce(sum(octet_length(sealed)), 0)::double precision AS bytes,
           (min(at) / ${dayMs} * ${dayMs})::double precision AS "from" FROM waybill_texts WHERE team = $1`,
        [team],
      );
      return rows[0] ?? { texts: 0, bytes: 0, from: null };
    },
    countOf: async (team, key) => {
      await flush();
      const sql = 'SELECT count(*)::int AS texts FROM waybill_texts WHERE team = $1 AND key = $2';
      const { rows } = await pool.query<{ texts: number }>(sql, [team, key]);
      return rows[0]?.texts ?? 0;
    },
    purge: async (now, daysOf) => {
      await flush();
      let gone = await remove('NOT team = ANY($1)', [[...daysOf.keys()]]);
      for (const [team, days] of daysOf) {
        const last = Math.floor((now - days * dayMs) / dayMs) * dayMs;
        gone += await remove('team = $1 AND at < $2', [team, last + dayMs]);
      }
      return vacuumed(gone);
    },
    eraseKey: async (team, key) => {
      await flush();
      return vacuumed(await remove('team = $1 AND key = $2', [team, key]));
    },
    close: async () => {
      await flush().finally(() => clearTimeout(timer));
    },
  };
}

function placeOf(id: string, team: string): string {
  return `${id}\n${team}`;
}
