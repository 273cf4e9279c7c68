import type { RecordColumns } from '../columns.ts';
import type { RecordFacts } from '../prepare-records.ts';
import { inputClasses } from '../prepare-records.ts';
import type { Estimates } from './estimates.ts';
import type { TaskRows } from './task-rows.ts';

/** Sums over the rows of one target and task, by group of sessions. */
export interface CellSums {
  readonly target: string;
  readonly task: string;
  readonly rows: Float64Array;
  readonly answers: Float64Array;
  readonly input: Float64Array;
  /** What was estimated before the call. */
  readonly estimated: Float64Array;
  /** Rows whose estimate is the very count, which says nothing of a tokenizer. */
  readonly equal: number;
}

/** Groups that errors are summed by: sessions fall into them as they do for resampling. */
const mostCells = 2_048;

/** One pass over the rows that say something of the target that answered them. */
export function makeGroupSums(
  columns: RecordColumns,
  facts: RecordFacts,
  tasks: TaskRows,
): readonly CellSums[] {
  const { logged, groups, groupCount } = facts;
  const targets = [...new Set(logged.decisions.filter(isTelling).map(({ target }) => target))];
  const targetOf = logged.decisions.map((one) => (isTelling(one) ? targets.indexOf(one.target) : -1));
  const cells = new Map<number, Making>();
  const estimates = columns.column('request.input_tokens');
  const input = facts.totalInput();
  const outputs = outputReader(facts);
  for (let row = 0; row < columns.length; row += 1) {
    const target = targetOf[logged.codes[row] as number] as number;
    if (target < 0) continue;
    const key = target * 256 + (tasks.codes[row] as number);
    let cell = cells.get(key);
    if (cell === undefined) {
      if (cells.size >= mostCells) continue;
      cell = emptyCell(targets[target] ?? '', tasks.names[tasks.codes[row] as number] ?? '', groupCount);
      cells.set(key, cell);
    }
    const group = groups[row] as number;
    cell.rows[group] = (cell.rows[group] as number) + 1;
    cell.answers[group] = (cell.answers[group] as number) + outputs(row);
    const estimated = estimates.kind === 'number' ? (estimates.values[row] as number) : 0;
    if (!(estimated > 0)) continue;
    if (estimated === input[row]) cell.equal += 1;
    cell.input[group] = (cell.input[group] as number) + (input[row] as number);
    cell.estimated[group] = (cell.estimated[group] as number) + estimated;
  }
  return [...cells.values()];
}

type Making = { -readonly [N in keyof CellSums]: CellSums[N] };

function emptyCell(target: string, task: string, groups: number): Making {
  const [rows, answers, input, estimated] = [0, 0, 0, 0].map(() => new Float64Array(groups));
  const none = new Float64Array(0);
  return {
    target,
    task,
    rows: rows ?? none,
    answers: answers ?? none,
    input: input ?? none,
    estimated: estimated ?? none,
    equal: 0,
  };
}

function isTelling({
  direct,
  served,
  hasUsage,
  target,
}: RecordFacts['logged']['decisions'][number]): boolean {
  return direct && served && hasUsage && target !== '';
}

/** Tokens of an answer, reasoning included. */
export function outputReader({ tokens }: RecordFacts): (row: number) => number {
  const places = [...tokens.places.entries()].flatMap(([at, place]) => (place >= inputClasses ? [at] : []));
  const { values, width } = tokens;
  return (row) => {
    let sum = 0;
    for (const at of places) sum += values[width * row + at] as number;
    return sum;
  };
}

/** How far a mean is off in each group of sessions, relative to the mean: they add up to zero. */
export interface Errors {
  readonly target: string;
  readonly task: string;
  readonly byGroup: Float64Array;
}

/** Relative deviation of `values` from `ratio · sizes`, by group. */
export function errorsOf(values: Float64Array, sizes: Float64Array): Float64Array {
  const total = sum(values);
  const ratio = total / Math.max(1e-9, sum(sizes));
  return values.map((value, group) => (value - ratio * (sizes[group] as number)) / Math.max(1e-9, total));
}

/** Standard error of the mean from the groups' errors, with the usual correction for few groups. */
export function standardError(errors: Float64Array): number {
  const filled = errors.reduce((count, error) => count + Number(error !== 0), 0);
  if (filled < 2) return 1;
  return Math.sqrt((dot(errors, errors) * filled) / (filled - 1));
}

/** Pairs of targets whose errors go together more than chance would have it: they served the same sessions. */
export function correlate(errors: readonly Errors[], of: 'input' | 'answers'): Estimates['pairs'] {
  return errors.flatMap((one, index) =>
    errors.slice(index + 1).flatMap((other) => {
      if (one.task !== other.task) return [];
      const size = Math.sqrt(dot(one.byGroup, one.byGroup) * dot(other.byGroup, other.byGroup));
      const correlation = size === 0 ? 0 : Math.max(-1, Math.min(1, dot(one.byGroup, other.byGroup) / size));
      if (Math.abs(correlation) * Math.sqrt(one.byGroup.length) < 3) return [];
      return [{ one: one.target, other: other.target, task: one.task, of, correlation }];
    }),
  );
}

export function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function dot(one: Float64Array, other: Float64Array): number {
  let total = 0;
  for (let index = 0; index < one.length; index += 1)
    total += (one[index] as number) * (other[index] as number);
  return total;
}
