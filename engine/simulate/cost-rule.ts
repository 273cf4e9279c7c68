import { type Acceptance, assumedAcceptance } from './acceptance.ts';
import type { Carried, TokenFactors } from './estimate/estimator.ts';
import type { LoggedDecision } from './logged-decisions.ts';
import type { LineOf } from './price-table.ts';
import type { EvidenceClass } from './result.ts';
import type { RoutedDecision } from './route.ts';

/** Where the cost of a row comes from, and how far it can be trusted. */
export interface CostRule {
  readonly evidence: EvidenceClass;
  /** `logged`: as recorded. `priced`: its tokens at a line of the price table. `nothing`: no call. `untold`: no cost. */
  readonly source: 'logged' | 'priced' | 'nothing' | 'untold';
  /** Line of the price table; 0 unless priced. */
  readonly line: number;
  /** The tokens it would have there, as factors of those logged; `null`: the same. */
  readonly factors: TokenFactors | null;
  /** How doubtful that is, as a multiple of the doubt about a target that nothing is known of. */
  readonly doubt: number;
  /** The answer is cut to so many tokens. */
  readonly cap: number | null;
  /** Calls that may follow, and how likely they are. */
  readonly also: readonly Addition[];
}

/** A further call: the same tokens at a line of the price table, or a judge that reads request and answer. */
export interface Addition {
  readonly line: number;
  readonly factors: TokenFactors | null;
  /** Share of the rows that make it. */
  readonly weight: number;
  readonly judges: boolean;
}

const plain = { line: 0, factors: null, doubt: 0, cap: null, also: [] } as const;

export interface Pricing {
  /** What becomes of tokens on a move. */
  readonly carry: (from: string, to: string) => Carried;
  readonly lineOf: LineOf;
  /** How often first answers were accepted. */
  readonly acceptance: Acceptance;
}

/** What the log itself says a row cost. */
export function loggedCost(logged: LoggedDecision): CostRule {
  const source = logged.hasCost ? 'logged' : logged.refused ? 'nothing' : 'untold';
  return { evidence: 'observed', source, ...plain };
}

/** What a row would cost under a decision. */
export function costRule(decision: RoutedDecision, logged: LoggedDecision, pricing: Pricing): CostRule {
  const isSame = isSameDecision(decision, logged);
  if (isSame && decision.cap === null) return loggedCost(logged);
  const first = decidedCost(decision, logged, pricing);
  const rule = isSame ? first : withEscalation(first, decision, logged, pricing);
  return decision.undetermined ? { ...rule, evidence: 'unknown' } : rule;
}

function decidedCost(decision: RoutedDecision, logged: LoggedDecision, pricing: Pricing): CostRule {
  if (decision.refused)
    return {
      evidence: logged.refused ? 'observed' : 'repriced',
      source: 'nothing',
      ...plain,
    };
  const stays = decision.target === logged.target;
  if (stays && logged.hasCost && decision.cap === null) return loggedCost(logged);
  const line = pricing.lineOf(decision.target, logged.special, stays);
  if (line === undefined || !logged.hasUsage) return { evidence: 'unknown', source: 'untold', ...plain };
  const { factors, fitted, doubt } = pricing.carry(logged.target, decision.target);
  const { cap } = decision;
  const isModelled = factors !== null || fitted || doubt >= 1 || cap !== null;
  const evidence = isModelled ? 'modelled' : 'repriced';
  return { evidence, source: 'priced', line, factors, doubt, cap, also: [] };
}

/** The judges of a cascade are always asked; what comes after, as often as this log rejected, else half the time. */
function withEscalation(
  first: CostRule,
  { cascade }: RoutedDecision,
  { special, target, hasUsage }: LoggedDecision,
  pricing: Pricing,
): CostRule {
  if (cascade === null || first.source === 'untold' || first.source === 'nothing') return first;
  const { judges, next } = cascade;
  const called = next === null ? judges : [...judges, next];
  const lines = called.map((one) => pricing.lineOf(one, special, one === target));
  const accepted = pricing.acceptance(cascade.node, cascade.first);
  const also = lines.flatMap((line, index): readonly Addition[] => {
    const isJudge = index < judges.length;
    const weight = isJudge ? 1 : 1 - (accepted ?? assumedAcceptance);
    if (line === undefined) return [];
    const factors = isJudge ? null : pricing.carry(target, called[index] ?? '').factors;
    return [{ line, factors, weight, judges: isJudge }];
  });
  if (also.length < lines.length || (lines.length > 0 && !hasUsage))
    return { evidence: 'unknown', source: 'untold', ...plain };
  return { ...first, also, evidence: accepted === null ? 'unknown' : 'modelled' };
}

/** Whether a decision is the recorded one: path and targets, or the targets alone where the log has no path. */
export function isSameDecision(decision: RoutedDecision, logged: LoggedDecision): boolean {
  if (logged.hasPath && logged.path !== decision.path) return false;
  if (!logged.hasPath && logged.targets.length === 0) return logged.refused && decision.refused;
  return logged.hasPath ? sameList(decision.targets, logged.targets) : decision.target === logged.target;
}

export function sameList(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}
