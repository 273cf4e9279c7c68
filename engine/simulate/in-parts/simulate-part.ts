import { accumulate } from '../accumulate.ts';
import { prepareRecords } from '../prepare-records.ts';
import type { GroupTotals } from '../resample.ts';
import type { SimulationResult } from '../result.ts';
import { rowCosts } from '../row-costs.ts';
import { breakDown } from '../segments/break-down.ts';
import { replayRecords, report, type WhatIf } from '../simulate.ts';

/** A what-if of some of the records, to be merged with those of the others. Plain data, so that a thread can hand it over. */
export interface PartialResult {
  readonly result: SimulationResult;
  readonly groups: GroupTotals;
}

/** So many values of a segment are told of a part, so that few are missing from the whole. */
const mostValues = 1_000;

/**
 * Simulates a part of the records. Estimates must be given, so that all parts have the same.
 *
 * @throws {Error} for limits, incidents and budgets, which depend on what came before and cannot be cut.
 */
export function simulatePart(whatIf: WhatIf & Required<Pick<WhatIf, 'estimates'>>): PartialResult {
  const { candidate, baseline, incidents = [], budgets = [] } = whatIf;
  if ([candidate, baseline].some((plan) => (plan?.limits.length ?? 0) > 0))
    throw new Error('Limits depend on the requests before, so the records cannot be replayed in parts.');
  if (incidents.length > 0 || budgets.length > 0)
    throw new Error(
      'Incidents and budgets depend on the requests before, so the records cannot be replayed in parts.',
    );
  const replay = replayRecords(whatIf);
  const { columns, seed } = whatIf;
  const facts = prepareRecords(columns);
  const detail = breakDown({ columns, facts, bins: replay.bins, costs: rowCosts(replay), seed, mostValues });
  return { result: { ...report(replay), ...detail }, groups: accumulate(replay).byGroup };
}
