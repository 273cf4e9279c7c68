import type { Pool } from 'pg';
import type { SpendQuery, SpendRow } from '../record-log.ts';
import { measuresIn } from '../usage/measure-columns.ts';
import { bucketName } from '../usage/usage-buckets.ts';
import type { UsageDimension, UsageQuery, UsageRow } from '../usage/usage-query.ts';
import { Values, whole } from './query-records.ts';
import { allSpend, counts, tokenColumns } from './retire-records.ts';

const dayMs = 86_400_000;

/** What was spent by caller or target, cut into slices. */
export async function querySpend(pool: Pool, query: SpendQuery): Promise<readonly SpendRow[]> {
  const { by, from, to = Number.MAX_SAFE_INTEGER, sliceMs, excluding } = query;
  const slice =
    sliceMs === null
      ? 'NULL::double precision'
      : `(came_at / ${whole(sliceMs)} * ${whole(sliceMs)})::double precision`;
  const columns = by === 'caller' ? 'team, project, key, tags' : 'model AS target';
  const { rows } = await pool.query(
    `SELECT ${columns}, ${slice} AS slice, sum(cost)::double precision AS cost FROM ${allSpend}
     WHERE origin <> 'sample' AND came_at >= $1 AND came_at < $3 AND NOT id = ANY($2) GROUP BY ${by === 'caller' ? 'team, project, key, tags' : 'model'}, slice
     HAVING sum(cost) > 0`,
    [from ?? 0, excluding, to],
  );
  return rows.map((row) => ({
    team: row.team ?? '',
    project: row.project ?? '',
    key: row.key ?? '',
    tags: row.tags ?? [],
    target: row.target ?? '',
    slice: row.slice,
    costNanoUsd: row.cost,
  }));
}

/** What was spent, cut as asked for. */
export async function queryUsage(pool: Pool, query: UsageQuery): Promise<readonly UsageRow[]> {
  const { by, grain } = query;
  const values = new Values();
  const named = by.map((dimension, index) => `${columnOf(dimension)} AS v${index}`);
  const bucket = grain === null ? [] : [`(${bucketOf(query, grain)})::double precision AS bucket`];
  const sums = counts.map((name) =>
    name === 'cost' && by.includes('tag')
      ? `sum((cost - rest * priced) / greatest(cardinality(tags), 1)
          + CASE WHEN place <= rest THEN priced ELSE 0 END)::double precision AS cost`
      : `sum(${name})::double precision AS ${name}`,
  );
  const tags = by.includes('tag')
    ? `, unnest(CASE WHEN cardinality(tags) = 0 THEN ARRAY[''] ELSE tags END) WITH ORDINALITY AS each_tag (tag, place)`
    : '';
  const groups = [...by.map((_, index) => `v${index}`), ...(grain === null ? [] : ['bucket'])];
  const { rows } = await pool.query<Readonly<Record<string, number | string>>>(
    `SELECT ${[...named, ...bucket, ...sums].join(', ')}, count(*)::int AS lines FROM ${allSpend}${tags}
     WHERE ${conditionsOf(query, values)} ${groups.length === 0 ? '' : `GROUP BY ${groups.join(', ')}`}`,
    values.list,
  );
  return rows.filter((row) => Number(row.lines) > 0).map((row) => usageRow(row, query));
}

function usageRow(row: Readonly<Record<string, number | string>>, { by, grain }: UsageQuery): UsageRow {
  return {
    values: by.map((_, index) => String(row[`v${index}`] ?? '')),
    bucket: grain === null ? null : bucketName(Number(row.bucket ?? 0), grain),
    ...measuresIn(row, tokenColumns),
  };
}

function columnOf(dimension: UsageDimension): string {
  return dimension === 'user' ? '"user"' : dimension;
}

function bucketOf({ offsets }: UsageQuery, grain: NonNullable<UsageQuery['grain']>): string {
  if (grain === 'hour') return 'came_at / 3600000';
  const [first, ...later] = offsets;
  const changes = later
    .toReversed()
    .map(({ from, offsetMs }) => `WHEN came_at >= ${whole(from)} THEN ${whole(offsetMs)}`);
  const offset =
    changes.length === 0
      ? whole(first?.offsetMs ?? 0)
      : `CASE ${changes.join(' ')} ELSE ${whole(first?.offsetMs ?? 0)} END`;
  const day = `((came_at + ${offset}) / ${dayMs})`;
  if (grain === 'day') return day;
  if (grain === 'week') return `((${day} + 3) / 7 * 7 - 3)`;
  return `extract(epoch FROM date_trunc('month', to_timestamp(${day} * 86400) AT TIME ZONE 'UTC'))::bigint / 86400`;
}

function conditionsOf({ from, to, only, teams }: UsageQuery, values: Values): string {
  const conditions = [`came_at >= ${whole(from)} AND came_at < ${whole(to)}`];
  if (teams !== null) conditions.push(`team = ANY(${values.add(teams)})`);
  for (const [dimension, wanted] of Object.entries(only) as [
    UsageDimension,
    readonly string[] | undefined,
  ][]) {
    if (wanted === undefined) continue;
    const list = values.add(wanted);
    conditions.push(
      dimension === 'tag'
        ? `(tags && ${list}::text[] OR (cardinality(tags) = 0 AND '' = ANY(${list}::text[])))`
        : `${columnOf(dimension)} = ANY(${list})`,
    );
  }
  return conditions.join(' AND ');
}
