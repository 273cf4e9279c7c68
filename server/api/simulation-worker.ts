/** The thread that replays the log: a what-if over many records takes all of a core for a while, and it is not the one that serves. */
import type { PoolCandidates } from '#engine/nodes/index.ts';
import { compilePolicy, type ModelFacts, type Plan } from '#engine/plan/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import type { RecordColumns } from '#engine/simulate/columns.ts';
import type { SimulationResult } from '#engine/simulate/result.ts';
import { simulate } from '#engine/simulate/simulate.ts';
import { type BuiltCatalogue, buildCatalogue, type CatalogueSources } from '../build-catalogue.ts';
import { openColumns, type PackedColumns } from '../store/packed-columns.ts';
import { serveMethods } from '../worker/serve-methods.ts';

/** Windows kept: the one being looked at, and the one before. */
const mostWindows = 2;

let built: (BuiltCatalogue & { readonly from: string }) | undefined;
const windows = new Map<string, RecordColumns>();

/** A policy, and the candidates that a published version of it keeps. */
export interface PolicyToPlan {
  readonly policy: Policy;
  readonly pools?: PoolCandidates | undefined;
}

const methods = {
  /** Keeps the records of a window under a name. */
  load: async ({ name, columns }: { readonly name: string; readonly columns: PackedColumns }) => {
    windows.delete(name);
    windows.set(name, openColumns(columns));
    for (const oldest of windows.keys()) if (windows.size > mostWindows) windows.delete(oldest);
  },
  /** `null` when the window is not here (any more). */
  simulate: async (ask: {
    readonly window: string;
    readonly candidate: PolicyToPlan;
    readonly baseline: PolicyToPlan | null;
    readonly seed: number;
    readonly sources: CatalogueSources;
  }): Promise<SimulationResult | null> => {
    const columns = windows.get(ask.window);
    if (columns === undefined) return null;
    const { catalogue, priceBook } = catalogueOf(ask.sources);
    const candidate = planOf(ask.candidate, { catalogue, priceBook });
    const baseline = ask.baseline === null ? null : planOf(ask.baseline, { catalogue, priceBook });
    return simulate({ columns, candidate, baseline, priceBook, catalogue, seed: ask.seed });
  },
};
export type SimulationMethods = typeof methods;

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
