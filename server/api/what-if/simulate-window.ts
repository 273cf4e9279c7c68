import {
  type Estimates,
  mergeParts,
  type PartialResult,
  type SimulationResult,
} from '#engine/simulate/index.ts';
import { ApiFailure } from '../../errors.ts';
import { type PackedColumns, packColumns } from '../../store/packed-columns.ts';
import type { RecordLog, RecordSummary, Window } from '../../store/record-log.ts';
import type { RunWatch } from './simulation-runs.ts';

const day = 86_400_000;

/**
 * A window cut into smaller ones with about so many requests, by how many each day (UTC) had. They lie end to end.
 */
export function cutWindow(
  window: Window,
  byDay: RecordSummary['byDay'],
  rowsAPart: number,
): readonly Window[] {
  const cuts: number[] = [];
  let rows = 0;
  for (const { day: name, requests } of byDay.toSorted((left, right) => (left.day < right.day ? -1 : 1))) {
    const begins = Date.parse(name);
    if (rows > 0 && rows + requests > rowsAPart) {
      cuts.push(begins);
      rows = 0;
    }
    const pieces = Math.ceil(requests / rowsAPart);
    for (let piece = 1; piece < pieces; piece += 1) cuts.push(begins + Math.round((day * piece) / pieces));
    rows += requests / Math.max(1, pieces);
  }
  const inside = cuts.filter((at) => at > window.from && at < window.to);
  return [window.from, ...inside].map((from, nth) => ({ from, to: inside[nth] ?? window.to }));
}

/** A thread that simulates parts. */
export interface PartSimulator {
  readonly learn: (columns: PackedColumns) => Promise<Estimates>;
  readonly simulate: (columns: PackedColumns, estimates: Estimates) => Promise<PartialResult>;
}

/**
 * A what-if over a window of the log that is too large to hold: read, simulated and merged part by part. What targets are
 * like is learnt from the part in the middle. Stops between two parts when told to.
 */
export async function simulateWindow(
  parts: readonly Window[],
  log: Pick<RecordLog, 'columns'>,
  { learn, simulate }: PartSimulator,
  seed: number,
  { signal, onProgress }: RunWatch,
): Promise<SimulationResult> {
  const read = async (nth: number) => {
    signal.throwIfAborted();
    const part = parts[nth];
    if (part === undefined) throw new Error('There is no such part.');
    return packColumns(await log.columns(part));
  };
  const merger = mergeParts(seed);
  onProgress(0, parts.length);
  const estimates = await learn(await read(Math.floor(parts.length / 2)));
  for (let nth = 0; nth < parts.length; nth += 1) {
    merger.add(await simulate(await read(nth), estimates));
    onProgress(nth + 1, parts.length);
  }
  const result = merger.finish();
  if (result === undefined) throw new Error('A window has at least one part.');
  return {
    ...result,
    assumptions: [
      ...result.assumptions,
      'What targets are like was learnt from the part in the middle of the records.',
    ],
  };
}

/** What cannot be told part by part. */
export function tooLarge(rows: number, most: number, what: string): ApiFailure {
  return new ApiFailure(
    400,
    'window_too_large',
    `The window has ${rows} requests. ${what} at most ${most} at a time: choose a shorter window.`,
  );
}
