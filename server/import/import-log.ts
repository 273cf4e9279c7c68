import { stat } from 'node:fs/promises';
import type { PriceBook } from '#engine/catalogue/index.ts';
import type { LogFormat } from './foreign-request.ts';
import { type ImportReport, Tally } from './import-report.ts';
import { type ModelMap, targetOf } from './model-map.ts';
import { readRow, readRows } from './read-rows.ts';
import type { RecordRow } from './record-file/write-record-file.ts';
import { toRecord } from './to-record.ts';

export interface LogImport {
  readonly path: string;
  readonly format: LogFormat;
  readonly models: ModelMap;
  /** When a log with a relative clock began, ms since 1970; `null` when nobody said. */
  readonly startsAt: number | null;
  readonly priceBook: PriceBook;
  /** Takes every record that could be read. */
  readonly write: (row: RecordRow) => Promise<void>;
  /** Stops after so many records, for a preview. */
  readonly limit?: number;
  readonly onProgress?: (bytes: number, total: number) => void;
}

const progressEvery = 2_000;

/** Reads a foreign log row by row and hands on request records. Broken lines are counted, never silently dropped. */
export async function importLog(job: LogImport): Promise<ImportReport> {
  const total = (await stat(job.path)).size;
  const tally = new Tally();
  const reader = job.format.open?.() ?? { read: job.format.read, remarks: () => [] };
  let seen = 0;
  for await (const read of readRows(job.path, job.format)) {
    seen += 1;
    if (seen % progressEvery === 0) job.onProgress?.(read.bytes, total);
    const rows = read.kind === 'row' ? readRow(() => [...reader.read(read.row)]) : read;
    if (rows.kind === 'broken') {
      tally.addBroken({ line: read.line, problem: rows.problem });
      continue;
    }
    for (const foreign of rows.value) {
      const target = targetOf(foreign.model, foreign.provider, job.models);
      tally.addRecord(target);
      const id = `${job.format.name}-${String(tally.records).padStart(9, '0')}`;
      await job.write(toRecord(foreign, { id, target, startsAt: startOf(job), priceBook: job.priceBook }));
      if (tally.records === job.limit) return tally.report();
    }
  }
  job.onProgress?.(total, total);
  return { ...tally.report(), remarks: reader.remarks() };
}

function startOf({ format, startsAt }: LogImport): number | null {
  return format.clock === 'absolute' ? 0 : startsAt;
}
