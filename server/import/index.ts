/** Importing: foreign logs → request records, and reading and writing record files. */
export { LogFileError } from './foreign-request.ts';
export { logFormats } from './formats/index.ts';
export { importLog } from './import-log.ts';
export { importRecords } from './import-records.ts';
export type { BrokenLine, ImportReport } from './import-report.ts';
export { type ModelMap, parseModelMap, targetOf } from './model-map.ts';
export { RecordFileError, readRecordFile } from './record-file/read-record-file.ts';
export {
  isRecordFileName,
  openRecordFile,
  type RecordRow,
  writeRecordFile,
} from './record-file/write-record-file.ts';
