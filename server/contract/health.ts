import { z } from 'zod';
import { errorClasses } from '#engine/nodes/index.ts';
import { defineCall } from './define-call.ts';
import { Nothing } from './shapes.ts';

/** How one target does lately, as this gateway process saw it. */
export const TargetHealthShape = z.strictObject({
  target: z.string(),
  /** Of its circuit breaker: `closed` lets calls through, `open` none, `half_open` one that finds out. */
  state: z.enum(['closed', 'open', 'half_open']),
  /** ms until it is tried again; 0 unless open. */
  waitMs: z.number(),
  /** Share of calls that failed lately, 0–1. */
  errorRate: z.number(),
  firstTokenMs: z.number().nullable(),
  tokensPerSecond: z.number().nullable(),
  /** ISO 8601. */
  lastCallAt: z.string(),
  /** Class of the last failure; `null` where there was none. */
  lastError: z.enum(errorClasses).nullable(),
});
export type TargetHealthShape = z.output<typeof TargetHealthShape>;

export const readTargetHealth = defineCall({
  method: 'GET',
  path: '/api/health/targets',
  needs: 'providers.read',
  summary:
    'How every target that was called does lately: its circuit breaker, failures, speed and last failure. Worst first.',
  params: Nothing,
  query: Nothing,
  body: Nothing,
  response: z.strictObject({
    /** ISO 8601; the clock that `lastCallAt` is read on. */
    at: z.string(),
    targets: z.array(TargetHealthShape),
  }),
});
