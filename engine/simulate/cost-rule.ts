import type { Catalogue, CatalogueModel } from '../catalogue/index.ts';
import { type Acceptance, assumedAcceptance } from './acceptance.ts';
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
  /** The tokens were counted by another vendor's tokenizer. */
  readonly foreign: boolean;
  /** The answer is cut to so many tokens. */
  readonly cap: number | null;
  /** Calls that may follow, and how likely they are. */
  readonly also: readonly Addition[];
}

/** A further call: the same tokens at a line of the price table, or a judge that reads request and answer. */
export interface Addition {
  readonly line: number;
  /** Share of the rows that make it. */
  readonly weight: number;
  readonly judges: boolean;
}

const plain = { cap: null, also: [] } as const;

/** Relative bounds of a token count carried to another vendor: measured on recorded pairs of requests, in total. */
export const foreignTokens = { low: -0.23, high: 0.3 } as const;

export interface Pricing {
  readonly catalogue: Catalogue;
  readonly lineOf: LineOf;
  /** How often first answers were accepted. */
  readonly acceptance: Acceptance;
}

/** What the log itself says a row cost. */
export function loggedCost(logged: LoggedDecision): CostRule {
  const source = logged.hasCost ? 'logged' : logged.refused ? 'nothing' : 'untold';
  return { evidence: 'observed', source, line: 0, foreign: false, ...plain };
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
      line: 0,
      foreign: false,
      ...plain,
    };
  const stays = decision.target === logged.target;
  if (stays && logged.hasCost && decision.cap === null) return loggedCost(logged);
  const line = pricing.lineOf(decision.target, logged.special, stays);
  if (line === undefined || !logged.hasUsage)
    return { evidence: 'unknown', source: 'untold', line: 0, foreign: false, ...plain };
  const foreign = !stays && !countsAlike(decision.target, logged.target, pricing.catalogue);
  const { cap } = decision;
  const evidence = foreign || cap !== null ? 'modelled' : 'repriced';
  return { evidence, source: 'priced', line, foreign, cap, also: [] };
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
    return line === undefined ? [] : [{ line, weight, judges: isJudge }];
  });
  if (also.length < lines.length || (lines.length > 0 && !hasUsage))
    return { evidence: 'unknown', source: 'untold', line: 0, foreign: false, ...plain };
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

/**
 * Whether two targets count tokens alike: by their tokenizers where both are known, else by the family of models, else
 * by the provider.
 */
export function countsAlike(left: string, right: string, catalogue: Catalogue): boolean {
  if (left === right) return true;
  const [a, b] = [catalogue.find(left), catalogue.find(right)];
  if (a === undefined || b === undefined) return providerOf(left) === providerOf(right);
  if (a.tokenizer !== null && b.tokenizer !== null) return a.tokenizer === b.tokenizer;
  if (hasFamily(a) && hasFamily(b)) return a.family === b.family;
  return a.provider === b.provider;
}

function hasFamily(model: CatalogueModel): boolean {
  return model.family !== 'unknown';
}

function providerOf(target: string): string {
  return target.slice(0, target.indexOf('/'));
}
