/** The thread that replays the log: a what-if over many records takes all of a core for a while, and it is not the one that serves. */
import type { PoolCandidates } from '#engine/nodes/index.ts';
import { compilePolicy, type ModelFacts, type Plan } from '#engine/plan/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import type { RecordColumns } from '#engine/simulate/columns.ts';
import {
  type ChangeFilter,
  type ChangeList,
  type Estimates,
  findPlace,
  fitEstimates,
  type Incident,
  listChanges,
  type PartialResult,
  replayRecords,
  type SimulatedBudget,
  type Sweep,
  type SweepResult,
  simulate,
  simulatePart,
  sweepPolicy,
  type WhatIf,
} from '#engine/simulate/index.ts';
import type { SimulationResult } from '#engine/simulate/result.ts';
import {
  type BuiltCatalogue,
  buildCatalogue,
  type CatalogueSources,
} from '../../catalogue/build-catalogue.ts';
import { writeColumnOctets } from '../../contract/column-octets.ts';
import { openColumns, type PackedColumns } from '../../store/packed-columns.ts';
import { serveMethods } from '../../worker/serve-methods.ts';
import type { Happened } from './simulation-outcome.ts';
import { mostWindows } from './simulation-windows.ts';
import { decidedBy, whatHappened } from './what-happened.ts';

let built: (BuiltCatalogue & { readonly from: string }) | undefined;
const windows = new Map<string, RecordColumns>();
/** The changed decisions last paged through, in order: sorting a million takes a while. */
let paged: { readonly key: string; readonly list: ChangeList } | undefined;

/** A policy, and the candidates that a published version of it keeps. */
export interface PolicyToPlan {
  readonly policy: Policy;
  readonly pools?: PoolCandidates | undefined;
}

export interface AskedWhatIf {
  readonly window: string;
  readonly candidate: PolicyToPlan;
  readonly baseline: PolicyToPlan | null;
  readonly seed: number;
  readonly incidents: readonly Incident[];
  readonly budgets: readonly SimulatedBudget[];
  readonly sources: CatalogueSources;
}

export interface AskedSweep extends Pick<Sweep, 'from' | 'to' | 'steps' | 'minQuality'> {
  readonly place: string;
}

export interface ChangePage {
  /** All that pass the filter. */
  readonly total: number;
  readonly changes: SimulationResult['changes'];
}

/** The window is not here (any more). */
const notLoaded = 'not_loaded';

const methods = {
  /** Keeps the records of a window under a name. */
  load: async ({ name, columns }: { readonly name: string; readonly columns: PackedColumns }) => {
    windows.delete(name);
    windows.set(name, openColumns(columns));
    for (const oldest of windows.keys()) if (windows.size > mostWindows) windows.delete(oldest);
  },
  simulate: async (ask: AskedWhatIf): Promise<SimulationResult | typeof notLoaded> => {
    const whatIf = whatIfOf(ask);
    return whatIf === undefined ? notLoaded : simulate(whatIf);
  },
  changes: async (
    ask: AskedWhatIf & { readonly filter: ChangeFilter; readonly from: number; readonly to: number },
  ): Promise<ChangePage | typeof notLoaded> => {
    const whatIf = whatIfOf(ask);
    if (whatIf === undefined) return notLoaded;
    const { columns, candidate, baseline, priceBook } = whatIf;
    const key = JSON.stringify([
      columns.hash,
      candidate.hash,
      baseline?.hash ?? '',
      priceBook.version,
      ask.incidents,
      ask.budgets,
      ask.filter,
    ]);
    if (paged?.key !== key) paged = { key, list: listChanges(replayRecords(whatIf), ask.filter) };
    return { total: paged.list.rows.length, changes: paged.list.describe(ask.from, ask.to) };
  },
  sweep: async (
    ask: AskedWhatIf & { readonly sweep: AskedSweep },
  ): Promise<SweepResult | typeof notLoaded> => {
    const whatIf = whatIfOf(ask);
    if (whatIf === undefined) return notLoaded;
    const found = findPlace(ask.candidate.policy, ask.sweep.place);
    if (found.kind === 'none') throw new Error(found.message);
    const models = { catalogue: whatIf.catalogue, priceBook: whatIf.priceBook };
    const planOf = (policy: Policy) => {
      const compiled = compilePolicy(policy, { pools: ask.candidate.pools, models });
      return compiled.kind === 'ok' ? compiled.plan : undefined;
    };
    return sweepPolicy({ ...ask.sweep, place: found.place, planOf }, whatIf);
  },
  /** A part of a record set that is larger than memory; nothing of it is kept. */
  part: async (
    ask: Omit<AskedWhatIf, 'window' | 'incidents' | 'budgets'> & {
      readonly columns: PackedColumns;
      readonly estimates: Estimates;
    },
  ): Promise<PartialResult> => {
    const models = catalogueOf(ask.sources);
    return simulatePart({
      ...models,
      columns: openColumns(ask.columns),
      candidate: planOf(ask.candidate, models),
      baseline: ask.baseline === null ? null : planOf(ask.baseline, models),
      estimates: ask.estimates,
      seed: ask.seed,
    });
  },
  /** What a part teaches about targets. */
  fit: async (ask: {
    readonly columns: PackedColumns;
    readonly sources: CatalogueSources;
  }): Promise<Estimates> => fitEstimates(openColumns(ask.columns), catalogueOf(ask.sources).catalogue),
  recordsHash: async ({
    window,
  }: {
    readonly window: string;
  }): Promise<{ readonly hash: string } | typeof notLoaded> => {
    const columns = windows.get(window);
    return columns === undefined ? notLoaded : { hash: columns.hash };
  },
  happened: async (ask: {
    readonly window: string;
    readonly hash: string;
    readonly against: PolicyToPlan | null;
    readonly seed: number;
    readonly sources: CatalogueSources;
  }): Promise<Happened | typeof notLoaded> => {
    const columns = windows.get(ask.window);
    if (columns === undefined) return notLoaded;
    const { hash, against, seed, sources } = ask;
    const happened = whatHappened(columns, hash);
    if (against === null) return { ...happened, changed: null };
    const models = catalogueOf(sources);
    const own = decidedBy(columns, hash);
    const plan = planOf(against, models);
    const { changed } = await simulate({ columns: own, candidate: plan, baseline: null, ...models, seed });
    return { ...happened, changed };
  },
  octets: async (ask: {
    readonly window: string;
    readonly mostRows: number;
    readonly sources: CatalogueSources;
  }): Promise<readonly Uint8Array[] | null | typeof notLoaded> => {
    const columns = windows.get(ask.window);
    if (columns === undefined) return notLoaded;
    if (columns.length > ask.mostRows) return null;
    const { catalogue, priceBook } = catalogueOf(ask.sources);
    const parts = writeColumnOctets(columns, {
      models: [...catalogue.models.values()],
      version: priceBook.version,
      date: priceBook.date,
      prices: [...priceBook.prices],
      aliases: [...priceBook.aliases],
    });
    // Whatever is sent changes hands, and some of it is what the windows here are made of.
    return parts.map((part) => part.slice());
  },
};
export type SimulationMethods = typeof methods;

function whatIfOf(ask: AskedWhatIf): WhatIf | undefined {
  const columns = windows.get(ask.window);
  if (columns === undefined) return undefined;
  const { catalogue, priceBook } = catalogueOf(ask.sources);
  const candidate = planOf(ask.candidate, { catalogue, priceBook });
  const baseline = ask.baseline === null ? null : planOf(ask.baseline, { catalogue, priceBook });
  const { seed, incidents, budgets } = ask;
  return { columns, candidate, baseline, priceBook, catalogue, seed, incidents, budgets };
}

/** Made anew when what it is made of has changed. */
function catalogueOf(sources: CatalogueSources): BuiltCatalogue {
  const from = JSON.stringify(sources);
  if (built?.from !== from) built = { ...buildCatalogue(sources), from };
  return built;
}

/** Plans hold functions, which cannot cross threads, so they are made here; whoever asks has seen that they compile. */
function planOf({ policy, pools }: PolicyToPlan, models: ModelFacts): Plan {
  const compiled = compilePolicy(policy, { pools, models });
  if (compiled.kind === 'bad') throw new Error(`Policy "${policy.id}" does not compile.`);
  return compiled.plan;
}

serveMethods(methods);
