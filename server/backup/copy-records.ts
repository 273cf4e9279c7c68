import type { Pool } from 'pg';
import { writeRecords } from '../store/postgres/write-records.ts';
import type { RecordLog } from '../store/record-log.ts';
import type { UsageRow } from '../store/usage/usage-query.ts';

const dayMs = 86_400_000;
const batchSize = 1_000;
const always = { from: 0, to: Number.MAX_SAFE_INTEGER } as const;

type Readable = Pick<RecordLog, 'page' | 'summary' | 'usage'>;

/** What was copied, and what had been there before. */
export interface Copied {
  readonly records: number;
  /** Written in this run; the others were there from one before. */
  readonly written: number;
}

/**
 * Copies records day by day, the oldest first. A day of which the other side has as many and as dear ones is passed over,
 * so a copy that was cut off goes on where it stopped; a record that is there already is not written twice.
 */
export async function copyRecords(
  source: Readable,
  target: Readable,
  pool: Pool,
  onProgress: (done: number, total: number) => void,
): Promise<Copied> {
  const { byDay, total } = await source.summary(always);
  const there = new Map((await target.summary(always)).byDay.map((one) => [one.day, one]));
  let done = 0;
  let written = 0;
  for (const { day, requests, costNanoUsd } of byDay) {
    const known = there.get(day);
    const isThere = known?.requests === requests && known.costNanoUsd === costNanoUsd;
    if (!isThere)
      written += await copyDay(source, pool, Date.parse(`${day}T00:00:00Z`), (count) =>
        onProgress(done + count, total.requests),
      );
    done += requests;
    onProgress(done, total.requests);
  }
  return { records: total.requests, written };
}

async function copyDay(
  source: Readable,
  pool: Pool,
  from: number,
  onBatch: (count: number) => void,
): Promise<number> {
  let count = 0;
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await source.page({ from, to: from + dayMs, limit: batchSize, cursor });
    if (page.records.length > 0) await writeRecords(pool, page.records);
    count += page.records.length;
    onBatch(count);
    cursor = page.next;
  }
  return count;
}

/**
 * Compares both sides: requests and cost of every day, and what was spent by team, project, key, model, purpose and origin of
 * every day with all counts and token classes, to the nano-dollar. Answers sentences about what differs; none: they agree.
 */
export async function differences(source: Readable, target: Readable): Promise<readonly string[]> {
  const [here, there] = await Promise.all([source.summary(always), target.summary(always)]);
  const days = new Map(there.byDay.map((one) => [one.day, one]));
  const found = here.byDay.flatMap(({ day, requests, costNanoUsd }) => {
    const other = days.get(day);
    if (other?.requests === requests && other.costNanoUsd === costNanoUsd) return [];
    return [
      `${day}: ${requests} requests for ${costNanoUsd} nano-dollars in the folder, ${other?.requests ?? 0} for ${other?.costNanoUsd ?? 0} in the database.`,
    ];
  });
  if (there.total.requests !== here.total.requests)
    found.push(`The database has ${there.total.requests} requests, the folder ${here.total.requests}.`);
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
    ...always,
    by: ['team', 'project', 'key', 'model', 'purpose', 'origin'],
    grain: 'day',
    offsets: [{ from: 0, offsetMs: 0 }],
    only: {},
    teams: null,
  });
  const named = ({ values, bucket, ...measures }: UsageRow) =>
    [JSON.stringify([bucket, ...values]), JSON.stringify(measures)] as const;
  return new Map(rows.map(named));
}
