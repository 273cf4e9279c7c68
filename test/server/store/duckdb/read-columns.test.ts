import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RequestRecord } from '#engine/signals/index.ts';
import type { RecordColumns } from '#engine/simulate/columns.ts';
import { columnsFromRecords } from '#engine/simulate/columns-from-records.ts';
import { readColumns } from '#server/store/duckdb/read-columns.ts';
import { aFolder } from '../builders.ts';

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
});

/** What a column holds at every row, as plain values. */
function valuesOf(columns: RecordColumns, name: keyof RequestRecord): readonly unknown[] {
  const column = columns.column(name);
  return Array.from({ length: columns.length }, (_, row) => {
    if (column.kind === 'coded') return column.dictionary[column.codes[row]!];
    if (column.kind === 'bool') return [false, true, null][column.values[row]!];
    return Number.isNaN(column.values[row]) ? null : column.values[row];
  });
}

describe('readColumns', () => {
  it('reads every type of column, unknown values included', async () => {
    const columns = await readColumns(
      connection,
      `SELECT * FROM (VALUES
        (1, 10, true, 0.5, 'code', ['batch', 'eu'], MAP {'a': 'b'}, MAP {'m/n': 0.25}),
        (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
        (3, 12, false, 0.25, '', [], MAP {}, MAP {})
      ) AS t("time.at", "request.input_tokens", "request.stream", "draw", "task.label", "caller.tags", "request.metadata", "health.error_rate")`,
    );
    expect(columns.length).toBe(3);
    expect(valuesOf(columns, 'time.at')).toEqual([1, 2, 3]);
    expect(valuesOf(columns, 'request.input_tokens')).toEqual([10, null, 12]);
    expect(valuesOf(columns, 'request.stream')).toEqual([true, null, false]);
    expect(valuesOf(columns, 'draw')).toEqual([0.5, null, 0.25]);
    expect(valuesOf(columns, 'task.label')).toEqual(['code', null, '']);
    expect(valuesOf(columns, 'caller.tags')).toEqual([['batch', 'eu'], null, []]);
    expect(valuesOf(columns, 'request.metadata')).toEqual([{ a: 'b' }, null, {}]);
    expect(valuesOf(columns, 'health.error_rate')).toEqual([{ 'm/n': 0.25 }, null, {}]);
  });

  it('leaves columns that are not selected unknown', async () => {
    const columns = await readColumns(connection, `SELECT 5 AS "time.at" FROM range(2)`);
    expect(valuesOf(columns, 'caller.team')).toEqual([null, null]);
    expect(valuesOf(columns, 'sandbox')).toEqual([null, null]);
    expect(valuesOf(columns, 'cost.nano_usd')).toEqual([null, null]);
  });

  it('takes a column without any value as unknown, whatever its type', async () => {
    const columns = await readColumns(connection, `SELECT NULL::INTEGER AS "caller.team", 1 AS "time.at"`);
    expect(valuesOf(columns, 'caller.team')).toEqual([null]);
  });

  it('puts rows in order of time and keeps the order of equal times', async () => {
    const columns = await readColumns(
      connection,
      `SELECT * FROM (VALUES (30, 'd'), (10, 'b'), (NULL, 'e'), (10, 'c'), (5, 'a')) AS t("time.at", "id")`,
    );
    expect(valuesOf(columns, 'id')).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('reads texts of which there are few and texts of which there are many alike', async () => {
    const columns = await readColumns(
      connection,
      `SELECT i AS "time.at", 'team ''' || i % 7 AS "caller.team", 'ü' || i AS "session.id" FROM range(5000) AS t(i)`,
    );
    expect(valuesOf(columns, 'caller.team')[4_003]).toBe(`team '${4_003 % 7}`);
    expect(valuesOf(columns, 'session.id')[4_003]).toBe('ü4003');
  });

  it('has the hash that the same records have in memory', async () => {
    const sql = `SELECT i AS "time.at", 'x' || i AS id, i % 3 = 0 AS "sandbox", ['t' || i % 2] AS "decision.targets",
      MAP {'k': 'v'} AS "request.metadata", CASE WHEN i % 5 > 0 THEN i * 1.5 END AS "latency.total_ms" FROM range(2500) AS t(i)`;
    const records = Array.from({ length: 2_500 }, (_, i) => ({
      'time.at': i,
      id: `x${i}`,
      sandbox: i % 3 === 0,
      'decision.targets': [`t${i % 2}`],
      'request.metadata': { k: 'v' },
      'latency.total_ms': i % 5 > 0 ? i * 1.5 : null,
    }));
    const columns = await readColumns(connection, sql);
    expect(columns.hash).toBe(columnsFromRecords(records as unknown as RequestRecord[]).hash);
  });

  it.each([
    ['time.at', `'soon' AS "time.at"`, 'Column "time.at" holds VARCHAR; it must hold whole numbers.'],
    ['task.label', `1 AS "task.label"`, 'Column "task.label" holds INTEGER; it must hold texts.'],
    [
      'request.turns',
      `1.5::DOUBLE AS "request.turns"`,
      'Column "request.turns" holds 1.5; it must hold whole numbers.',
    ],
    [
      'caller.tags',
      `'batch' AS "caller.tags"`,
      'Column "caller.tags" holds batch; it must hold JSON such as ["batch"].',
    ],
  ])('names the column %s when its type is wrong', async (_, selected, message) => {
    await expect(readColumns(connection, `SELECT ${selected}`)).rejects.toThrow(message);
    await expect(readColumns(connection, `SELECT 1 AS "time.at"`)).resolves.toMatchObject({ length: 1 });
  });

  it('takes whole numbers that are stored as doubles, as other tools write columns with gaps', async () => {
    const columns = await readColumns(connection, `SELECT 3.0::DOUBLE AS "request.turns"`);
    expect(valuesOf(columns, 'request.turns')).toEqual([3]);
  });

  it('tells how far it is', async () => {
    const told: (readonly [number, number])[] = [];
    await readColumns(connection, `SELECT i AS "time.at" FROM range(3000) AS t(i)`, (rows, total) => {
      told.push([rows, total]);
    });
    expect(told[0]).toEqual([0, 3_000]);
    expect(told.at(-1)).toEqual([3_000, 3_000]);
  });

  it('keeps every row together over many groups of rows, texts and numbers alike', async () => {
    const rows = 300_000;
    const path = `${aFolder()}/rows.duckdb`;
    const instance = await DuckDBInstance.create(path, { threads: '4' });
    const table = await instance.connect();
    await table.run(
      `CREATE TABLE records AS SELECT (i * 7919) % ${rows} AS "time.at",
        'a text longer than twelve characters, ' || ((i * 7919) % ${rows}) AS "id",
        CASE WHEN i % 3 = 0 THEN NULL ELSE 's' || ((i * 7919) % ${rows}) // 2 END AS "session.id"
      FROM range(${rows}) AS t(i)`,
    );
    const columns = await readColumns(table, 'SELECT * FROM records WHERE "time.at" >= 1000');
    table.closeSync();
    instance.closeSync();
    const [at, id, session] = (['time.at', 'id', 'session.id'] as const).map((name) =>
      valuesOf(columns, name),
    );
    const wrong = at!.filter((time, row) => {
      const sessionThere = session![row];
      return (
        id![row] !== `a text longer than twelve characters, ${time}` ||
        (sessionThere !== null && sessionThere !== `s${Math.floor(Number(time) / 2)}`)
      );
    });
    expect(columns.length).toBe(rows - 1_000);
    expect(wrong).toEqual([]);
  });
});
