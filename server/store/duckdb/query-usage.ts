import type { DuckDBConnection } from '@duckdb/node-api';
import { countColumns, measuresIn } from '../usage/measure-columns.ts';
import { tokenClassColumns, tokenClassNames } from '../usage/token-columns.ts';
import { bucketName } from '../usage/usage-buckets.ts';
import type { UsageDimension, UsageQuery, UsageRow } from '../usage/usage-query.ts';
import { quoteName, quoteText } from './records-table.ts';

const dayMs = 86_400_000;

const expressions: { readonly [D in UsageDimension]: string } = {
  team: 'team',
  project: 'project',
  key: '"key"',
  user: '"user"',
  tag: 'tag',
  model: 'model',
  provider: `split_part(model, '/', 1)`,
  task: 'task',
  difficulty: 'difficulty',
  policy: 'policy',
  version: `CASE WHEN policy = '' THEN '' ELSE policy || '@' || version END`,
  purpose: 'purpose',
  origin: 'origin',
};
/** What rows are first grouped by: plain columns, so that expressions are worked out a group and not a line. */
const groupedBy: { readonly [D in UsageDimension]: readonly string[] } = {
  team: ['team'],
  project: ['project'],
  key: ['"key"'],
  user: ['"user"'],
  tag: ['tags'],
  model: ['model'],
  provider: ['model'],
  task: ['task'],
  difficulty: ['difficulty'],
  policy: ['policy'],
  version: ['policy', 'version'],
  purpose: ['purpose'],
  origin: ['origin'],
};

const counts = `count(*) FILTER (is_request) AS requests, count(*) FILTER (is_call) AS calls,
  count(*) FILTER (is_error) AS errors, count(*) FILTER (is_refused) AS refused,
  count(*) FILTER (cost IS NULL) AS unpriced`;
const summedCounts = ['requests', 'calls', 'errors', 'refused', 'unpriced']
  .map((name) => `sum(${name}) AS ${name}`)
  .join(', ');
const tokenSums = tokenClassNames.map((name) => `sum(${quoteName(name)}) AS ${quoteName(name)}`).join(', ');
const measureNames = [...countColumns, ...tokenClassNames];

/** What was spent, cut as asked for, from the spend lines and the sums that removed ones left. */
export async function queryUsage(
  connection: DuckDBConnection,
  query: UsageQuery,
): Promise<readonly UsageRow[]> {
  const reader = await connection.runAndReadAll(usageSql(query));
  return reader.getRowObjects().map((row) => ({
    values: query.by.map((_, index) => String(row[`v${index}`] ?? '')),
    bucket: query.grain === null ? null : bucketName(Number(row.bucket ?? 0), query.grain),
    ...measuresIn(row, tokenClassColumns),
  }));
}

function usageSql(query: UsageQuery): string {
  const { by, grain } = query;
  const isShared = by.includes('tag');
  const columns = [...new Set(by.flatMap((dimension) => groupedBy[dimension]))];
  const bucket = grain === null ? [] : [`${bucketOf(query, grain)} AS bucket`];
  const cost = isShared
    ? `cost % greatest(tag_count, 1) AS rest, sum(cost // greatest(tag_count, 1)) AS cost, count(cost) AS priced`
    : 'sum(cost) AS cost';
  // Without a column to group by, SQL answers a row of zeros where there is no line at all.
  const where = `WHERE ${conditionsOf(query)} GROUP BY ALL HAVING count(*) > 0`;
  const inner = `SELECT ${[...columns, ...bucket, cost, counts, tokenSums].join(', ')} FROM spend_lines ${where}
    UNION ALL BY NAME
    SELECT ${[...columns, ...bucket, isShared ? sharesOfSums : 'sum(cost) AS cost', summedCounts, tokenSums].join(', ')}
    FROM (SELECT *, '' AS "user" FROM spend_rollups) ${where}`;
  const names = by.map((dimension, index) => `${expressions[dimension]} AS v${index}`);
  const measures = measureNames.map((name) => `sum(${quoteName(name)})::DOUBLE AS ${quoteName(name)}`);
  const outer = [...names, ...(grain === null ? [] : ['bucket::DOUBLE AS bucket']), ...measures].join(', ');
  const rows = isShared ? sharedByTag(inner) : inner;
  return `SELECT ${outer} FROM (${rows}) GROUP BY ALL HAVING count(*) > 0`;
}

const sharesOfSums = `rest, sum((cost - rest * priced) // greatest(tag_count, 1)) AS cost, sum(priced) AS priced`;

/**
 * Each line once a tag, its cost in equal whole parts, what does not divide to the first tags: lines with the same tags and
 * the same rest share alike.
 */
function sharedByTag(lines: string): string {
  return `SELECT * REPLACE (cost + CASE WHEN place <= rest THEN priced ELSE 0 END AS cost)
    FROM (SELECT *, unnest(CASE WHEN len(list) = 0 THEN [''] ELSE list END) AS tag,
        unnest(range(1, greatest(len(list), 1) + 1)) AS place
      FROM (SELECT *, from_json(tags, '["VARCHAR"]') AS list FROM (${lines})))`;
}

function bucketOf({ offsets }: UsageQuery, grain: NonNullable<UsageQuery['grain']>): string {
  if (grain === 'hour') return '(came_at // 3600000)';
  const [first, ...later] = offsets;
  const changes = [...later]
    .reverse()
    .map(({ from, offsetMs }) => `WHEN came_at >= ${whole(from)} THEN ${whole(offsetMs)}`);
  const offset =
    changes.length === 0
      ? String(whole(first?.offsetMs ?? 0))
      : `CASE ${changes.join(' ')} ELSE ${whole(first?.offsetMs ?? 0)} END`;
  const day = `((came_at + ${offset}) // ${dayMs})`;
  if (grain === 'day') return day;
  if (grain === 'week') return `((${day} + 3) // 7 * 7 - 3)`;
  return `(epoch_ms(date_trunc('month', make_timestamp(${day} * ${dayMs} * 1000))) // ${dayMs})`;
}

function conditionsOf({ from, to, only, teams }: UsageQuery): string {
  const conditions = [`came_at >= ${whole(from)} AND came_at < ${whole(to)}`];
  if (teams !== null) conditions.push(isOneOf('team', teams));
  for (const [dimension, values] of Object.entries(only) as [UsageDimension, readonly string[]][]) {
    if (values === undefined) continue;
    conditions.push(dimension === 'tag' ? hasTag(values) : isOneOf(`(${expressions[dimension]})`, values));
  }
  return conditions.join(' AND ');
}

function hasTag(values: readonly string[]): string {
  const list = `from_json(tags, '["VARCHAR"]')`;
  const any = values.map((tag) => (tag === '' ? `tags = '[]'` : `list_contains(${list}, ${quoteText(tag)})`));
  return any.length === 0 ? 'false' : `(${any.join(' OR ')})`;
}

function isOneOf(expression: string, values: readonly string[]): string {
  return values.length === 0 ? 'false' : `${expression} IN (${values.map(quoteText).join(', ')})`;
}

function whole(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no time in whole ms.`);
  return value;
}
