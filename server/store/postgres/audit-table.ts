import type { Pool, PoolClient } from 'pg';
import { type AuditEntry, AuditEntryShape, canonicalJson } from '../../governance/audit/audit-entry.ts';
import type { AuditPage, AuditQuery } from '../../governance/audit/audit-log.ts';

/** Writes one entry, in the transaction of the change it tells of. */
export async function insertEntry(client: PoolClient, entry: AuditEntry): Promise<void> {
  await client.query(
    'INSERT INTO waybill_audit (sequence, at, actor, action, subject, entry) VALUES ($1, $2, $3, $4, $5, $6)',
    [entry.sequence, entry.at, entry.actor, entry.action, entry.subject, canonicalJson(entry)],
  );
}

/** Entries that are asked for, newest first. */
export async function pageOf(pool: Pool, query: AuditQuery): Promise<AuditPage> {
  const { limit, before, actor, action, subject, from, to } = query;
  const conditions: string[] = [];
  const values: unknown[] = [];
  const add = (condition: string, value: unknown) => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(condition.replace('?', `$${values.length}`));
  };
  add('sequence < ?', before);
  add('actor = ?', actor);
  if (action?.endsWith('.')) add('starts_with(action, ?)', action);
  else add('action = ?', action);
  add('subject = ?', subject);
  add('at >= ?', from);
  add('at < ?', to);
  values.push(limit + 1);
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const { rows } = await pool.query<{ entry: string }>(
    `SELECT entry FROM waybill_audit ${where} ORDER BY sequence DESC LIMIT $${values.length}`,
    values,
  );
  const entries = rows.slice(0, limit).map(({ entry }) => AuditEntryShape.parse(JSON.parse(entry)));
  return { entries, next: rows.length > limit ? (entries.at(-1)?.sequence ?? null) : null };
}

/** Names of actors and actions that occur. */
export async function namesIn(
  pool: Pool,
): Promise<{ readonly actors: readonly string[]; readonly actions: readonly string[] }> {
  const distinct = async (column: 'actor' | 'action') => {
    const { rows } = await pool.query<{ name: string }>(
      `SELECT DISTINCT ${column} AS name FROM waybill_audit`,
    );
    return rows.map(({ name }) => name);
  };
  return { actors: await distinct('actor'), actions: await distinct('action') };
}

/** Every entry as text, oldest first, a thousand at a time. */
export async function* allEntries(pool: Pool): AsyncGenerator<string> {
  for (let after = 0; ; ) {
    const { rows } = await pool.query<{ sequence: string; entry: string }>(
      'SELECT sequence, entry FROM waybill_audit WHERE sequence > $1 ORDER BY sequence LIMIT 1000',
      [after],
    );
    for (const { entry } of rows) yield entry;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = Number(last.sequence);
  }
}
