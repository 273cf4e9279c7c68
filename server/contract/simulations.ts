import { z } from 'zod';
import { Policy } from '#engine/policy/index.ts';
import { evidenceClasses, SimulationResult } from '#engine/simulate/result.ts';
import { defineCall } from './define-call.ts';
import { Nothing } from './shapes.ts';
import { Incidents, SimulatedBudgets, WhatIfBody } from './simulate.ts';

/** A policy as it was simulated, frozen. */
const SimulatedPolicy = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Of a published version; `null` for a draft. */
  version: z.number().int().nullable(),
  hash: z.string(),
  policy: Policy,
});

const Head = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** ISO 8601. */
  at: z.string(),
  by: z.string(),
  candidate: SimulatedPolicy.omit({ policy: true }),
  baseline: SimulatedPolicy.omit({ policy: true }).nullable(),
  from: z.number().int(),
  to: z.number().int(),
  /** What was injected, as asked. */
  incidents: Incidents.default([]),
  budgets: SimulatedBudgets.default([]),
  records: z.number().int(),
  changed: z.number().int(),
  cost_nano_usd: SimulationResult.shape.cost_nano_usd,
});
export const SimulationHead = Head;
export type SimulationHead = z.output<typeof SimulationHead>;

/** A what-if with all that it takes to get it again: policies, window, and in the result the hash of records and prices. */
export const KeptSimulation = Head.extend({
  candidate: SimulatedPolicy,
  baseline: SimulatedPolicy.nullable(),
  result: SimulationResult,
});
export type KeptSimulation = z.output<typeof KeptSimulation>;

const SimulationParams = z.strictObject({ id: z.string() });

export const keepSimulation = defineCall({
  method: 'POST',
  path: '/api/simulations',
  needs: 'what_if.run',
  summary: 'Simulates and keeps the result with its inputs under an id, so that it can be linked to.',
  params: Nothing,
  query: Nothing,
  body: WhatIfBody.extend({ name: z.string().max(200).default('') }),
  response: KeptSimulation,
  status: 201,
});

export const listSimulations = defineCall({
  method: 'GET',
  path: '/api/simulations',
  needs: 'what_if.run',
  summary: 'The kept what-ifs, newest first; of one policy where it is named.',
  params: Nothing,
  query: z.strictObject({ policy: z.string().optional() }),
  body: Nothing,
  response: z.strictObject({ simulations: z.array(SimulationHead) }),
});

export const readSimulation = defineCall({
  method: 'GET',
  path: '/api/simulations/:id',
  needs: 'what_if.run',
  summary: 'One kept what-if: its inputs and its result.',
  params: SimulationParams,
  query: Nothing,
  body: Nothing,
  response: KeptSimulation,
});

/** Which changed decisions are asked for. `""` asks for those where it is unknown or empty. */
export const ChangeQuery = z.strictObject({
  team: z.string().optional(),
  task: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  evidence: z.enum(evidenceClasses).optional(),
  differs_at: z.string().optional(),
});

export const listChangedDecisions = defineCall({
  method: 'GET',
  path: '/api/simulations/:id/changes',
  needs: 'what_if.run',
  summary:
    'All changed decisions of a kept what-if, the largest change of cost first, a page at a time. 409 when the log no longer holds the same requests.',
  params: SimulationParams,
  query: ChangeQuery.extend({
    cursor: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
  }),
  body: Nothing,
  response: z.strictObject({
    /** All that pass the filter. */
    total: z.number().int(),
    changes: SimulationResult.shape.changes,
    /** Where the next page begins; `null` after the last. */
    next: z.number().int().nullable(),
  }),
});

/** `GET`: the same as a CSV file, all of them. Takes the filter of `listChangedDecisions`. */
export const changesCsvPath = '/api/simulations/:id/changes.csv';

const Pair = z.strictObject({ forecast: z.number().nullable(), actual: z.number().nullable() });

export const readOutcome = defineCall({
  method: 'GET',
  path: '/api/simulations/:id/outcome',
  needs: 'what_if.run',
  summary: 'What a what-if forecast against what happened since a version with its candidate was published.',
  params: SimulationParams,
  query: Nothing,
  body: Nothing,
  response: z.strictObject({
    /** `null`: nothing that decides as the candidate was published since. */
    published: z
      .strictObject({
        policy: z.string(),
        version: z.number().int(),
        at: z.string(),
        /** The version names this what-if as the one it was judged by. */
        judged_by: z.boolean(),
      })
      .nullable(),
    /** Requests that version has decided since. */
    requests: z.number().int(),
    /** Nano-dollars a request that has a cost; bounds of the forecast (95 %). */
    cost_per_request: Pair.extend({ low: z.number().nullable(), high: z.number().nullable() }),
    /** Whether the actual cost lies within the bounds; `null` before there are requests. */
    within: z.boolean().nullable(),
    refused_share: Pair,
    latency_ms: Pair,
    by_target: z.array(
      z.strictObject({ target: z.string(), share_forecast: z.number(), share_actual: z.number() }),
    ),
  }),
});
export type Outcome = z.output<typeof readOutcome.response>;
