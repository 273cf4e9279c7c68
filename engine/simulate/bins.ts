import type { Plan } from '../plan/index.ts';
import { type CostRule, costRule, isSameDecision, loggedCost, type Pricing, sameList } from './cost-rule.ts';
import type { CacheShift } from './estimate/cache/cache-shift.ts';
import type { LoggedDecision, LoggedDecisions } from './logged-decisions.ts';
import { type Codes, type Pairs, pairCodes, pairLookedUp } from './pair-codes.ts';
import type { Routed, RoutedDecision } from './route.ts';

/** The rows that share a decision after, a decision before and a recorded one: all else is decided once a bin. */
export interface Bin {
  readonly after: RoutedDecision;
  /** The recorded decision where the baseline is the log itself. */
  readonly before: RoutedDecision | LoggedDecision;
  readonly logged: LoggedDecision;
  readonly afterRule: CostRule;
  readonly beforeRule: CostRule;
  readonly changed: boolean;
}

export interface Bins {
  /** The bin of each row. */
  readonly codes: Codes;
  readonly bins: readonly Bin[];
  /** What prompt caches change of single rows; left out: nothing. */
  readonly shifts?: Readonly<Record<'beforeRule' | 'afterRule', CacheShift | null>>;
}

/** Puts the rows of a log into bins. `before` is `null` where the log is the baseline. */
export function makeBins(
  after: Routed,
  before: Routed | null,
  logged: LoggedDecisions,
  pricing: Pricing,
): Bins {
  if (before === null) {
    const pairs = pairWithLog(after, logged);
    const bins = pairs.left.map((decision, bin) =>
      makeBin(at(after.decisions, decision), null, at(logged.decisions, pairs.right[bin]), pricing),
    );
    return { codes: pairs.codes, bins };
  }
  const decided = pairCodes(after.codes, after.decisions.length, before.codes, before.decisions.length);
  const pairs = pairCodes(decided.codes, decided.left.length, logged.codes, logged.decisions.length);
  const bins = pairs.left.map((decision, bin) =>
    makeBin(
      at(after.decisions, decided.left[decision]),
      at(before.decisions, decided.right[decision]),
      at(logged.decisions, pairs.right[bin]),
      pricing,
    ),
  );
  return { codes: pairs.codes, bins };
}

function pairWithLog(after: Routed, logged: LoggedDecisions): Pairs {
  const size = logged.decisions.length;
  const { looked } = after;
  const pairs =
    looked === null
      ? undefined
      : pairLookedUp(looked.keys, looked.table, after.decisions.length, logged.codes, size);
  return pairs ?? pairCodes(after.codes, after.decisions.length, logged.codes, size);
}

function at<T>(list: readonly T[], index: number | undefined): T {
  return list[index ?? 0] as T;
}

/** What follows for rows with these decisions; `before` is `null` where the log is the baseline. */
export function makeBin(
  after: RoutedDecision,
  before: RoutedDecision | null,
  logged: LoggedDecision,
  pricing: Pricing,
): Bin {
  return {
    after,
    before: before ?? logged,
    logged,
    afterRule: costRule(after, logged, pricing),
    beforeRule: before === null ? loggedCost(logged) : costRule(before, logged, pricing),
    changed:
      before === null
        ? !isSameDecision(after, logged) || after.cap !== null
        : after.path !== before.path || after.cap !== before.cap || !sameList(after.targets, before.targets),
  };
}

/** The cost of its rows is known on both sides. */
export function isTold({ beforeRule, afterRule }: Bin): boolean {
  return beforeRule.source !== 'untold' && afterRule.source !== 'untold';
}

/** Every target a plan may call, judges included, each once. */
export function targetsIn(plan: Plan): readonly string[] {
  const targets = plan.nodes.flatMap((node): readonly string[] => {
    switch (node.kind) {
      case 'attempt':
        return [node.target];
      case 'pool':
        return node.pool.candidates.map(({ target }) => target);
      case 'sequence':
        return node.sequence.accept?.judges.map(({ target }) => target) ?? [];
      default:
        return [];
    }
  });
  return [...new Set(targets)];
}
