import { onTestFinished } from 'vitest';
import type { RequestRecord } from '#engine/signals/index.ts';
import type { RecordLog } from '#server/store/record-log.ts';
import { aRecord } from '../builders.ts';

export const always = { from: 0, to: Date.UTC(2100, 0, 1) };

/** A log that holds these records, until the test is over. */
export async function logWith(
  open: () => Promise<RecordLog>,
  ...records: readonly Partial<RequestRecord>[]
): Promise<RecordLog> {
  const log = await open();
  onTestFinished(() => log.close());
  for (const record of records) log.append(aRecord(record));
  await log.flush();
  return log;
}
