import type { RequestRecord } from '#engine/signals/index.ts';
import { usageColumnNames } from '../usage/token-columns.ts';
import { bucketName, bucketNumber } from '../usage/usage-buckets.ts';
import {
  addMeasures,
  difficultyBand,
  noMeasures,
  type UsageDimension,
  type UsageMeasures,
  type UsageQuery,
  type UsageRow,
  type UsageTokens,
} from '../usage/usage-query.ts';

/** One call of a request, or the request itself where it made none. */
export interface Line {
  readonly values: { readonly [D in Exclude<UsageDimension, 'tag'>]: string };
  readonly tags: readonly string[];
  readonly measures: UsageMeasures;
}

interface LoggedAttempt {
  readonly target: string;
  readonly role?: string;
  readonly outcome?: string;
  readonly cost_nano_usd?: number | null;
  readonly usage?: Readonly<Record<string, number>> | null;
}

/** A line and when its request came, ms since 1970. */
export interface TimedLine {
  readonly at: number;
  readonly line: Line;
}

/** The plain reference of what spend is: every record, call by call, and the lines that removed records left. */
export function usageIn(
  records: readonly RequestRecord[],
  query: UsageQuery,
  left: readonly TimedLine[] = [],
): readonly UsageRow[] {
  const sums = new Map<string, UsageRow>();
  for (const { at, line } of [...records.flatMap(timedLines), ...left]) {
    if (at < query.from || at >= query.to || !isAskedFor(line, query)) continue;
    const number = query.grain === null ? null : bucketNumber(at, query.grain, query.offsets);
    const bucket = number === null || query.grain === null ? null : bucketName(number, query.grain);
    for (const { values, measures } of cut(line, query.by)) {
      const name = JSON.stringify([values, bucket]);
      const before = sums.get(name) ?? noMeasures;
      sums.set(name, { values, bucket, ...addMeasures(before, measures) });
    }
  }
  return [...sums.values()];
}

export function timedLines(record: RequestRecord): readonly TimedLine[] {
  return linesOf(record).map((line) => ({ at: record['time.at'] ?? 0, line }));
}

function isAskedFor({ values, tags }: Line, { only, teams }: UsageQuery): boolean {
  if (teams !== null && !teams.includes(values.team)) return false;
  return (Object.keys(only) as UsageDimension[]).every((dimension) => {
    const wanted = only[dimension];
    if (wanted === undefined) return true;
    if (dimension === 'tag')
      return wanted.some((tag) => (tag === '' ? tags.length === 0 : tags.includes(tag)));
    return wanted.includes(values[dimension]);
  });
}

/** The line once, or once a tag with its share of the cost. */
function cut(
  line: Line,
  by: readonly UsageDimension[],
): readonly { readonly values: readonly string[]; readonly measures: UsageMeasures }[] {
  const { values, tags, measures } = line;
  const named = (tag: string) => by.map((dimension) => (dimension === 'tag' ? tag : values[dimension]));
  if (!by.includes('tag') || tags.length === 0) return [{ values: named(''), measures }];
  const share = Math.floor(measures.costNanoUsd / tags.length);
  const rest = measures.costNanoUsd - share * tags.length;
  return tags.map((tag, index) => ({
    values: named(tag),
    measures: { ...measures, costNanoUsd: share + (index < rest ? 1 : 0) },
  }));
}

/** The calls of a request as far as spend is concerned. */
export function linesOf(record: RequestRecord): readonly Line[] {
  const attempts: readonly LoggedAttempt[] = JSON.parse(record['outcome.attempts']);
  const cost = record['cost.nano_usd'];
  const known = attempts.reduce((sum, attempt) => sum + (attempt.cost_nano_usd ?? 0), 0);
  const isPlain =
    attempts.length === 0 ||
    (attempts.length === 1 && attempts[0]?.role === undefined) ||
    (cost !== null && known !== cost);
  if (isPlain) {
    const calls = attempts.length === 0 && record['outcome.target'] === '' ? 0 : 1;
    const only = attempts.length === 1 ? (attempts[0]?.cost_nano_usd ?? null) : null;
    return [
      makeLine(
        record,
        { target: record['outcome.target'], purpose: 'answer', cost: cost ?? only, calls },
        true,
        tokensOf(record),
      ),
    ];
  }
  const last = attempts.findLastIndex(({ role }) => role === undefined);
  const hasUsage = attempts.some(({ usage }) => usage !== undefined && usage !== null);
  const lines = attempts.map((attempt, index) => {
    const tokens =
      index === last && !hasUsage ? tokensOf(record) : tokensOf(attempt.usage ?? {}, 'usage.'.length);
    const purpose = attempt.role ?? (index === last ? 'answer' : 'failed_attempt');
    const call = { target: attempt.target, purpose, cost: attempt.cost_nano_usd ?? null, calls: 1 };
    return makeLine(record, call, index === last, tokens);
  });
  if (last >= 0) return lines;
  return [
    ...lines,
    makeLine(record, { target: '', purpose: 'answer', cost: 0, calls: 0 }, true, noMeasures.tokens),
  ];
}

function makeLine(
  record: RequestRecord,
  { target, purpose, cost, calls }: { target: string; purpose: string; cost: number | null; calls: number },
  isPrimary: boolean,
  tokens: UsageTokens,
): Line {
  const policy = record['decision.policy'];
  const status = record['outcome.status'];
  return {
    tags: [...new Set(record['caller.tags'] ?? [])].sort(),
    values: {
      team: record['caller.team'] ?? '',
      project: record['caller.project'] ?? '',
      key: record['caller.key'] ?? '',
      user: record['caller.user'] ?? '',
      model: target,
      provider: target.split('/')[0] ?? '',
      task: record['task.label'] ?? '',
      difficulty: difficultyBand(record['task.difficulty']),
      policy,
      version: policy === '' ? '' : `${policy}@${record['decision.version']}`,
      purpose,
      origin: !record.sandbox ? 'real' : record.id.startsWith('sample-') ? 'sample' : 'sandbox',
    },
    measures: {
      costNanoUsd: cost ?? 0,
      requests: isPrimary ? 1 : 0,
      calls,
      errors: isPrimary && status === 'failed' ? 1 : 0,
      refused: isPrimary && status === 'refused' ? 1 : 0,
      unpriced: cost === null ? 1 : 0,
      tokens,
    },
  };
}

/** Attempts name their usage as the columns do, without what these begin with. */
function tokensOf(usage: object, cutOff = 0): UsageTokens {
  const sum = (names: readonly string[]) =>
    names.reduce((total, name) => {
      const count: unknown = Reflect.get(usage, name.slice(cutOff));
      return total + (typeof count === 'number' ? count : 0);
    }, 0);
  return {
    input: sum(usageColumnNames.input),
    cacheRead: sum(usageColumnNames.cacheRead),
    cacheWrite: sum(usageColumnNames.cacheWrite),
    output: sum(usageColumnNames.output),
    reasoning: sum(usageColumnNames.reasoning),
    media: sum(usageColumnNames.media),
  };
}
