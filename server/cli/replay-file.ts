import { availableParallelism } from 'node:os';
import type { Plan } from '#engine/plan/index.ts';
import {
  type Estimates,
  type Incident,
  type SimulatedBudget,
  type SimulationResult,
  sampleRows,
  simulate,
} from '#engine/simulate/index.ts';
import type { PolicyToPlan } from '../api/what-if/simulation-worker.ts';
import { countRecords, openRecordParts, readRecordFile } from '../import/index.ts';
import { shippedModels } from './policy-file.ts';
import { showProgress } from './progress.ts';
import { showCount } from './show.ts';
import { simulateInParts } from './simulate-in-parts.ts';
import type { Io } from './verb.ts';

/** A policy of which a plan was made. */
export interface PlannedPolicy extends PolicyToPlan {
  readonly plan: Plan;
}

export interface FileWhatIf {
  readonly records: string;
  readonly candidate: PlannedPolicy;
  /** `null` compares with what the log holds. */
  readonly baseline: PlannedPolicy | null;
  readonly seed: number;
  /** Share of the records to replay. */
  readonly sample?: number;
  /** Left out: what the records teach. */
  readonly estimates?: Estimates | undefined;
  readonly incidents?: readonly Incident[];
  readonly budgets?: readonly SimulatedBudget[];
  /** Files with more rows are replayed in parts. */
  readonly mostInMemory?: number;
}

/**
 * A what-if over a record file: whole, or in parts where it is large. Limits, incidents and budgets depend on the requests
 * before, so with them the whole file is read. `undefined` where somebody pressed Ctrl-C.
 *
 * @throws {RecordFileError}
 */
export async function replayFile(whatIf: FileWhatIf, io: Io): Promise<SimulationResult | undefined> {
  const { records, candidate, baseline, seed, sample = 1, estimates, incidents = [], budgets = [] } = whatIf;
  const rows = isInOrder(whatIf) ? 0 : await countRecords(records);
  if (rows > (whatIf.mostInMemory ?? 1_000_000)) return replayParts(whatIf, rows, io);
  const columns = await loadRecords(records, io, sample);
  const result = simulate({
    columns,
    candidate: candidate.plan,
    baseline: baseline?.plan ?? null,
    ...shippedModels,
    seed,
    incidents,
    budgets,
    ...(estimates === undefined ? {} : { estimates }),
  });
  return { ...result, sample };
}

function isInOrder({ candidate, baseline, incidents = [], budgets = [] }: FileWhatIf): boolean {
  const hasLimits = [candidate, baseline].some((one) => (one?.plan.limits.length ?? 0) > 0);
  return hasLimits || incidents.length > 0 || budgets.length > 0;
}

async function replayParts(whatIf: FileWhatIf, rows: number, io: Io): Promise<SimulationResult | undefined> {
  const { candidate, baseline, seed, sample = 1, estimates } = whatIf;
  const parts = await openRecordParts(whatIf.records);
  const progress = showProgress(io, `Replaying ${showCount(rows)} requests`);
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  try {
    return await simulateInParts({
      parts,
      candidate: { policy: candidate.policy, pools: candidate.pools },
      baseline: baseline === null ? null : { policy: baseline.policy, pools: baseline.pools },
      seed,
      sample,
      estimates,
      threads: Math.min(4, availableParallelism()),
      onProgress: progress.update,
      signal: stop.signal,
    });
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    progress.clear();
    io.stderr.write('Stopped; nothing is told of the parts that were replayed.\n');
    return undefined;
  } finally {
    process.removeListener('SIGINT', interrupt);
    progress.clear();
    parts.close();
  }
}

/** @throws {RecordFileError} */
export async function loadRecords(
  path: string,
  io: Io,
  sample: number,
): Promise<Awaited<ReturnType<typeof readRecordFile>>> {
  const progress = showProgress(io, `Reading ${path}`);
  try {
    const columns = await readRecordFile(path, progress.update);
    return sample === 1 ? columns : sampleRows(columns, sample);
  } finally {
    progress.clear();
  }
}
