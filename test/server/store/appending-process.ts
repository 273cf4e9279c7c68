/** A process that appends records until it is killed; started by the test of the request log. */
import { pino } from 'pino';
import { openRecordLog } from '#server/store/duckdb/open-record-log.ts';
import { aPlainRecord } from './plain-record.ts';

const [folder = '', first = '0', flushed = '0', count = '0'] = process.argv.slice(2);
const log = await openRecordLog({ folder, logger: pino({ level: 'silent' }) });
const append = (from: number, to: number) => {
  for (let index = from; index < to; index += 1) log.append(aPlainRecord(`r-${index}`));
};
append(Number(first), Number(first) + Number(flushed));
await log.flush();
append(Number(first) + Number(flushed), Number(first) + Number(count));
process.stdout.write('appended\n');
// Nothing else keeps an idle process alive: its threads do not.
setInterval(() => undefined, 1_000);
