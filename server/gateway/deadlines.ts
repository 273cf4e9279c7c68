import type { Attempt } from '#engine/plan/index.ts';
import type { Bounds } from './watch.ts';

type Call = Extract<Attempt, { kind: 'call' }>;

/** What holds where a policy says nothing, ms. */
export const defaultDeadlines = {
  connectMs: 5_000,
  firstTokenMs: 30_000,
  idleMs: 60_000,
  totalMs: 600_000,
} as const;

/**
 * The bounds of one attempt. A plain answer comes in one piece when it is complete, so the default for the first token
 * does not apply to it; one that the policy states does. The deadlines of fallbacks around it cut the total short.
 */
export function boundsOf(call: Call, startedAt: readonly number[], stream: boolean): Bounds {
  const { deadlines } = call;
  const totalMs = Math.min(deadlines.totalMs ?? defaultDeadlines.totalMs, leftWithin(call, startedAt));
  return {
    firstTokenMs:
      deadlines.firstTokenMs ?? (stream ? defaultDeadlines.firstTokenMs : Number.POSITIVE_INFINITY),
    idleMs: deadlines.idleMs ?? defaultDeadlines.idleMs,
    totalMs,
  };
}

/** What the fallbacks and cascades around a call leave of their time, ms; infinity where none says. */
export function leftWithin({ within }: Call, startedAt: readonly number[]): number {
  if (within.length === 0) return Number.POSITIVE_INFINITY;
  const now = performance.now();
  return Math.min(...within.map(({ from, ms }) => (startedAt[from] ?? now) + ms - now));
}

export function connectTimeoutOf({ deadlines }: Call): number {
  return deadlines.connectMs ?? defaultDeadlines.connectMs;
}
