import type { Pool } from 'pg';
import { writeRollups } from '../store/postgres/retire-records.ts';
import { writeRecords } from '../store/postgres/write-records.ts';
import type { RecordLog, Window } from '../store/record-log.ts';
import type { UsageRow } from '../store/usage/usage-query.ts';

const dayMs = 86_400_000;
const batchSize = 1_000;
const always = { from: 0, to: Number.MAX_SAFE_INTEGER } as const;

type Readable = Pick<RecordLog, 'page' | 'rollups' | 'summary' | 'usage'>;

/** What was copied, and what had been there before. */
export interface Copied {
  readonly records: number;
  /** Written in this run; the others were there from one before. */
  readonly written: number;
}

/**
 * Copies records and the sums that removed ones left, day by day, the oldest first. A day of which the other side has as many
 * and as dear ones is passed over, so a copy that was cut off goes on where it stopped; a record that is there already is
 * not written twice. A day of which the other side has sums only is left as it is: its records are gone there.
 */
export async function copyRecords(
  source: Readable,
  target: Readable,
  pool: Pool,
  onProgress: (done: number, total: number) => void,
): Promise<Copied> {
  const [here, there] = await Promise.all([spendByDay(source), spendByDay(target)]);
  const { byDay, total } = await source.summary(always);
  const records = new Map(byDay.map(({ day, requests }) => [day, requests]));
  let done = 0;
  let written = 0;
  for (const [day, spent] of here) {
    const window = dayOf(day);
    const isThere = there.get(day) === spent || (await isSummedUp(target, day));
    if (!isThere)
      written += await copyDay(source, pool, window, (count) => onProgress(done + count, total.requests));
    done += records.get(day) ?? 0;
    onProgress(done, total.requests);
  }
  return { records: total.requests, written };
}

function dayOf(day: string): Window {
  const from = Date.parse(`${day}T00:00:00Z`);
  return { from, to: from + dayMs };
}

/** Whether records of a day were removed and their sums kept. */
async function isSummedUp(log: Readable, day: string): Promise<boolean> {
  return (await log.rollups(dayOf(day))).length > 0;
}

/** Requests and cost of every day on which there was something, as text, oldest first. */
async function spendByDay(log: Readable): Promise<ReadonlyMap<string, string>> {
  const rows = await log.usage({ ...cutByDay, by: [] });
  const named = rows.map(
    ({ bucket, requests, costNanoUsd }) => [bucket ?? '', `${requests} ${costNanoUsd}`] as const,
  );
  return new Map(named.sort(([left], [right]) => (left < right ? -1 : 1)));
}

const cutByDay = {
  ...always,
  grain: 'day',
  offsets: [{ from: 0, offsetMs: 0 }],
  only: {},
  teams: null,
} as const;

async function copyDay(
  source: Readable,
  pool: Pool,
  window: Window,
  onBatch: (count: number) => void,
): Promise<number> {
  let count = 0;
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await source.page({ ...window, limit: batchSize, cursor });
    if (page.records.length > 0) await writeRecords(pool, page.records);
    count += page.records.length;
    onBatch(count);
    cursor = page.next;
  }
  // The last of a day: where sums are, the day is whole.
  const rollups = await source.rollups(window);
  if (rollups.length > 0) await writeRollups(pool, rollups);
  return count;
}

/**
 * Compares both sides: requests and cost of every day whose records are on both, and what was spent by team, project, key, model, purpose and origin of
 * every day with all counts and token classes, to the nano-dollar. Answers sentences about what differs; none: they agree.
 */
export async function differences(source: Readable, target: Readable): Promise<readonly string[]> {
  const [here, there] = await Promise.all([source.summary(always), target.summary(always)]);
  const days = new Map(there.byDay.map((one) => [one.day, one]));
  const found: string[] = [];
  for (const { day, requests, costNanoUsd } of here.byDay) {
    const other = days.get(day);
    if (other?.requests === requests && other.costNanoUsd === costNanoUsd) continue;
    if (await isSummedUp(target, day)) continue;
    found.push(
      `${day}: ${requests} requests for ${costNanoUsd} nano-dollars in the folder, ${other?.requests ?? 0} for ${other?.costNanoUsd ?? 0} in the database.`,
    );
  }
  const missing = there.byDay.filter(({ day }) => !here.byDay.some((one) => one.day === day));
  for (const { day, requests } of missing)
    found.push(`${day}: ${requests} requests in the database, none in the folder.`);
  const [left, right] = await Promise.all([spentIn(source), spentIn(target)]);
  for (const [name, measures] of left)
    if (right.get(name) !== measures)
      found.push(
        `What was spent differs for ${name}: ${measures} in the folder, ${right.get(name) ?? 'nothing'}.`,
      );
  return found;
}

async function spentIn(log: Readable): Promise<ReadonlyMap<string, string>> {
  const rows = await log.usage({
    ...cutByDay,
    by: ['team', 'project', 'key', 'model', 'purpose', 'origin'],
  });
  const named = ({ values, bucket, ...measures }: UsageRow) =>
    [JSON.stringify([bucket, ...values]), JSON.stringify(measures)] as const;
  return new Map(rows.map(named));
}
