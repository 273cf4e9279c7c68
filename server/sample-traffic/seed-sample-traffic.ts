import { setImmediate } from 'node:timers/promises';
import type { RecordLog } from '../store/record-log.ts';
import { generateSampleTraffic, type SampleTraffic } from './generate-sample-traffic.ts';

/** Between so many rows the process may do something else. */
const breathAfter = 500;

/** What a first start has: 50,000 requests of the last fortnight. */
const firstStart = { seed: 1, days: 14, records: 50_000 } as const;

type Seeding = Omit<SampleTraffic, keyof typeof firstStart> &
  Partial<Pick<SampleTraffic, keyof typeof firstStart>> & {
    readonly log: Pick<RecordLog, 'append' | 'flush'>;
  };

/** Writes sample traffic into a log, in small steps, and waits until it can be read. Answers how many rows that was. */
export async function seedSampleTraffic({ log, ...sample }: Seeding): Promise<number> {
  let rows = 0;
  for (const record of generateSampleTraffic({ ...firstStart, ...sample })) {
    log.append(record);
    rows += 1;
    if (rows % breathAfter === 0) await setImmediate();
  }
  await log.flush();
  return rows;
}
