import type { KeptSimulation, SimulationHead } from '../contract/simulations.ts';

/** Kept what-ifs. At most so many: beyond, the oldest go. */
export interface SimulationStore {
  put(simulation: KeptSimulation): Promise<void>;
  find(id: string): Promise<KeptSimulation | undefined>;
  /** Newest first. */
  list(): Promise<readonly SimulationHead[]>;
}

export const mostSimulations = 200;

export function headOf({ candidate, baseline, result, ...rest }: KeptSimulation): SimulationHead {
  const named = ({ policy: _, ...head }: KeptSimulation['candidate']) => head;
  return { ...rest, candidate: named(candidate), baseline: baseline === null ? null : named(baseline) };
}

export function makeMemorySimulationStore(most = mostSimulations): SimulationStore {
  const kept = new Map<string, KeptSimulation>();
  return {
    put: async (simulation) => {
      kept.set(simulation.id, simulation);
      for (const oldest of kept.keys()) if (kept.size > most) kept.delete(oldest);
    },
    find: async (id) => kept.get(id),
    list: async () => [...kept.values()].reverse().map(headOf),
  };
}
