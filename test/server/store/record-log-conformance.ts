import { describe } from 'vitest';
import type { RecordLog } from '#server/store/record-log.ts';
import { testColumns } from './record-log/columns.ts';
import { testFinding } from './record-log/finding.ts';
import { testKeeping } from './record-log/keeping.ts';
import { testSums } from './record-log/sums.ts';

/** What every request log has to keep. `open` gives an empty one. */
export function describeRecordLog(name: string, open: () => Promise<RecordLog>): void {
  describe(`the request log in ${name}`, () => {
    testKeeping(open);
    testFinding(open);
    testSums(open);
    testColumns(open);
  });
}
