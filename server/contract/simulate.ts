import { z } from 'zod';
import { Incident, mostSteps, SimulatedBudget, SweepResult } from '#engine/simulate/index.ts';
import { SimulationResult } from '#engine/simulate/result.ts';
import { PolicyReference } from './decide.ts';
import { defineCall } from './define-call.ts';
import { Nothing } from './shapes.ts';

/** What may go wrong in one what-if, at most so many things. */
const mostInjected = 50;
export const Incidents = z.array(Incident).max(mostInjected);
export const SimulatedBudgets = z.array(SimulatedBudget).max(mostInjected);

export const WhatIfBody = z.strictObject({
  candidate: PolicyReference,
  /** Left out: the decisions that the log holds. */
  baseline: PolicyReference.optional(),
  /** Window of the log, ms since 1970; the last 14 days unless given. */
  from: z.number().int().optional(),
  to: z.number().int().optional(),
  /** What goes wrong meanwhile: outages, 429s, slowness, other prices, more traffic. */
  incidents: Incidents.optional(),
  /** Money that may be spent in the replayed world; left out, budgets are as the log saw them. */
  budgets: SimulatedBudgets.optional(),
});

export const sweepPolicy = defineCall({
  method: 'POST',
  path: '/api/simulate/sweep',
  needs: 'policies.read',
  summary:
    'Varies one number of the candidate over a grid: cost, latency, errors and a quality proxy a setting. 400 names the numbers that can be varied.',
  params: Nothing,
  query: Nothing,
  body: WhatIfBody.extend({
    /** `node.field`: `task.confidence`, `size.cases.long`, `trial.arms.b`, `cheap.weights.quality`, `cap.amount`. */
    place: z.string(),
    low: z.number(),
    high: z.number(),
    steps: z.number().int().min(1).max(mostSteps).default(21),
    /** Asks for the cheapest setting that keeps so much quality. */
    min_quality: z.number().optional(),
  }),
  response: SweepResult,
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
