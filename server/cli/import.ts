import { stat } from 'node:fs/promises';
import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import { targetPattern } from '#engine/nodes/index.ts';
import {
  type ImportReport,
  importLog,
  importRecords,
  isRecordFileName,
  LogFileError,
  logFormats,
  openRecordFile,
  parseModelMap,
  RecordFileError,
  type RecordRow,
} from '../import/index.ts';
import { misuse, parseArguments } from './parse-arguments.ts';
import { showProgress } from './progress.ts';
import { showCount } from './show.ts';
import type { Io, Verb } from './verb.ts';

const formatNames = [...logFormats.map(({ name }) => name), 'records'];

const usage = `Usage: waybill import FILE --format FORMAT --out FILE [--model-map NAME=TARGET,…] [--target TARGET] [--start TIME] [--json]

Turns a foreign log into a file of request records, which \`waybill simulate\` reads.

  --format     ${formatNames.join(', ')}
  --out        the record file: .parquet, or .jsonl or .ndjson for JSON lines
  --model-map  which target a model's name stands for: m-small=openai/gpt-5-mini,m-large=anthropic/claude-opus-5
  --target     the target of rows whose model is not mapped, or whose log names none
  --start      when a log with a clock of its own began, such as 2026-11-01T00:00:00Z; without it, its times count from
               1970-01-01 and hour and weekday stay unknown (${logFormats
                 .filter(({ clock }) => clock === 'relative')
                 .map(({ name }) => name)
                 .join(', ')})
  --json       what was done as one JSON object

What a log does not say stays unknown. Lines that cannot be read are listed (the first 20) and counted; the exit code is
1 only when nothing could be imported.

${logFormats.map(({ name, summary }) => `  ${name.padEnd(13)}${summary}`).join('\n')}
  ${'records'.padEnd(13)}request records, Parquet or JSON lines: checked and written again`;

const options = {
  format: 'text',
  out: 'text',
  'model-map': 'text',
  target: 'text',
  start: 'text',
  json: 'flag',
} as const;

/** What the arguments ask for. */
interface Job {
  readonly path: string;
  readonly format: string;
  readonly out: string;
  readonly named: ReadonlyMap<string, string>;
  readonly target: string | null;
  readonly startsAt: number | null;
  readonly json: boolean;
}

/** `waybill import`: a foreign log → a record file. */
export const importVerb: Verb = {
  summary: 'a foreign log → request records',
  usage,
  async run(args, io) {
    const job = readJob(args);
    if (typeof job === 'string') return misuse(io, job, usage);
    if (!(await isFile(job.path))) {
      io.stderr.write(`There is no file ${job.path} that can be read.\n`);
      return 1;
    }
    const writer = openRecordFile(job.out);
    try {
      const report = await importInto(job, (row) => writer.write(row), io);
      if (report.records === 0) await writer.abandon();
      else await writer.close();
      tellReport(job, report, io);
      return report.records === 0 ? 1 : 0;
    } catch (error) {
      await writer.abandon();
      if (!(error instanceof LogFileError || error instanceof RecordFileError || isSystemError(error)))
        throw error;
      io.stderr.write(`${error.message}\n`);
      return 1;
    }
  },
};

function readJob(args: readonly string[]): Job | string {
  const parsed = parseArguments(args, options);
  if (parsed.kind === 'bad') return parsed.message;
  const { values, positionals } = parsed;
  const [path, ...more] = positionals;
  const { format, out, target = null, start } = values;
  if (path === undefined || more.length > 0) return 'Name one file to import.';
  if (format === undefined || !formatNames.includes(format)) {
    return `--format must be one of ${formatNames.join(', ')}${format === undefined ? '' : `, not "${format}"`}.`;
  }
  if (out === undefined || !isRecordFileName(out))
    return '--out must name a file that ends in .parquet, .jsonl or .ndjson.';
  const map = parseModelMap(values['model-map'] ?? '');
  if (map.kind === 'bad') return `--model-map: ${map.message}`;
  if (target !== null && !targetPattern.test(target)) {
    return `--target must be provider/model, such as openai/gpt-5-mini, not "${target}".`;
  }
  const startsAt = start === undefined ? null : Date.parse(start);
  if (startsAt !== null && !Number.isFinite(startsAt)) {
    return `--start must be a time such as 2026-11-01T00:00:00Z, not "${start}".`;
  }
  return { path, format, out, named: map.named, target, startsAt, json: values.json === true };
}

async function importInto(job: Job, write: (row: RecordRow) => Promise<void>, io: Io): Promise<ImportReport> {
  const progress = showProgress(io, `Importing ${job.path}`);
  const { path } = job;
  const format = logFormats.find(({ name }) => name === job.format);
  try {
    if (format === undefined) return await importRecords({ path, write, onProgress: progress.update });
    return await importLog({
      path,
      format,
      models: { named: job.named, otherwise: job.target, catalogue: defaultCatalogue },
      startsAt: job.startsAt,
      priceBook: defaultPriceBook,
      write,
      onProgress: progress.update,
    });
  } finally {
    progress.clear();
  }
}

function tellReport(job: Job, report: ImportReport, io: Io): void {
  const { records, broken, firstBroken, unmapped, withoutTarget } = report;
  for (const { line, problem } of firstBroken) io.stderr.write(`${job.path}:${line}: ${problem}\n`);
  if (broken > firstBroken.length) {
    io.stderr.write(`… and ${showCount(broken - firstBroken.length)} more lines that cannot be read.\n`);
  }
  if (job.json) {
    io.stdout.write(
      `${JSON.stringify({
        records,
        broken,
        broken_lines: firstBroken,
        unmapped: Object.fromEntries(unmapped),
        without_target: withoutTarget,
        out: records === 0 ? null : job.out,
      })}\n`,
    );
    return;
  }
  const left =
    broken === 0 ? '' : ` ${showCount(broken)} ${broken === 1 ? 'line' : 'lines'} could not be read.`;
  io.stdout.write(
    records === 0
      ? `Nothing could be imported from ${job.path}.${left}\n`
      : `${showCount(records)} request records are in ${job.out}.${left}\n`,
  );
  for (const sentence of remarks(job, report)) io.stdout.write(`${sentence}\n`);
}

function remarks(
  { format, startsAt }: Job,
  { records, unmapped, withoutTarget }: ImportReport,
): readonly string[] {
  if (records === 0) return [];
  const isRelative = logFormats.find(({ name }) => name === format)?.clock === 'relative';
  const names = [...unmapped].map(([target, rows]) => `${target} (${showCount(rows)})`);
  return [
    ...(isRelative && startsAt === null
      ? [
          'The log has no dates: its times count from 1970-01-01, hour and weekday are unknown. --start says when it began.',
        ]
      : []),
    ...(names.length > 0
      ? [`Models without a price: ${names.join(', ')}. --model-map says what they stand for.`]
      : []),
    ...(withoutTarget > 0
      ? [
          `${showCount(withoutTarget)} records name no model, so they have no cost. --target says which it was.`,
        ]
      : []),
  ];
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** What the file system says, such as a folder that is not there. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;
}
