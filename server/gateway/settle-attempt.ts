import type { Context } from '../context.ts';
import type { Leave } from '../governance/index.ts';
import type { Provider } from '../providers/provider.ts';
import type { Asked } from './execute.ts';
import { costOfUsage, type MadeAttempt, type MeteredUsage } from './made-attempt.ts';
import type { Call } from './tried.ts';
import type { Watch } from './watch.ts';

/** What is known about an attempt while it runs. */
export interface Running {
  readonly call: Call;
  readonly provider: Provider;
  readonly watch: Watch;
  readonly asked: Asked;
  readonly context: Context;
  readonly leave: Extract<Leave, { kind: 'leave' }> | undefined;
  /** From the start of the attempt to its first content, ms; `null` as long as none came. */
  firstTokenMs: number | null;
}

/** Ends an attempt, on every way out: its cost, its lease, and what it tells about its target’s health. */
export function settle(
  running: Running,
  outcome: MadeAttempt['outcome'],
  status: number | null,
  usage: MeteredUsage,
  dropped: readonly string[] = [],
  retryAfterMs = 0,
): MadeAttempt {
  const { call, provider, watch, asked, leave, context } = running;
  tellHealth(running, outcome, usage, retryAfterMs);
  const made = {
    target: call.target,
    outcome,
    status,
    latencyMs: watch.elapsedMs,
    firstTokenMs: running.firstTokenMs,
    endedAt: context.clock(),
    usage,
    costNanoUsd: costOfUsage(usage, call.target, asked.prices),
    sandbox: provider.sandbox,
    dropped,
  };
  leave?.end(made);
  return made;
}

function tellHealth(
  { call, watch, context, firstTokenMs }: Running,
  outcome: MadeAttempt['outcome'],
  { tokens }: MeteredUsage,
  retryAfterMs: number,
): void {
  const outputTokens = tokens === null ? 0 : tokens.outputTokens + tokens.reasoningTokens;
  const writingMs = firstTokenMs === null ? 0 : watch.elapsedMs - firstTokenMs;
  context.live.health.report(call.target, { outcome, firstTokenMs, outputTokens, writingMs, retryAfterMs });
}
