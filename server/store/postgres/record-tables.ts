import type { Pool, PoolClient } from 'pg';
import { type RequestRecord, recordColumns, type ValueType } from '#engine/signals/index.ts';
import { withClient } from './with-client.ts';

const sqlTypes: Readonly<Record<ValueType, string>> = {
  int: 'bigint',
  double: 'double precision',
  bool: 'boolean',
  string: 'text',
  // As JSON text, the same as in the embedded store.
  string_list: 'text',
  string_map: 'text',
  double_map: 'text',
};
const jsonTypes: ReadonlySet<ValueType> = new Set(['string_list', 'string_map', 'double_map']);
/** Tables that are cut into days. */
const partitioned = ['waybill_records', 'waybill_spend'] as const;
const dayMs = 86_400_000;

/** A name as SQL writes it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Adds the record columns that this release has and the table has not; they are unknown for old rows. */
export async function prepareRecordTables(pool: Pool): Promise<void> {
  const columns = recordColumns
    .filter(({ name }) => name !== 'id')
    .map(({ name, valueType }) => `ADD COLUMN IF NOT EXISTS ${quoteName(name)} ${sqlTypes[valueType]}`);
  await withClient(pool, (client) => client.query(`ALTER TABLE waybill_records ${columns.join(', ')}`));
}

/** Makes the partitions that rows of these times go into: one a UTC day. Two gateways may do so at once. */
export async function makePartitions(client: PoolClient, times: Iterable<number>): Promise<void> {
  for (const day of new Set(Array.from(times, (at) => Math.floor(at / dayMs)))) {
    const name = new Date(day * dayMs).toISOString().slice(0, 10).replaceAll('-', '');
    for (const table of partitioned) {
      await client.query(
        `CREATE TABLE IF NOT EXISTS ${table}_${name} PARTITION OF ${table}
         FOR VALUES FROM (${day * dayMs}) TO (${(day + 1) * dayMs})`,
      );
    }
  }
}

/** All record columns for reading rows; whole numbers as doubles, so that they arrive as numbers. */
export const rowColumns: string = recordColumns
  .map(({ name, valueType }) =>
    valueType === 'int' ? `${quoteName(name)}::double precision AS ${quoteName(name)}` : quoteName(name),
  )
  .join(', ');

/** A row as selected by {@link rowColumns} → record. */
export function toRecord(row: Readonly<Record<string, unknown>>): RequestRecord {
  const entries = recordColumns.map(({ name, valueType }) => {
    const value = row[name] ?? null;
    return [name, jsonTypes.has(valueType) && typeof value === 'string' ? JSON.parse(value) : value];
  });
  return Object.fromEntries(entries) as RequestRecord;
}

/** What PostgreSQL cannot keep in a text: the character 0, and halves of a surrogate pair. */
const impossible = /\\u0000|\\ud[89a-f]/i;

/** Rows as one JSON array for `json_populate_recordset`. */
export function rowsJson(rows: readonly object[]): string {
  const text = JSON.stringify(rows);
  return impossible.test(text) ? JSON.stringify(JSON.parse(text, cleaned)) : text;
}

function cleaned(_: string, value: unknown): unknown {
  if (typeof value === 'string')
    return value.replaceAll('\u0000', '\ufffd').replace(/\p{Surrogate}/gu, '\ufffd');
  return value;
}
