import { openRecordLog } from '#server/store/duckdb/open-record-log.ts';
import { makeMemoryRecordLog } from '#server/store/memory/make-memory-record-log.ts';
import { aFolder, silent } from './builders.ts';
import { describeRecordLog } from './record-log-conformance.ts';

describeRecordLog('memory', async () => makeMemoryRecordLog());
describeRecordLog('duckdb', () => openRecordLog({ folder: aFolder(), logger: silent }));
