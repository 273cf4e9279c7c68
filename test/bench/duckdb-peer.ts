import {
  BIGINT,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  ENUM,
  INTEGER,
} from '@duckdb/node-api';
import { defaultPriceBook, priceOf } from '#engine/catalogue/index.ts';
import { models, type Thresholds } from './routing-policy.ts';
import { labels, type Traffic, teams } from './sample-traffic.ts';

/** What the query answers for each target. */
export interface PeerRow {
  readonly target: string;
  readonly requests: number;
  readonly costNanoUsd: number;
}

const chunkRows = 2_048;

/** The traffic as a table in memory, with the types someone who cares for speed would give it. */
export async function loadTable(traffic: Traffic): Promise<DuckDBConnection> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const enumOf = (values: readonly string[]) => `ENUM(${values.map((value) => `'${value}'`).join(', ')})`;
  await connection.run(`CREATE TYPE task AS ${enumOf(labels)}`);
  await connection.run(`CREATE TYPE team AS ${enumOf(teams)}`);
  await connection.run(`CREATE TABLE log (task task, team team, confidence DOUBLE, hour INTEGER, tools INTEGER,
    turns INTEGER, size INTEGER, fresh INTEGER, cached INTEGER, answer INTEGER, cost BIGINT)`);
  const types = [
    ENUM(labels),
    ENUM(teams),
    DOUBLE,
    INTEGER,
    INTEGER,
    INTEGER,
    INTEGER,
    INTEGER,
    INTEGER,
    INTEGER,
    BIGINT,
  ];
  const appender = await connection.createAppender('log');
  for (let from = 0; from < traffic.length; from += chunkRows) {
    const chunk = DuckDBDataChunk.create(types);
    chunk.setRows(
      Array.from({ length: Math.min(chunkRows, traffic.length - from) }, (_, index) =>
        rowOf(traffic, from + index),
      ),
    );
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  return connection;
}

function rowOf({ numbers, codes }: Traffic, row: number) {
  const number = (name: string) => numbers[name]![row]!;
  return [
    labels[codes['task.label']![row]! - 1]!,
    teams[codes['caller.team']![row]! - 1]!,
    number('task.confidence'),
    number('time.hour'),
    number('request.tools'),
    number('request.turns'),
    number('request.input_tokens'),
    number('usage.input_tokens'),
    number('usage.cache_read_tokens'),
    number('usage.output_tokens'),
    BigInt(number('cost.nano_usd')),
  ];
}

/** The bench policy written by hand: one CASE, then the tokens of each target times its price. */
export async function askDuckdb(
  connection: DuckDBConnection,
  thresholds: Thresholds,
): Promise<readonly PeerRow[]> {
  const { long, evening, turns, confidence } = thresholds;
  const hour = `CASE WHEN hour >= ${evening} THEN 0 WHEN turns > ${turns} THEN 1 ELSE 0 END`;
  const team = `CASE WHEN team = 'search' THEN 2 ELSE ${hour} END`;
  const size = `CASE WHEN size > ${long} THEN 2 ELSE ${team} END`;
  const result = await connection.runAndReadAll(`
    SELECT target, count(*), sum(fresh), sum(cached), sum(answer), sum(cost) FROM (
      SELECT fresh, cached, answer, cost, CASE
        WHEN confidence < ${confidence}::DOUBLE THEN ${size}
        WHEN task = 'code' THEN CASE WHEN tools > 0 THEN 1 WHEN turns > ${turns} THEN 1 ELSE 0 END
        WHEN task = 'math_reasoning' THEN 1
        WHEN task = 'summarization' THEN ${size}
        WHEN task = 'translation' THEN 0
        WHEN task = 'creative_writing' THEN ${team}
        ELSE ${size} END AS target
      FROM log) GROUP BY target ORDER BY target`);
  return result.getRows().map(([target, requests, fresh, cached, answer]) => {
    const name = [models.small, models.opus, models.flash][Number(target)]!;
    const price = priceOf(defaultPriceBook, name)!;
    const pico =
      Number(fresh) * price.input + Number(cached) * price.cacheRead + Number(answer) * price.output;
    return { target: name, requests: Number(requests), costNanoUsd: pico / 1_000 };
  });
}
