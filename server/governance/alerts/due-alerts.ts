import type { StoredAlert } from '../../contract/alert-shape.ts';
import type { Anomaly } from '../billing/anomalies.ts';
import type { Budget } from '../budgets/budget.ts';
import { describeScope } from '../budgets/budget.ts';

/** How a budget stands, as far as alerts are concerned; whole nano-dollars. */
export interface WatchedBudget {
  readonly budget: Budget;
  /** Team it belongs to; `null`: nobody's alone. */
  readonly team: string | null;
  readonly spent: number;
  /** When the window began and ends, ms since 1970; `null` where it does not. */
  readonly from: number | null;
  readonly until: number | null;
  /** What the window is expected to end at; `null` where nobody can say. */
  readonly expected: number | null;
}

/** Something a rule wants told. `once` names it: what has been told under a name is not told again. */
export interface Due {
  readonly once: string;
  readonly event: 'budget.threshold' | 'budget.forecast' | 'spend.anomaly';
  readonly text: string;
  readonly team: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** A rolling window never begins anew: a threshold may fire again once spend was so far below it. */
const rearmBelow = 0.05;

/**
 * What a rule wants told of a budget now: each share it has reached, once a window; and once a window that it will end over
 * its limit. `forget` are names that no longer hold, of rolling windows that fell below.
 */
export function dueOfBudget(
  rule: StoredAlert,
  watched: WatchedBudget,
): { readonly due: readonly Due[]; readonly forget: readonly string[] } {
  const { trigger } = rule;
  if (trigger.kind !== 'budget') return { due: [], forget: [] };
  const { budget, spent } = watched;
  if (trigger.budget !== '*' && trigger.budget !== budget.id) return { due: [], forget: [] };
  const used = budget.limit === 0 ? (spent > 0 ? Number.POSITIVE_INFINITY : 0) : spent / budget.limit;
  const window = budget.kind === 'rolling' ? 'rolling' : String(watched.from ?? 'total');
  const nameOf = (what: string) => [rule.id, budget.id, window, what].join(' ');
  const reached = trigger.at.filter((share) => used >= share);
  const due: Due[] = reached.map((share) => threshold(watched, share, nameOf(String(share))));
  const { expected } = watched;
  if (trigger.forecast && used < 1 && expected !== null && expected > budget.limit)
    due.push(overForecast(watched, expected, nameOf('forecast')));
  const forget =
    budget.kind === 'rolling'
      ? trigger.at.filter((share) => used < share - rearmBelow).map((share) => nameOf(String(share)))
      : [];
  return { due, forget };
}

function threshold(watched: WatchedBudget, share: number, once: string): Due {
  const { budget, spent, team } = watched;
  const rest =
    share < 1
      ? ''
      : budget.enforcement === 'hard'
        ? ' Requests that cost money are refused, or go where the policy sends them.'
        : ' It is a soft budget: requests go on.';
  return {
    once,
    event: 'budget.threshold',
    team,
    text: `Budget "${budget.id}" (${describeScope(budget.scope)}) has reached ${percent(share)}: ${usd(spent)} of ${usd(budget.limit)} this ${budget.window}.${rest}`,
    details: { ...detailsOf(watched), threshold: share },
  };
}

function overForecast(watched: WatchedBudget, expected: number, once: string): Due {
  const { budget, spent, team } = watched;
  return {
    once,
    event: 'budget.forecast',
    team,
    text: `Budget "${budget.id}" (${describeScope(budget.scope)}) will probably end over its limit: ${usd(expected)} expected of ${usd(budget.limit)}, ${usd(spent)} spent so far.`,
    details: { ...detailsOf(watched), expected_usd: expected / 1e9 },
  };
}

function detailsOf({ budget, spent, from, until }: WatchedBudget): Readonly<Record<string, unknown>> {
  return {
    budget: budget.id,
    scope: describeScope(budget.scope),
    window: budget.window,
    enforcement: budget.enforcement,
    limit_usd: budget.limit / 1e9,
    spent_usd: spent / 1e9,
    window_from: from === null ? null : new Date(from).toISOString(),
    window_until: until === null ? null : new Date(until).toISOString(),
  };
}

/** What a rule wants told of a day's spend: that it is unusual, once a day. */
export function dueOfAnomaly(rule: StoredAlert, { day, nanoUsd, usual, score }: Anomaly): Due | null {
  const { trigger } = rule;
  if (trigger.kind !== 'anomaly') return null;
  const whose = trigger.team === null ? 'Spend' : `Spend of team ${trigger.team}`;
  return {
    once: [rule.id, 'anomaly', day].join(' '),
    event: 'spend.anomaly',
    team: trigger.team,
    text: `${whose} on ${day} is unusually ${score > 0 ? 'high' : 'low'}: ${usd(nanoUsd)} where ${usd(usual)} is usual.`,
    details: {
      day,
      spent_usd: nanoUsd / 1e9,
      usual_usd: usual / 1e9,
      score: Math.round(score * 10) / 10,
      team: trigger.team,
    },
  };
}

function usd(nanoUsd: number): string {
  return `$${(nanoUsd / 1e9).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: nanoUsd < 1e9 ? 6 : 2 })}`;
}

function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10} %`;
}
