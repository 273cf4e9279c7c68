import type { ChangeFilter, Incident, SimulatedBudget, SweepResult } from '#engine/simulate/index.ts';
import type { SimulationResult } from '#engine/simulate/result.ts';
import type { CatalogueSources } from '../../catalogue/build-catalogue.ts';
import { packColumns } from '../../store/packed-columns.ts';
import type { RecordLog, RecordSummary, Window } from '../../store/record-log.ts';
import { makeWorkerClient } from '../../worker/call-worker.ts';
import { startWorker } from '../../worker/start-worker.ts';
import { cutWindow, type PartSimulator, simulateWindow, tooLarge } from './simulate-window.ts';
import type { Happened } from './simulation-outcome.ts';
import { makeSimulationRuns, type RunWatch, type SimulationRuns } from './simulation-runs.ts';
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
  /** Windows with very many requests are replayed in parts; the result says so. */
  simulate(ask: WhatIfAsk, watch?: RunWatch): Promise<SimulationResult>;
  readonly runs: SimulationRuns;
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
  /** What the requests of a window that a policy decided came to, and how many `against` decides otherwise. */
  happened(window: Window, hash: string, against?: PolicyToPlan | null): Promise<Happened>;
  close(): Promise<void>;
}

const defaultSpanMs = 14 * 24 * 3_600_000;
/** While an author draws, answers come from records that are at most this old; the result names them by their hash. */
const freshMs = 15_000;
/** A window that ended so long before it was read gains no more requests: those under way then have been logged. */
const settledMs = 120_000;
const seed = 20_261_122;
const changesOver = 'Changed decisions are told one by one over';
const unwatched: RunWatch = { signal: new AbortController().signal, onProgress: () => undefined };

export function makeSimulator(options: {
  readonly log: Pick<RecordLog, 'flush' | 'columns' | 'count' | 'summary'>;
  /** Models and prices as they are when a what-if is asked for. */
  readonly sources: () => CatalogueSources;
  readonly clock: () => number;
  /** Windows with more requests are never held whole. */
  readonly mostWhole?: number;
  readonly rowsAPart?: number;
}): Simulator {
  const { log, clock, mostWhole = 1_500_000, rowsAPart = 250_000 } = options;
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

  const spanOf = (window: WhatIfAsk['window']): Window => {
    const to = window.to ?? clock() + 1;
    return { from: window.from ?? to - defaultSpanMs, to };
  };

  /** How many requests each day of a window has, where they are too many to be held; else `null`. */
  async function daysOfLarge(window: Window): Promise<RecordSummary | null> {
    await log.flush();
    if ((await log.count()) <= mostWhole) return null;
    const summary = await log.summary(window);
    return summary.total.requests > mostWhole ? summary : null;
  }

  async function simulate(ask: WhatIfAsk, watch: RunWatch = unwatched): Promise<SimulationResult> {
    const window = spanOf(ask.window);
    const large = await daysOfLarge(window);
    if (large === null) return askAbout(ask.window, (name) => worker.ask('simulate', asked(ask, name)));
    const { incidents = [], budgets = [] } = ask;
    const plans = [ask.candidate, ...(ask.baseline === null ? [] : [ask.baseline])];
    const hasLimits = plans.some(({ policy }) =>
      Object.values(policy.nodes).some(({ kind }) => kind === 'limit'),
    );
    if (hasLimits || incidents.length > 0 || budgets.length > 0)
      throw tooLarge(large.total.requests, mostWhole, 'Limits, incidents and budgets are replayed over');
    const { candidate, baseline } = ask;
    const sources = options.sources();
    const thread: PartSimulator = {
      learn: (columns) => worker.ask('fit', { columns, sources }),
      simulate: (columns, estimates) =>
        worker.ask('part', { columns, candidate, baseline, seed, sources, estimates }),
    };
    return simulateWindow(cutWindow(window, large.byDay, rowsAPart), log, thread, seed, watch);
  }

  /** As {@link askAbout}, for what needs all requests at once. */
  async function askWhole<T>(
    window: WhatIfAsk['window'],
    what: string,
    ask: (name: string) => Promise<T | 'not_loaded'>,
  ): Promise<T> {
    const large = await daysOfLarge(spanOf(window));
    if (large !== null) throw tooLarge(large.total.requests, mostWhole, what);
    return askAbout(window, ask);
  }

  /** Asks about a window; again when the thread has died since and another has been started that knows nothing yet. */
  async function askAbout<T>(
    window: WhatIfAsk['window'],
    ask: (name: string) => Promise<T | 'not_loaded'>,
  ): Promise<T> {
    const { from, to } = spanOf(window);
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
    simulate,
    runs: makeSimulationRuns(),
    changes: (ask, page) =>
      askWhole(ask.window, changesOver, (name) => worker.ask('changes', { ...asked(ask, name), ...page })),
    sweep: (ask, sweep) =>
      askWhole(ask.window, 'Sweeps go over', (name) => worker.ask('sweep', { ...asked(ask, name), sweep })),
    columnOctets: async (window, mostRows) =>
      (await daysOfLarge(window)) === null
        ? askAbout(window, (name) =>
            worker.ask('octets', { window: name, mostRows, sources: options.sources() }),
          )
        : null,
    recordsHash: (window) =>
      askWhole(window, changesOver, (name) => worker.ask('recordsHash', { window: name })).then(
        ({ hash }) => hash,
      ),
    happened: (window, hash, against = null) =>
      askAbout(window, (name) =>
        worker.ask('happened', { window: name, hash, against, seed, sources: options.sources() }),
      ),
    close: () => worker.close(),
  };
}
