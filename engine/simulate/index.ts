/** What-if: logged traffic replayed under another policy, a column at a time, and what that would have cost. */
export { SimulatedBudget } from './clock/budget.ts';
export { Incident } from './clock/incident.ts';
export { incidentForms, type ReadIncident, readIncident } from './clock/read-incident.ts';
export { testColumn } from './column-test.ts';
export type { BoolColumn, CodedColumn, Column, NumberColumn, RecordColumns } from './columns.ts';
export { columnsFromRecords, encodeValues, narrow, recordColumnsOf } from './columns-from-records.ts';
export { hashColumns } from './content-hash.ts';
export { type CalibrationReport, calibrate } from './estimate/calibrate.ts';
export { Estimates, sameTokens } from './estimate/estimates.ts';
export { fitEstimates } from './estimate/fit-estimates.ts';
export { forgetExits } from './exit-column.ts';
export { type Merger, mergeParts } from './in-parts/merge-parts.ts';
export { type PartialResult, simulatePart } from './in-parts/simulate-part.ts';
export { type ChangeFilter, type ChangeList, listChanges } from './list-changes.ts';
export { type EvidenceClass, evidenceClasses, SimulationResult } from './result.ts';
export { type Routed, type RoutedDecision, routeColumns } from './route.ts';
export { sampleRows, takeRows } from './sample-rows.ts';
export {
  openSession,
  type SessionAnswer,
  type SessionResult,
  type SimulationSession,
} from './session/open-session.ts';
export { signalsAt } from './signals-at.ts';
export { type Replay, replayRecords, simulate, type WhatIf } from './simulate.ts';
export { cheapestWith } from './sweep/cheapest-with.ts';
export { findPlace, placesIn, type SweepPlace } from './sweep/place.ts';
export { mostSteps, type Sweep, sweepPolicy } from './sweep/sweep-policy.ts';
export { SweepResult } from './sweep/sweep-result.ts';
