import type { Catalogue } from '../../catalogue/index.ts';
import type { Plan } from '../../plan/index.ts';
import type { RecordColumns } from '../columns.ts';
import type { RecordFacts } from '../prepare-records.ts';
import type { PriceTable } from '../price-table.ts';
import type { Routed } from '../route.ts';
import type { SimulatedBudget } from './budget.ts';
import type { Incident } from './incident.ts';
import { replayOnClock } from './replay-on-clock.ts';
import type { Rehearsal } from './tell-outcomes.ts';
import { makeWeather } from './weather.ts';

interface Asked {
  readonly columns: RecordColumns;
  readonly candidate: Plan;
  readonly baseline: Plan | null;
  readonly catalogue: Catalogue;
  readonly incidents?: readonly Incident[];
  readonly budgets?: readonly SimulatedBudget[];
}

/** Replays both plans on the clock where something was injected; else the columns do, and nothing is rehearsed. */
export function rehearse(
  { columns, candidate, baseline, catalogue, incidents = [], budgets = [] }: Asked,
  facts: RecordFacts,
  table: PriceTable,
): { readonly rehearsal: Rehearsal | null; readonly routed: ReadonlyMap<Plan, Routed> } {
  if (incidents.length === 0 && budgets.length === 0) return { rehearsal: null, routed: new Map() };
  const weather = makeWeather(incidents, columns);
  const input = { columns, facts, catalogue, weather, budgets };
  const after = replayOnClock(candidate, input, table);
  const before = baseline === null || baseline === candidate ? after : replayOnClock(baseline, input, table);
  const routed = new Map([[candidate, after.routed]]);
  if (baseline !== null) routed.set(baseline, before.routed);
  return {
    rehearsal: {
      incidents,
      budgets: budgets.length,
      after: after.outcomes,
      before: baseline === null ? null : before.outcomes,
    },
    routed,
  };
}
