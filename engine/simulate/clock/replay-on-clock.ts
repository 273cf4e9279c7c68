import { type Decision, decide, type Plan, pathText, targetsOf } from '../../plan/index.ts';
import { codesBelow } from '../pair-codes.ts';
import type { PriceTable } from '../price-table.ts';
import { measuring } from '../replay-limits.ts';
import { type Routed, type RoutedDecision, routedOf } from '../route.ts';
import type { Followed } from './follow.ts';
import { ReplayedWorld, type WorldInput } from './world.ts';

/** How rows ended in the weather, row by row. */
export interface Outcomes {
  /** An index into {@link rowEnds}. */
  readonly ends: Uint8Array;
  /** Attempts that failed before. */
  readonly fallen: Uint8Array;
  readonly addedMs: Float64Array;
}

/** `degraded`: served by a later attempt. `denied`: refused by a budget. */
export const rowEnds = ['served', 'degraded', 'refused', 'failed', 'denied'] as const;
export type RowEnd = (typeof rowEnds)[number];

/**
 * Replays a plan row by row, in the order of the log, through a weather and under budgets. A row's decision is the part of
 * it that came to pass: its first attempt is the one that served, and there is none where nothing did.
 */
export function replayOnClock(
  plan: Plan,
  input: WorldInput,
  table: PriceTable,
): { readonly routed: Routed; readonly outcomes: Outcomes } {
  const { columns, facts } = input;
  const { length } = columns;
  const world = new ReplayedWorld(plan, input, measuring(columns, facts, table));
  const outcomes = {
    ends: new Uint8Array(length),
    fallen: new Uint8Array(length),
    addedMs: new Float64Array(length),
  };
  const decisions: RoutedDecision[] = [];
  const known = new Map<string, number>();
  const wide = new Uint32Array(length);
  for (let row = 0; row < length; row += 1) {
    const decision = decide(plan, world.look(row));
    const followed = world.carryOut(decision, row);
    const { end, attempt } = endOf(followed);
    const undetermined = decision.path.map((step) => Number(step.undetermined)).join('');
    const key = `${pathText(decision.path)} ${targetsOf(decision).join()} ${undetermined} ${end} ${attempt}`;
    let code = known.get(key);
    if (code === undefined) {
      code = decisions.push(cameToPass(decision, end, attempt)) - 1;
      known.set(key, code);
    }
    wide[row] = code;
    outcomes.ends[row] = rowEnds.indexOf(end);
    if (followed === 'refused_by_budget') continue;
    outcomes.fallen[row] = followed.fallen;
    outcomes.addedMs[row] = followed.addedMs;
  }
  const codes = codesBelow(decisions.length, length);
  codes.set(wide);
  return { routed: { codes, decisions, looked: null }, outcomes };
}

function endOf(followed: Followed | 'refused_by_budget'): { readonly end: RowEnd; readonly attempt: number } {
  if (followed === 'refused_by_budget') return { end: 'denied', attempt: -1 };
  const { end, attempt } = followed;
  // A refusal that stands first was meant: nothing failed.
  return { end: end === 'served' && attempt > 0 ? 'degraded' : end, attempt };
}

function cameToPass(decision: Decision, end: RowEnd, attempt: number): RoutedDecision {
  const whole = routedOf(decision);
  if (end === 'served' || (end === 'refused' && whole.refused)) return whole;
  if (end !== 'degraded') return { ...whole, targets: [], target: '', refused: true, cascade: null };
  const left = { path: decision.path, attempts: decision.attempts.slice(attempt) };
  return { ...routedOf(left), cascade: null };
}
