import { ApiFailure } from '../../errors.ts';

/** What a what-if under way is told, and tells. */
export interface RunWatch {
  readonly signal: AbortSignal;
  /** Parts done, of how many. */
  readonly onProgress: (done: number, of: number) => void;
}

export interface RunProgress {
  readonly done: number;
  readonly of: number;
}

/** What-ifs under way in this process, by the name that whoever asked gave them. */
export interface SimulationRuns {
  /** Runs something that can be watched and cancelled under a name while it lasts. */
  watch<T>(by: string, name: string | undefined, run: (watch: RunWatch) => Promise<T>): Promise<T>;
  progress(by: string, name: string): RunProgress | undefined;
  /** Whether there was such a run of theirs. */
  cancel(by: string, name: string): boolean;
}

/** Names are of whoever asked: nobody sees or ends the runs of others. */
export function makeSimulationRuns(): SimulationRuns {
  const runs = new Map<string, { readonly stop: AbortController; progress: RunProgress }>();
  const keyOf = (by: string, name: string) => JSON.stringify([by, name]);
  return {
    watch: async (by, name, run) => {
      const stop = new AbortController();
      const own = { stop, progress: { done: 0, of: 1 } };
      const key = name === undefined ? undefined : keyOf(by, name);
      if (key !== undefined && runs.has(key))
        throw new ApiFailure(409, 'run_exists', `A what-if "${name}" of yours is under way already.`);
      if (key !== undefined) runs.set(key, own);
      try {
        const result = await run({
          signal: stop.signal,
          onProgress: (done, of) => {
            own.progress = { done, of };
          },
        });
        if (stop.signal.aborted) throw cancelled();
        return result;
      } catch (error) {
        throw stop.signal.aborted ? cancelled() : error;
      } finally {
        if (key !== undefined) runs.delete(key);
      }
    },
    progress: (by, name) => runs.get(keyOf(by, name))?.progress,
    cancel: (by, name) => {
      const run = runs.get(keyOf(by, name));
      run?.stop.abort();
      return run !== undefined;
    },
  };
}

function cancelled(): ApiFailure {
  return new ApiFailure(409, 'run_cancelled', 'The what-if was cancelled.');
}
