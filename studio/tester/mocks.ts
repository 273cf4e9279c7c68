import type { Policy } from '#engine/policy/index.ts';
import { matchPool } from '../document/index.ts';

/** What a test pretends of the moment; `null` and empty leave things as they are. */
export interface Mocks {
  /** Targets whose breaker is open. */
  readonly open: readonly string[];
  /** By target: share of calls that failed, 0–1. */
  readonly errorRate: Readonly<Record<string, number>>;
  /** By limit node: what is used of it. */
  readonly limitsUsed: Readonly<Record<string, number>>;
  /** Used share of the tightest budget. */
  readonly budgetUsed: number | null;
  readonly sessionTarget: string | null;
  readonly warmTokens: number | null;
  /** Chance, [0, 1). */
  readonly draw: number | null;
  /** Hour of the day, UTC. */
  readonly hour: number | null;
  readonly taskLabel: string | null;
  /** By classifier of the policy: the label it gives, quite sure. */
  readonly labels: Readonly<Record<string, string>>;
}

export const noMocks: Mocks = {
  open: [],
  errorRate: {},
  limitsUsed: {},
  budgetUsed: null,
  sessionTarget: null,
  warmTokens: null,
  draw: null,
  hour: null,
  taskLabel: null,
  labels: {},
};

/** Tokens said to be warm where only the conversation's target is stated. */
export const usualWarmTokens = 8_000;

/** How many things are pretended. */
export function countMocks(mocks: Mocks): number {
  const { open, errorRate, limitsUsed, labels, warmTokens: _, ...single } = mocks;
  const maps = [errorRate, limitsUsed, labels].reduce((sum, map) => sum + Object.keys(map).length, 0);
  return open.length + maps + Object.values(single).filter((value) => value !== null).length;
}

/** The mocks as signals by name, to stand in the place of what was measured. */
export function signalsOfMocks(mocks: Mocks): Readonly<Record<string, unknown>> {
  const { open, errorRate, limitsUsed, budgetUsed, sessionTarget, warmTokens, labels } = mocks;
  const stated: Readonly<Record<string, unknown>> = {
    'health.open': open.length === 0 ? null : [...open],
    'health.error_rate': emptyAsNull(errorRate),
    'limits.used': emptyAsNull(limitsUsed),
    'budget.used': budgetUsed,
    'session.target': sessionTarget,
    'session.warm_tokens': sessionTarget === null ? null : (warmTokens ?? usualWarmTokens),
    'session.idle_seconds': sessionTarget === null ? null : 30,
    draw: mocks.draw,
    'time.hour': mocks.hour,
    'task.label': mocks.taskLabel,
    'task.confidence': mocks.taskLabel === null ? null : 1,
    'classifiers.label': emptyAsNull(labels),
    'classifiers.confidence': emptyAsNull(
      Object.fromEntries(Object.keys(labels).map((classifier) => [classifier, 1])),
    ),
  };
  return Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== null));
}

function emptyAsNull<T extends object>(map: T): T | null {
  return Object.keys(map).length === 0 ? null : map;
}

/** Every target a policy may call, in order of its nodes. */
export function targetsIn(
  policy: Policy,
  models: ReadonlyMap<string, { readonly id: string }>,
): readonly string[] {
  const found = Object.values(policy.nodes).flatMap((node) => {
    if (node.kind === 'model') return [node.target];
    return node.kind === 'pool' ? matchPool(node.candidates, models).ids : [];
  });
  return [...new Set(found)];
}
