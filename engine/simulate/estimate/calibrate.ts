import type { Catalogue, PriceBook } from '../../catalogue/index.ts';
import { codedOf, type RecordColumns } from '../columns.ts';
import { mixText } from '../content-hash.ts';
import { prepareRecords } from '../prepare-records.ts';
import { makePriceTable } from '../price-table.ts';
import type { Estimates } from './estimates.ts';
import { fitEstimates } from './fit-estimates.ts';
import { outputReader } from './group-sums.ts';
import { pickRows } from './pick-rows.ts';
import { priceParts } from './price-parts.ts';
import { priorInputSigma, priorPerEstimate, priorTaskSigma } from './priors.ts';

export interface Calibration {
  readonly catalogue: Catalogue;
  readonly priceBook: PriceBook;
  /** Share of the log that is fitted on, 0–1 exclusive. */
  readonly split: number;
  /** `time`: the earlier part, so that the rest is a forecast; `session`: sessions by their hash. */
  readonly by: 'time' | 'session';
}

/** What a target's requests in the rest cost, forecast without a look at what they used, and what they did cost. */
export interface TargetCalibration {
  readonly target: string;
  readonly requests: number;
  /** Nano-dollars at today's prices. */
  readonly forecast: number;
  readonly low: number;
  readonly high: number;
  readonly actual: number;
  readonly inside: boolean;
  /** The same by task: how many tasks, and in how many the truth lay inside. */
  readonly tasks: number;
  readonly tasksInside: number;
}

export interface CalibrationReport {
  readonly fitted_on: number;
  readonly tested_on: number;
  readonly estimates: Estimates;
  readonly targets: readonly TargetCalibration[];
}

/**
 * Fits estimates on part of a log and asks them about the rest: from what is known before a call (its estimated tokens, its
 * task, its target), what would each target's requests cost? How a prompt splits into fresh and cached tokens is taken as it
 * was. Answers of targets without history in the first part are not asked about. Pure.
 */
export function calibrate(columns: RecordColumns, job: Calibration): CalibrationReport {
  const [first, rest] = splitRows(columns, job);
  const estimates = fitEstimates(pickRows(columns, first), job.catalogue);
  const tested = pickRows(columns, rest);
  return {
    fitted_on: first.length,
    tested_on: rest.length,
    estimates,
    targets: testOn(tested, estimates, job),
  };
}

function splitRows(columns: RecordColumns, { split, by }: Calibration): readonly [Int32Array, Int32Array] {
  const rows = Array.from({ length: columns.length }, (_, row) => row);
  if (by === 'time') {
    const cut = Math.round(split * rows.length);
    return [Int32Array.from(rows.slice(0, cut)), Int32Array.from(rows.slice(cut))];
  }
  const sessions = codedOf(columns.column('session.id'), columns.length);
  const isFirst = (row: number) => {
    const session = sessions.dictionary[sessions.codes[row] ?? 0];
    const hash = mixText(0x2c1b3c6d, typeof session === 'string' && session !== '' ? session : `row ${row}`);
    return (hash >>> 0) / 2 ** 32 < split;
  };
  return [Int32Array.from(rows.filter(isFirst)), Int32Array.from(rows.filter((row) => !isFirst(row)))];
}

interface Cell {
  readonly target: string;
  requests: number;
  input: number;
  output: number;
  actual: number;
  readonly inputSigma: number;
  readonly inputSpread: number;
  readonly sigma: number;
  readonly spread: number;
}

function testOn(
  columns: RecordColumns,
  estimates: Estimates,
  job: Calibration,
): readonly TargetCalibration[] {
  const facts = prepareRecords(columns);
  const { logged, tasks } = facts;
  const table = makePriceTable(
    job.priceBook,
    logged.decisions.map(({ target }) => target),
  );
  const expectedOf = expectations(estimates, job.catalogue);
  const estimated = columns.column('request.input_tokens');
  const output = outputReader(facts);
  const input = facts.totalInput();
  const cells = new Map<string, Cell>();
  for (let row = 0; row < columns.length; row += 1) {
    const one = logged.decisions[logged.codes[row] as number];
    if (one === undefined || !one.direct || !one.served || !one.hasUsage || facts.special.codes[row] !== 0)
      continue;
    const line = table.lineOf(one.target, one.special, true);
    const task = tasks.names[tasks.codes[row] as number] ?? '';
    const expected = expectedOf(one.target, task);
    if (line === undefined || expected === null) continue;
    const told = estimated.kind === 'number' ? (estimated.values[row] as number) : Number.NaN;
    const own = input[row] as number;
    const tokens = told > 0 && expected.perEstimate !== null ? told * expected.perEstimate : own;
    const length = output(row);
    const cost = priceParts(table, line, facts, row, null);
    const rate = (table.rates[6 * line + 4] ?? 0) / 1_000;
    const key = `${one.target} ${task}`;
    const cell = cells.get(key) ?? {
      target: one.target,
      requests: 0,
      input: 0,
      output: 0,
      actual: 0,
      inputSigma: expected.perEstimate === null ? 0 : expected.inputSigma,
      inputSpread: expected.perEstimate === null ? 0 : expected.inputSpread,
      sigma: expected.sigma,
      spread: expected.spread,
    };
    cell.requests += 1;
    cell.input += own === 0 ? 0 : (cost.input * tokens) / own;
    cell.output += expected.tokens * (length === 0 ? rate : cost.output / length);
    cell.actual += cost.input + cost.output;
    cells.set(key, cell);
  }
  const targets = [...new Set([...cells.values()].map(({ target }) => target))].sort();
  return targets.map((target) =>
    judge(
      target,
      [...cells.values()].filter((cell) => cell.target === target),
    ),
  );
}

/** What is expected of a request before it is sent; `null` where the target has no history. */
function expectations(estimates: Estimates, catalogue: Catalogue) {
  const answers = new Map(estimates.answers.map((one) => [`${one.target} ${one.task}`, one]));
  const inputs = new Map(estimates.input.map((one) => [one.target, one]));
  return (target: string, task: string) => {
    const general = answers.get(`${target} `);
    if (general === undefined) return null;
    const own = answers.get(`${target} ${task}`) ?? {
      ...general,
      sigma: Math.hypot(general.sigma, priorTaskSigma),
    };
    const input = inputs.get(target);
    return {
      tokens: own.tokens,
      sigma: own.sigma,
      spread: own.spread,
      /** `null`: the log's estimates are its counts. */
      perEstimate:
        input?.per_estimate ?? (estimates.input.length > 0 ? priorPerEstimate(catalogue.find(target)) : null),
      inputSigma: input?.sigma ?? priorInputSigma,
      inputSpread: input?.spread ?? 0,
    };
  };
}

function judge(target: string, cells: readonly Cell[]): TargetCalibration {
  const all = boundsOf(cells);
  const each = cells.map((cell) => boundsOf([cell]));
  return {
    target,
    requests: cells.reduce((sum, { requests }) => sum + requests, 0),
    ...all,
    tasks: each.length,
    tasksInside: each.filter(({ inside }) => inside).length,
  };
}

function boundsOf(cells: readonly Cell[]) {
  let [forecast, actual, variance, shared] = [0, 0, 0, 0];
  for (const { input, output, requests, sigma, spread, inputSigma, inputSpread, ...cell } of cells) {
    forecast += input + output;
    actual += cell.actual;
    variance += (output * sigma) ** 2 + ((output * spread) ** 2 + (input * inputSpread) ** 2) / requests;
    shared += input * inputSigma;
  }
  const width = 1.96 * Math.sqrt(variance + shared ** 2);
  const [low, high] = [Math.max(0, forecast - width), forecast + width];
  return {
    forecast: Math.round(forecast),
    low: Math.round(low),
    high: Math.round(high),
    actual: Math.round(actual),
    inside: low <= actual && actual <= high,
  };
}
