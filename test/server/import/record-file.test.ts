import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import { compilePolicy } from '#engine/plan/index.ts';
import type { RequestRecord } from '#engine/signals/index.ts';
import { columnsFromRecords } from '#engine/simulate/columns-from-records.ts';
import { importRecords, type RecordRow, readRecordFile, writeRecordFile } from '#server/import/index.ts';
import { generateSampleTraffic } from '#server/sample-traffic/index.ts';
import { readShipped } from '../../policies/play-cases.ts';
import { aFile, aFolder } from '../cli-verbs/run-verb.ts';

function someRecords(records = 300): readonly RequestRecord[] {
  const compiled = compilePolicy(readShipped('support'));
  if (compiled.kind === 'bad') throw new Error('The shipped policy has errors.');
  const sample = {
    policyId: 'support',
    version: 1,
    seed: 3,
    until: Date.UTC(2026, 10, 22),
    days: 2,
    records,
  };
  return [
    ...generateSampleTraffic({
      ...sample,
      plan: compiled.plan,
      priceBook: defaultPriceBook,
      catalogue: defaultCatalogue,
    }),
  ];
}

describe('a record file', () => {
  it.each(['parquet', 'jsonl', 'ndjson'])('gives back what was written: %s', async (kind) => {
    const records = someRecords().map((record, index) => ({
      ...record,
      'health.error_rate': index % 3 === 0 ? null : { 'openai/gpt-5': index / 7, 'a"b': 1e-9 },
    }));
    const path = join(aFolder(), `records.${kind}`);
    await writeRecordFile(path, records);
    const columns = await readRecordFile(path);
    expect(columns.length).toBe(300);
    expect(columns.hash).toBe(columnsFromRecords(records).hash);
    expect(readdirSync(dirname(path))).toEqual([`records.${kind}`]);
  });

  it('is told apart by what is in it, not by its name', async () => {
    const folder = aFolder();
    await writeRecordFile(join(folder, 'a.parquet'), someRecords(5));
    const { renameSync } = await import('node:fs');
    renameSync(join(folder, 'a.parquet'), join(folder, 'a.log'));
    expect((await readRecordFile(join(folder, 'a.log'))).length).toBe(5);
  });

  it('leaves nothing behind when its rows cannot be written', async () => {
    const path = join(aFolder(), 'records.parquet');
    async function* broken(): AsyncGenerator<RecordRow> {
      yield { id: 'a' };
      throw new Error('the source broke');
    }
    await expect(writeRecordFile(path, broken())).rejects.toThrow('the source broke');
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(dirname(path))).toEqual([]);
  });

  it('takes missing columns and JSON nulls as unknown', async () => {
    const path = aFile(
      'r.jsonl',
      '{"id":"a","time.at":2,"draw":null}\n\n{"id":"b","time.at":1,"caller.tags":["x"],"extra":1}\n',
    );
    const columns = await readRecordFile(path);
    expect(Array.from((columns.column('time.at') as { values: Float64Array }).values)).toEqual([1, 2]);
    expect(columns.column('draw')).toMatchObject({ values: Float64Array.of(Number.NaN, Number.NaN) });
    expect(columns.column('caller.tags')).toMatchObject({
      dictionary: [null, ['x']],
      codes: Uint8Array.of(1, 0),
    });
  });

  it.each([
    [
      '{"id":"a","request.stream":"yes"}\n',
      'Column "request.stream" holds "yes" in record 1; it must hold true or false.',
    ],
    ['{"id":"a"}\n{"id":7}\n', 'Column "id" holds 7 in record 2; it must hold texts.'],
    ['{"id":"a","request.turns":1.5}\n', 'Column "request.turns" holds 1.5; it must hold whole numbers.'],
    [
      '{"id":"a","caller.tags":[1]}\n',
      'Column "caller.tags" holds [1]; it must hold JSON such as ["batch"].',
    ],
    ['{"id":\n', 'Malformed JSON'],
  ])('names what is wrong with JSON lines: %s', async (text, message) => {
    const path = aFile('r.jsonl', text);
    await expect(readRecordFile(path)).rejects.toThrow(message);
    await expect(readRecordFile(path)).rejects.toThrow(path);
  });

  it('names the column of a Parquet file that is of a wrong type', async () => {
    const path = join(aFolder(), 'wrong.parquet');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(`COPY (SELECT 'a' AS id, 'soon' AS "time.at") TO '${path}' (FORMAT parquet)`);
    await expect(readRecordFile(path)).rejects.toThrow(
      'Column "time.at" holds VARCHAR; it must hold whole numbers.',
    );
  });

  it('says so when a Parquet file holds something else', async () => {
    const path = join(aFolder(), 'other.parquet');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(`COPY (SELECT 1 AS price, 2 AS volume) TO '${path}' (FORMAT parquet)`);
    await expect(readRecordFile(path)).rejects.toThrow(
      'has none of the columns of request records; it has price, volume',
    );
  });
});

describe('importRecords', () => {
  async function rowsOf(path: string) {
    const rows: RecordRow[] = [];
    const report = await importRecords({ path, write: async (row) => void rows.push(row) });
    return { rows, report };
  }

  it('hands on what a record file holds, from Parquet and from JSON lines alike', async () => {
    const records = someRecords(40);
    const folder = aFolder();
    await writeRecordFile(join(folder, 'a.parquet'), records);
    await writeRecordFile(join(folder, 'a.jsonl'), records);
    const parquet = await rowsOf(join(folder, 'a.parquet'));
    const lines = await rowsOf(join(folder, 'a.jsonl'));
    expect(parquet.report).toMatchObject({ records: 40, broken: 0 });
    expect(parquet.rows).toEqual(lines.rows);
    expect(columnsFromRecords(lines.rows as RequestRecord[]).hash).toBe(columnsFromRecords(records).hash);
  });

  it('counts rows of a wrong type as broken, names rows without an id, and drops columns it does not know', async () => {
    const path = aFile(
      'r.jsonl',
      '{"time.at":1,"old.column":2}\n{"id":"b","time.at":"soon"}\n{"other":1}\nnope\n',
    );
    const { rows, report } = await rowsOf(path);
    expect(rows).toEqual([{ id: 'records-000000001', 'time.at': 1 }]);
    expect(report.firstBroken).toEqual([
      { line: 2, problem: '"time.at" must be a whole number, not "soon".' },
      { line: 3, problem: 'has none of the columns of a request record.' },
      { line: 4, problem: 'is no JSON object.' },
    ]);
  });

  it('reads lines of any length across the borders of blocks', async () => {
    const path = join(aFolder(), 'long.jsonl');
    const long = 'ü'.repeat(700_000);
    writeFileSync(
      path,
      `\uFEFF${JSON.stringify({ id: 'a', 'caller.user': long })}\r\n${JSON.stringify({ id: 'b' })}`,
    );
    const { rows } = await rowsOf(path);
    expect(rows.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(rows[0]!['caller.user']).toBe(long);
  });
});
