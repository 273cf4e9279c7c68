import type { RequestRecord } from '#engine/signals/index.ts';
import { columnsFromRecords } from '#engine/simulate/columns-from-records.ts';
import { readCursor, writeCursor } from '../record-cursor.ts';
import type {
  NamedTotal,
  RecordLog,
  RecordQuery,
  RecordSummary,
  SpendQuery,
  SpendRow,
  Window,
} from '../record-log.ts';
import { dayBefore } from '../usage/rollup.ts';
import { forgetIn, heldIn, stripIn } from './erase-in.ts';
import { leftBy, rollupsIn } from './retire-in.ts';
import { type TimedLine, usageIn } from './usage-in.ts';

/** A request log that forgets everything with the process: for tests, and the plain reference of what the others answer. */
export function makeMemoryRecordLog(): RecordLog {
  const records: RequestRecord[] = [];
  const left: TimedLine[] = [];
  const inWindow = ({ from, to }: Window) =>
    records.filter((record) => atOf(record) >= from && atOf(record) < to);
  return {
    append: (record) => {
      records.push(record);
    },
    flush: async () => undefined,
    count: async () => records.length,
    page: async (query) => {
      const found = records.filter((record) => fits(record, query)).sort(newestFirst);
      const page = found.slice(0, query.limit);
      const last = page.at(-1);
      const more = found.length > page.length && last !== undefined;
      return { records: page, next: more ? writeCursor({ at: atOf(last), id: last.id }) : null };
    },
    find: async (id) => records.find((record) => record.id === id),
    summary: async ({ teams, ...window }) =>
      summarize(
        inWindow(window).filter((row) => teams === undefined || teams.includes(row['caller.team'] ?? '')),
      ),
    spend: async (query) => spendIn(records, left, query),
    usage: async (query) => usageIn(records, query, left),
    held: async (key) => heldIn(records, key),
    forget: async (key) => forgetIn(records, key),
    strip: async (before, whose) => stripIn(records, before, whose),
    retire: async (before) => {
      const old = records.filter((record) => atOf(record) < dayBefore(before));
      left.push(...old.flatMap(leftBy));
      const kept = records.filter((record) => !old.includes(record));
      records.splice(0, records.length, ...kept);
      return old.length;
    },
    rollups: async (window) => rollupsIn(left, window),
    columns: async (window) => columnsFromRecords(inWindow(window)),
    close: async () => undefined,
  };
}

function atOf(record: RequestRecord): number {
  return record['time.at'] ?? 0;
}

function newestFirst(left: RequestRecord, right: RequestRecord): number {
  return atOf(right) - atOf(left) || (left.id < right.id ? 1 : -1);
}

function fits(record: RequestRecord, query: RecordQuery): boolean {
  const cursor = query.cursor === undefined ? undefined : readCursor(query.cursor);
  const isBefore =
    cursor === undefined || atOf(record) < cursor.at || (atOf(record) === cursor.at && record.id < cursor.id);
  const search = query.search?.toLowerCase() ?? '';
  const texts = [record.id, record['decision.path'], record['outcome.target']];
  return (
    isBefore &&
    (query.policy === undefined || record['decision.policy'] === query.policy) &&
    (query.status === undefined || record['outcome.status'] === query.status) &&
    (query.team === undefined || record['caller.team'] === query.team) &&
    (query.target === undefined || record['outcome.target'] === query.target) &&
    isFrom(record, query) &&
    wentSo(record, query) &&
    (search === '' || texts.some((text) => text.toLowerCase().includes(search)))
  );
}

/** The part of a query that says when, from whom and what. */
function isFrom(record: RequestRecord, query: RecordQuery): boolean {
  const { from, to, project, key, user, tag, task, version, model, teams } = query;
  const at = atOf(record);
  const calls = `"target":${JSON.stringify(model ?? '')}`;
  return (
    (from === undefined || at >= from) &&
    (to === undefined || at < to) &&
    (project === undefined || record['caller.project'] === project) &&
    (key === undefined || record['caller.key'] === key) &&
    (user === undefined || record['caller.user'] === user) &&
    (tag === undefined || record['caller.tags']?.includes(tag) === true) &&
    (task === undefined || record['task.label'] === task) &&
    (version === undefined || record['decision.version'] === version) &&
    (teams === undefined || teams.includes(record['caller.team'] ?? '')) &&
    (model === undefined || record['outcome.target'] === model || record['outcome.attempts'].includes(calls))
  );
}

/** The part of a query that says how it went. */
function wentSo(record: RequestRecord, query: RecordQuery): boolean {
  const { provider, error, session, minCost, minLatency } = query;
  const beginning = `${provider}/`;
  const calls = `"target":${JSON.stringify(beginning).slice(0, -1)}`;
  return (
    (provider === undefined ||
      record['outcome.target'].startsWith(beginning) ||
      record['outcome.attempts'].includes(calls)) &&
    (error === undefined || record['outcome.error'] === error) &&
    (session === undefined || record['session.id'] === session) &&
    (minCost === undefined || (record['cost.nano_usd'] ?? -1) >= minCost) &&
    (minLatency === undefined || (record['latency.total_ms'] ?? -1) >= minLatency)
  );
}

function summarize(rows: readonly RequestRecord[]): RecordSummary {
  const latencies = rows
    .filter((row) => row['outcome.status'] === 'served')
    .flatMap((row) => row['latency.total_ms'] ?? [])
    .sort((a, b) => a - b);
  const days = totalsBy(rows, (row) => new Date(atOf(row)).toISOString().slice(0, 10));
  return {
    sandbox: rows.some((row) => row.sandbox),
    total: {
      requests: rows.length,
      costNanoUsd: costOf(rows),
      withoutCost: rows.filter((row) => row['cost.nano_usd'] === null).length,
      failed: rows.filter((row) => row['outcome.status'] === 'failed').length,
      refused: rows.filter((row) => row['outcome.status'] === 'refused').length,
      latencyP50Ms: quantile(latencies, 0.5),
      latencyP95Ms: quantile(latencies, 0.95),
    },
    byDay: days
      .map(({ name, ...total }) => ({ day: name, ...total }))
      .sort((a, b) => (a.day < b.day ? -1 : 1)),
    byTarget: totalsBy(
      rows.filter((row) => row['outcome.target'] !== ''),
      (row) => row['outcome.target'],
    ),
    byTeam: totalsBy(rows, (row) => row['caller.team'] ?? 'unknown'),
    byTask: totalsBy(rows, (row) => row['task.label'] ?? 'unknown'),
  };
}

function costOf(rows: readonly RequestRecord[]): number {
  return rows.reduce((sum, row) => sum + (row['cost.nano_usd'] ?? 0), 0);
}

function spendIn(
  records: readonly RequestRecord[],
  left: readonly TimedLine[],
  query: SpendQuery,
): readonly SpendRow[] {
  const { by, from, to = Number.POSITIVE_INFINITY, sliceMs, excluding } = query;
  const leftOut = new Set(excluding);
  const isAsked = (at: number) => (from === null || at >= from) && at < to;
  const sliceOf = (at: number) => (sliceMs === null ? null : Math.floor(at / sliceMs) * sliceMs);
  const sums = new Map<string, SpendRow>();
  const add = (row: SpendRow) => {
    const name = JSON.stringify([row.team, row.project, row.key, row.tags, row.target, row.slice]);
    const before = sums.get(name)?.costNanoUsd ?? 0;
    sums.set(name, { ...row, costNanoUsd: before + row.costNanoUsd });
  };
  for (const record of records) {
    if (leftOut.has(record.id) || isSample(record) || !isAsked(atOf(record))) continue;
    const slice = sliceOf(atOf(record));
    const attempts = attemptsOf(record);
    if (by === 'target') {
      for (const { target, cost_nano_usd: cost } of attempts)
        add({ team: '', project: '', key: '', tags: [], target, slice, costNanoUsd: cost ?? 0 });
      continue;
    }
    const known = attempts.reduce((sum, attempt) => sum + (attempt.cost_nano_usd ?? 0), 0);
    add({
      team: record['caller.team'] ?? '',
      project: record['caller.project'] ?? '',
      key: record['caller.key'] ?? '',
      tags: record['caller.tags'] ?? [],
      target: '',
      slice,
      costNanoUsd: record['cost.nano_usd'] ?? known,
    });
  }
  for (const { at, line } of left)
    if (line.values.origin !== 'sample' && isAsked(at)) add({ ...spentBy(line, by), slice: sliceOf(at) });
  return [...sums.values()].filter(({ costNanoUsd }) => costNanoUsd > 0);
}

function spentBy(
  { values, tags, measures: { costNanoUsd } }: TimedLine['line'],
  by: SpendQuery['by'],
): Omit<SpendRow, 'slice'> {
  return by === 'target'
    ? { team: '', project: '', key: '', tags: [], target: values.model, costNanoUsd }
    : { team: values.team, project: values.project, key: values.key, tags, target: '', costNanoUsd };
}

function isSample({ sandbox, id }: RequestRecord): boolean {
  return sandbox && id.startsWith('sample-');
}

function attemptsOf(
  record: RequestRecord,
): readonly { readonly target: string; readonly cost_nano_usd: number | null }[] {
  return JSON.parse(record['outcome.attempts']);
}

/** The dearest first; equal ones by name. */
function totalsBy(
  rows: readonly RequestRecord[],
  nameOf: (row: RequestRecord) => string,
): readonly NamedTotal[] {
  const groups = new Map<string, RequestRecord[]>();
  for (const row of rows) groups.set(nameOf(row), [...(groups.get(nameOf(row)) ?? []), row]);
  return [...groups]
    .map(([name, group]) => ({ name, requests: group.length, costNanoUsd: costOf(group) }))
    .sort((a, b) => b.costNanoUsd - a.costNanoUsd || (a.name < b.name ? -1 : 1));
}

/** With linear interpolation, as SQL's `percentile_cont`. */
function quantile(sorted: readonly number[], share: number): number | null {
  if (sorted.length === 0) return null;
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}
