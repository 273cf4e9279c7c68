import { defaultCatalogue } from '#engine/catalogue/index.ts';
import {
  type Estimates,
  fitEstimates,
  mergeParts,
  type PartialResult,
  type SimulationResult,
  sampleRows,
} from '#engine/simulate/index.ts';
import type { PolicyToPlan, SimulationMethods } from '../api/what-if/simulation-worker.ts';
import type { RecordParts } from '../import/index.ts';
import { type PackedColumns, packColumns } from '../store/packed-columns.ts';
import { makeWorkerClient } from '../worker/call-worker.ts';
import { startWorker } from '../worker/start-worker.ts';

/** Models and prices as shipped. */
const shipped = { providers: [], file: null, stored: [] };

export interface PartsWhatIf {
  readonly parts: RecordParts;
  readonly candidate: PolicyToPlan;
  readonly baseline: PolicyToPlan | null;
  readonly seed: number;
  /** Share of the records to replay. */
  readonly sample: number;
  /** Left out: what the part in the middle teaches. */
  readonly estimates?: Estimates | undefined;
  readonly threads: number;
  readonly onProgress: (done: number, of: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A what-if over a file that is larger than memory: parts are read one after the other, simulated by several threads, and
 * merged in their order. What estimates are fitted on is the part in the middle; the result says so.
 */
export async function simulateInParts(whatIf: PartsWhatIf): Promise<SimulationResult | undefined> {
  const { parts, candidate, baseline, seed, sample, onProgress, signal } = whatIf;
  const threads = Array.from({ length: Math.max(1, Math.min(whatIf.threads, parts.count)) }, () =>
    makeWorkerClient<SimulationMethods>(() => startWorker('simulation-worker', {})),
  );
  const merger = mergeParts(seed);
  try {
    const estimates =
      whatIf.estimates ?? fitEstimates(await parts.read(Math.floor(parts.count / 2)), defaultCatalogue);
    const running: Promise<PartialResult>[] = [];
    const read = async (nth: number) => {
      const columns = await parts.read(nth);
      return packColumns(sample === 1 ? columns : sampleRows(columns, sample));
    };
    const simulateOne = (nth: number, columns: PackedColumns) => {
      const thread = threads[nth % threads.length];
      if (thread === undefined) throw new Error('There is no thread to simulate on.');
      return thread.ask('part', {
        columns,
        candidate,
        baseline,
        seed,
        sources: shipped,
        estimates,
      });
    };
    for (let nth = 0; nth < parts.count; nth += 1) {
      signal?.throwIfAborted();
      // Reading waits for the thread before the last: no more than one part a thread is in memory.
      if (running.length >= threads.length) merger.add(await taken(running));
      const one = simulateOne(nth, await read(nth));
      // Its failure is met where it is taken.
      one.catch(() => undefined);
      running.push(one);
      onProgress(nth, parts.count);
    }
    while (running.length > 0) merger.add(await taken(running));
    onProgress(parts.count, parts.count);
    const result = merger.finish();
    if (result === undefined) return undefined;
    const isGiven = parts.count === 1 || whatIf.estimates !== undefined;
    const assumptions = isGiven ? result.assumptions : [...result.assumptions, fitted];
    return { ...result, sample, assumptions };
  } finally {
    await Promise.all(threads.map((thread) => thread.close()));
  }
}

const fitted = 'What targets are like was learnt from the part in the middle of the records.';

function taken<T>(running: Promise<T>[]): Promise<T> {
  const first = running.shift();
  if (first === undefined) throw new Error('Nothing is running.');
  return first;
}
