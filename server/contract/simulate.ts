import { z } from 'zod';
import { SimulationResult } from '#engine/simulate/result.ts';
import { PolicyReference } from './decide.ts';
import { defineCall } from './define-call.ts';
import { Nothing } from './shapes.ts';

export const WhatIfBody = z.strictObject({
  candidate: PolicyReference,
  /** Left out: the decisions that the log holds. */
  baseline: PolicyReference.optional(),
  /** Window of the log, ms since 1970; the last 14 days unless given. */
  from: z.number().int().optional(),
  to: z.number().int().optional(),
});

export const simulatePolicy = defineCall({
  method: 'POST',
  path: '/api/simulate',
  needs: 'policies.read',
  summary:
    'Replays logged requests under a candidate and compares with a baseline (a policy, or the log itself).',
  params: Nothing,
  query: Nothing,
  body: WhatIfBody,
  response: SimulationResult,
});
