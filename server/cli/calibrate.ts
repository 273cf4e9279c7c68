import { writeFile } from 'node:fs/promises';
import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import {
  type CalibrationReport,
  calibrate as calibrateOn,
  type RecordColumns,
} from '#engine/simulate/index.ts';
import { RecordFileError, readRecordFile } from '../import/index.ts';
import { isSystemError } from './import.ts';
import { misuse, parseArguments } from './parse-arguments.ts';
import { showProgress } from './progress.ts';
import { showCount, showShare, showTable, showUsd } from './show.ts';
import type { Io, Verb } from './verb.ts';

const usage = `Usage: waybill calibrate --records FILE [--split SHARE] [--by time|session] [--out FILE] [--json]

Fits the simulator's estimates on part of a log and tests them on the rest: what each target's requests would cost, told
from what is known before a call, against what they did cost.

  --records  request records, Parquet or JSON lines
  --split    the share that is fitted on, between 0 and 1; 0.5 unless told
  --by       time (the earlier part, unless told) or session (sessions at random, by their hash)
  --out      writes the estimates to a JSON file, which \`waybill simulate --estimates FILE\` takes
  --json     the whole report as JSON, estimates included`;

const options = { records: 'text', split: 'text', by: 'text', out: 'text', json: 'flag' } as const;

/** `waybill calibrate`: how well the estimates of a log hold on the rest of it. */
export const calibrate: Verb = {
  summary: 'how well the simulator’s estimates hold on a log',
  usage,
  async run(args, io) {
    const parsed = parseArguments(args, options);
    if (parsed.kind === 'bad') return misuse(io, parsed.message, usage);
    const { records, split = '0.5', by = 'time', out, json } = parsed.values;
    if (records === undefined) return misuse(io, '--records is missing.', usage);
    if (parsed.positionals.length > 0) return misuse(io, `What is "${parsed.positionals[0]}" for?`, usage);
    const share = Number(split);
    if (!(share > 0 && share < 1))
      return misuse(io, `--split must lie between 0 and 1, not "${split}".`, usage);
    if (by !== 'time' && by !== 'session')
      return misuse(io, `--by must be time or session, not "${by}".`, usage);
    const columns = await load(records, io);
    if (columns === undefined) return 1;
    const world = { catalogue: defaultCatalogue, priceBook: defaultPriceBook };
    const report = calibrateOn(columns, { ...world, split: share, by });
    const estimates = { ...report.estimates, records_hash: columns.hash };
    if (out !== undefined && !(await write(out, estimates, io))) return 1;
    io.stdout.write(
      json === true ? `${JSON.stringify({ ...report, estimates }, null, 2)}\n` : tell(report, out),
    );
    return 0;
  },
};

async function load(path: string, io: Io): Promise<RecordColumns | undefined> {
  const progress = showProgress(io, `Reading ${path}`);
  try {
    return await readRecordFile(path, progress.update);
  } catch (error) {
    if (!(error instanceof RecordFileError)) throw error;
    progress.clear();
    io.stderr.write(`${error.message}\n`);
    return undefined;
  } finally {
    progress.clear();
  }
}

async function write(path: string, estimates: CalibrationReport['estimates'], io: Io): Promise<boolean> {
  try {
    await writeFile(path, `${JSON.stringify(estimates, null, 2)}\n`);
    return true;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    io.stderr.write(`${path} cannot be written: ${error.message}.\n`);
    return false;
  }
}

function tell({ fitted_on, tested_on, targets }: CalibrationReport, out: string | undefined): string {
  const head = `Fitted on ${showCount(fitted_on)} requests, tested on ${showCount(tested_on)}.`;
  if (targets.length === 0)
    return `${head} No target has 30 answered requests with known usage in the first part and some in the rest, so nothing can be said.\n`;
  const inside = targets.reduce((sum, one) => sum + one.tasksInside, 0);
  const tasks = targets.reduce((sum, one) => sum + one.tasks, 0);
  const rows = targets.map((one) => [
    one.target,
    showCount(one.requests),
    showUsd(one.forecast),
    `${showUsd(one.low)} – ${showUsd(one.high)}`,
    showUsd(one.actual),
    one.actual === 0 ? '' : showShare(Math.abs(one.forecast / one.actual - 1)),
    one.inside ? 'inside' : 'outside',
    `${one.tasksInside} of ${one.tasks}`,
  ]);
  const headings = [
    'target',
    '>requests',
    '>forecast',
    '>range (95 %)',
    '>cost',
    '>off by',
    'total',
    '>tasks inside',
  ];
  const kept = out === undefined ? '' : `\nThe estimates are in ${out}.`;
  return `${head}\n\n${showTable(headings, rows)}\n${inside} of ${tasks} totals by target and task lie inside their range.${kept}\n`;
}
