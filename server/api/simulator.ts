import type { SimulationResult } from '#engine/simulate/result.ts';
import type { CatalogueSources } from '../build-catalogue.ts';
import { packColumns } from '../store/packed-columns.ts';
import type { RecordLog, Window } from '../store/record-log.ts';
import { makeWorkerClient } from '../worker/call-worker.ts';
import { startWorker } from '../worker/start-worker.ts';
import type { PolicyToPlan, SimulationMethods } from './simulation-worker.ts';

/** What-ifs over the log, in a thread of their own. */
export interface Simulator {
  /** Policies must compile. Without a window: the last 14 days. */
  simulate(ask: {
    readonly candidate: PolicyToPlan;
    /** `null` compares with what the log holds. */
    readonly baseline: PolicyToPlan | null;
    readonly window: { readonly from?: number | undefined; readonly to?: number | undefined };
  }): Promise<SimulationResult>;
  close(): Promise<void>;
}

const defaultSpanMs = 14 * 24 * 3_600_000;
/** While an author draws, answers come from records that are at most this old; the result names them by their hash. */
const freshMs = 15_000;
const seed = 20_261_122;

export function makeSimulator(options: {
  readonly log: Pick<RecordLog, 'flush' | 'columns'>;
  /** Models and prices as they are when a what-if is asked for. */
  readonly sources: () => CatalogueSources;
  readonly clock: () => number;
}): Simulator {
  const { log, clock } = options;
  const worker = makeWorkerClient<SimulationMethods>(() => startWorker('simulation-worker', {}));
  const loads = new Map<string, { readonly at: number; readonly done: Promise<void> }>();

  async function load(name: string, window: Window): Promise<void> {
    await log.flush();
    const columns = packColumns(await log.columns(window));
    await worker.ask('load', { name, columns });
  }

  function loadOnce(name: string, window: Window): Promise<void> {
    const known = loads.get(name);
    if (known !== undefined && clock() - known.at < freshMs) return known.done;
    const done = load(name, window);
    loads.clear();
    loads.set(name, { at: clock(), done });
    done.catch(() => loads.delete(name));
    return done;
  }

  return {
    simulate: async ({ candidate, baseline, window }) => {
      const to = window.to ?? clock() + 1;
      const from = window.from ?? to - defaultSpanMs;
      const name = `${window.from ?? ''}–${window.to ?? ''}`;
      for (let attempt = 0; attempt < 2; attempt += 1) {
        await loadOnce(name, { from, to });
        const result = await worker.ask('simulate', {
          window: name,
          candidate,
          baseline,
          seed,
          sources: options.sources(),
        });
        if (result !== null) return result;
        // The thread has died since, and another has been started that knows nothing yet.
        loads.delete(name);
      }
      throw new Error('The simulation thread does not keep its records.');
    },
    close: () => worker.close(),
  };
}
