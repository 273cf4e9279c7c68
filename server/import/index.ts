/** Importing: foreign logs → request records, and reading and writing record files. */
export { csvColumnNames } from './csv-columns.ts';
export { parseMapping } from './csv-mapping.ts';
export { LogFileError, type LogFormat } from './foreign-request.ts';
export { csvFormat } from './formats/csv.ts';
export { logFormats } from './formats/index.ts';
export { importLog } from './import-log.ts';
export { importRecords } from './import-records.ts';
export type { BrokenLine, ImportReport } from './import-report.ts';
export { type ModelMap, parseModelMap, targetOf } from './model-map.ts';
export { RecordFileError, readRecordFile } from './record-file/read-record-file.ts';
export { countRecords, openRecordParts, type RecordParts } from './record-file/read-record-parts.ts';
export {
  isRecordFileName,
  openRecordFile,
  type RecordRow,
  writeRecordFile,
} from './record-file/write-record-file.ts';
