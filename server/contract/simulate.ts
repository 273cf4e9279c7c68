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

/** Made by whoever asks. */
const RunName = z.string().regex(/^[\w-]{1,64}$/, 'must be 1–64 letters, digits, _ or -');

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
  /** A name for it while it lasts, by which its progress is asked for and by which it is cancelled. */
  run: RunName.optional(),
});

export const sweepPolicy = defineCall({
  method: 'POST',
  path: '/api/simulate/sweep',
  needs: 'what_if.run',
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
  needs: 'what_if.run',
  summary:
    'Replays logged requests under a candidate and compares with a baseline (a policy, or the log itself).',
  params: Nothing,
  query: Nothing,
  body: WhatIfBody,
  response: SimulationResult,
});

const RunParams = z.strictObject({ run: RunName });

export const readSimulationRun = defineCall({
  method: 'GET',
  path: '/api/simulate/runs/:run',
  needs: 'what_if.run',
  summary:
    'How far a what-if of yours is. Windows with very many requests are replayed in parts, others in one. 404 once it has ended.',
  params: RunParams,
  query: Nothing,
  body: Nothing,
  /** Parts. */
  response: z.strictObject({ done: z.number().int(), of: z.number().int() }),
});

export const cancelSimulationRun = defineCall({
  method: 'DELETE',
  path: '/api/simulate/runs/:run',
  needs: 'what_if.run',
  summary: 'Cancels a what-if of yours, after the part it is at; whoever waits for it gets 409.',
  params: RunParams,
  query: Nothing,
  body: Nothing,
  response: Nothing,
});
