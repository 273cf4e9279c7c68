import { readFile, stat } from 'node:fs/promises';
import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import { targetPattern } from '#engine/nodes/index.ts';
import {
  csvFormat,
  type ImportReport,
  importLog,
  importRecords,
  isRecordFileName,
  LogFileError,
  type LogFormat,
  logFormats,
  openRecordFile,
  parseMapping,
  parseModelMap,
  RecordFileError,
  type RecordRow,
} from '../import/index.ts';
import { misuse, parseArguments } from './parse-arguments.ts';
import { showProgress } from './progress.ts';
import { showCount } from './show.ts';
import type { Io, Verb } from './verb.ts';

const formatNames = [...logFormats.map(({ name }) => name), 'csv', 'records'];

const usage = `Usage: waybill import FILE --format FORMAT --out FILE [--model-map NAME=TARGET,…] [--target TARGET] [--start TIME]
                      [--map NAME=COLUMN,…|MAPPING.json] [--dry-run] [--json]

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
  --map        with csv: where each column of a record comes from, as name=column[:unit][|default],… or as a JSON file of
               { name: { column, unit, default } }, such as
               'time.at=timestamp:iso,model=model,usage.input_tokens=prompt_tokens:with_cache,usage.cache_read_tokens=cached|0'
               units: iso s ms us ns (times), usd cents nano_usd (cost), with_cache with_reasoning (a total that holds them)
  --dry-run    shows the first rows as they would be read; writes nothing, so --out may be left out
  --json       what was done as one JSON object

What a log does not say stays unknown. Lines that cannot be read are listed (the first 20) and counted; the exit code is
1 only when nothing could be imported.

${logFormats.map(({ name, summary }) => `  ${name.padEnd(13)}${summary}`).join('\n')}
  ${'csv'.padEnd(13)}any CSV with a request a row, its columns named by --map
  ${'records'.padEnd(13)}request records, Parquet or JSON lines: checked and written again`;

const options = {
  format: 'text',
  out: 'text',
  'model-map': 'text',
  target: 'text',
  start: 'text',
  map: 'text',
  'dry-run': 'flag',
  json: 'flag',
} as const;

/** What the arguments ask for. */
interface Job {
  readonly path: string;
  readonly format: string;
  /** `null` for records. */
  readonly reads: LogFormat | null;
  readonly out: string;
  readonly dryRun: boolean;
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
    const job = await readJob(args);
    if (typeof job === 'string') return misuse(io, job, usage);
    if (!(await isFile(job.path))) {
      io.stderr.write(`There is no file ${job.path} that can be read.\n`);
      return 1;
    }
    if (job.dryRun) return preview(job, io);
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

async function readJob(args: readonly string[]): Promise<Job | string> {
  const parsed = parseArguments(args, options);
  if (parsed.kind === 'bad') return parsed.message;
  const { values, positionals } = parsed;
  const [path, ...more] = positionals;
  const { format, target = null, start, map: mapping } = values;
  const dryRun = values['dry-run'] === true;
  const out = values.out ?? (dryRun ? 'preview.jsonl' : undefined);
  if (path === undefined || more.length > 0) return 'Name one file to import.';
  if (format === undefined || !formatNames.includes(format)) {
    return `--format must be one of ${formatNames.join(', ')}${format === undefined ? '' : `, not "${format}"`}.`;
  }
  if (out === undefined || !isRecordFileName(out))
    return '--out must name a file that ends in .parquet, .jsonl or .ndjson.';
  const reads = await formatNamed(format, mapping);
  if (typeof reads === 'string') return reads;
  if (reads === null && dryRun)
    return '--dry-run shows how a foreign log is read; records are read as they are.';
  const map = parseModelMap(values['model-map'] ?? '');
  if (map.kind === 'bad') return `--model-map: ${map.message}`;
  if (target !== null && !targetPattern.test(target)) {
    return `--target must be provider/model, such as openai/gpt-5-mini, not "${target}".`;
  }
  const startsAt = start === undefined ? null : Date.parse(start);
  if (startsAt !== null && !Number.isFinite(startsAt)) {
    return `--start must be a time such as 2026-11-01T00:00:00Z, not "${start}".`;
  }
  return {
    path,
    format,
    reads,
    out,
    dryRun,
    named: map.named,
    target,
    startsAt,
    json: values.json === true,
  };
}

/** The format of a name; a sentence where the mapping it needs is missing or wrong. */
async function formatNamed(name: string, mapping: string | undefined): Promise<LogFormat | null | string> {
  if (name !== 'csv') {
    if (mapping !== undefined) return '--map goes with --format csv; the other formats know their columns.';
    return logFormats.find((one) => one.name === name) ?? null;
  }
  if (mapping === undefined)
    return '--map is missing: it says where the columns of a record come from, such as usage.input_tokens=prompt_tokens.';
  const isMappingFile = /\.json$/i.test(mapping) && !mapping.includes('=');
  if (isMappingFile && !(await isFile(mapping)))
    return `There is no mapping file ${mapping} that can be read.`;
  const parsed = parseMapping(isMappingFile ? await readFile(mapping, 'utf8') : mapping);
  return parsed.kind === 'bad' ? `--map: ${parsed.message}` : csvFormat(parsed.sources);
}

/** So many records are shown by `--dry-run`. */
const previewed = 3;

async function preview(job: Job, io: Io): Promise<number> {
  const rows: RecordRow[] = [];
  try {
    const report = await importInto(job, async (row) => void rows.push(row), io, previewed);
    for (const { line, problem } of report.firstBroken) io.stderr.write(`${job.path}:${line}: ${problem}\n`);
  } catch (error) {
    if (!(error instanceof LogFileError || isSystemError(error))) throw error;
    io.stderr.write(`${error.message}\n`);
    return 1;
  }
  const known = rows.map((row) => Object.entries(row).filter(([name, value]) => isTold(name, value)));
  if (job.json)
    io.stdout.write(
      `${JSON.stringify(
        known.map((row) => Object.fromEntries(row)),
        null,
        2,
      )}\n`,
    );
  else {
    for (const [index, row] of known.entries()) {
      io.stdout.write(`Record ${index + 1}\n`);
      for (const [name, value] of row) io.stdout.write(`  ${name.padEnd(28)}${shown(name, value)}\n`);
    }
    io.stdout.write('What is not listed stays unknown. Nothing was written.\n');
  }
  return rows.length === 0 ? 1 : 0;
}

function isTold(name: string, value: unknown): boolean {
  const isEmpty =
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return !isEmpty && !/^(draw|sandbox|decision\..*|outcome\.attempts)$/.test(name);
}

function shown(name: string, value: unknown): string {
  if (name === 'time.at' && typeof value === 'number') return new Date(value).toISOString();
  return typeof value === 'string' ? value : JSON.stringify(value);
}

async function importInto(
  job: Job,
  write: (row: RecordRow) => Promise<void>,
  io: Io,
  limit?: number,
): Promise<ImportReport> {
  const progress = showProgress(io, `Importing ${job.path}`);
  const { path } = job;
  const format = job.reads;
  try {
    if (format === null) return await importRecords({ path, write, onProgress: progress.update });
    return await importLog({
      path,
      format,
      models: { named: job.named, otherwise: job.target, catalogue: defaultCatalogue },
      startsAt: job.startsAt,
      priceBook: defaultPriceBook,
      write,
      ...(limit === undefined ? {} : { limit }),
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
        remarks: report.remarks,
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
  { reads, startsAt }: Job,
  { records, unmapped, withoutTarget, remarks: said }: ImportReport,
): readonly string[] {
  if (records === 0) return [];
  const isRelative = reads?.clock === 'relative';
  const names = [...unmapped].map(([target, rows]) => `${target} (${showCount(rows)})`);
  return [
    ...said,
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
