import type { ChangeFilter, Incident, SimulatedBudget, SweepResult } from '#engine/simulate/index.ts';
import type { SimulationResult } from '#engine/simulate/result.ts';
import type { CatalogueSources } from '../build-catalogue.ts';
import { packColumns } from '../store/packed-columns.ts';
import type { RecordLog, Window } from '../store/record-log.ts';
import { makeWorkerClient } from '../worker/call-worker.ts';
import { startWorker } from '../worker/start-worker.ts';
import type { Happened } from './simulation-outcome.ts';
import { mostWindows } from './simulation-windows.ts';
import type { AskedSweep, ChangePage, PolicyToPlan, SimulationMethods } from './simulation-worker.ts';

/** A what-if over a window of the log. Policies must compile. */
export interface WhatIfAsk {
  readonly candidate: PolicyToPlan;
  /** `null` compares with what the log holds. */
  readonly baseline: PolicyToPlan | null;
  /** Without one: the last 14 days. */
  readonly window: { readonly from?: number | undefined; readonly to?: number | undefined };
  /** What goes wrong meanwhile, and money that may be spent. */
  readonly incidents?: readonly Incident[];
  readonly budgets?: readonly SimulatedBudget[];
}

/** What-ifs over the log, in a thread of their own. */
export interface Simulator {
  simulate(ask: WhatIfAsk): Promise<SimulationResult>;
  /** Changed decisions from the `from`th to the `to`th, and how many pass the filter. */
  changes(
    ask: WhatIfAsk,
    page: { readonly filter: ChangeFilter; readonly from: number; readonly to: number },
  ): Promise<ChangePage>;
  /** The place must be one of the candidate’s. */
  sweep(ask: WhatIfAsk, sweep: AskedSweep): Promise<SweepResult>;
  /** The columns of a window with models and prices, as `writeColumnOctets` writes them; `null` where there are more rows. */
  columnOctets(window: Window, mostRows: number): Promise<readonly Uint8Array[] | null>;
  /** Hash of the records of a window. */
  recordsHash(window: WhatIfAsk['window']): Promise<string>;
  /** What the requests of a window that a policy decided came to. */
  happened(window: Window, hash: string): Promise<Happened>;
  close(): Promise<void>;
}

const defaultSpanMs = 14 * 24 * 3_600_000;
/** While an author draws, answers come from records that are at most this old; the result names them by their hash. */
const freshMs = 15_000;
/** A window that ended so long before it was read gains no more requests: those under way then have been logged. */
const settledMs = 120_000;
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
    if (known !== undefined && (clock() - known.at < freshMs || known.at > window.to + settledMs))
      return known.done;
    const done = load(name, window);
    loads.delete(name);
    loads.set(name, { at: clock(), done });
    for (const oldest of loads.keys()) if (loads.size > mostWindows) loads.delete(oldest);
    done.catch(() => loads.delete(name));
    return done;
  }

  /** Asks about a window; again when the thread has died since and another has been started that knows nothing yet. */
  async function askAbout<T>(
    window: WhatIfAsk['window'],
    ask: (name: string) => Promise<T | 'not_loaded'>,
  ): Promise<T> {
    const to = window.to ?? clock() + 1;
    const from = window.from ?? to - defaultSpanMs;
    const name = `${window.from ?? ''}–${window.to ?? ''}`;
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await loadOnce(name, { from, to });
      const answer = await ask(name);
      if (answer !== 'not_loaded') return answer;
      loads.delete(name);
    }
    throw new Error('The simulation thread does not keep its records.');
  }

  const asked = ({ candidate, baseline, incidents = [], budgets = [] }: WhatIfAsk, window: string) => ({
    window,
    candidate,
    baseline,
    incidents,
    budgets,
    seed,
    sources: options.sources(),
  });
  return {
    simulate: (ask) => askAbout(ask.window, (name) => worker.ask('simulate', asked(ask, name))),
    changes: (ask, page) =>
      askAbout(ask.window, (name) => worker.ask('changes', { ...asked(ask, name), ...page })),
    sweep: (ask, sweep) =>
      askAbout(ask.window, (name) => worker.ask('sweep', { ...asked(ask, name), sweep })),
    columnOctets: (window, mostRows) =>
      askAbout(window, (name) =>
        worker.ask('octets', { window: name, mostRows, sources: options.sources() }),
      ),
    recordsHash: (window) =>
      askAbout(window, (name) => worker.ask('recordsHash', { window: name })).then(({ hash }) => hash),
    happened: (window, hash) => askAbout(window, (name) => worker.ask('happened', { window: name, hash })),
    close: () => worker.close(),
  };
}
