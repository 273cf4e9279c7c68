import { z } from 'zod';
import { objectives } from '#engine/nodes/index.ts';
import { Policy } from '#engine/policy/index.ts';
import { defineCall } from './define-call.ts';
import { Nothing } from './shapes.ts';

const StepShape = z.object({ node: z.string(), port: z.string().nullable(), undetermined: z.boolean() });

/** A policy document, or one that the server has: its draft (no version) or a published version. */
export const PolicyReference = z.union([
  z.strictObject({ policy: Policy }),
  z.strictObject({ id: z.string(), version: z.number().int().min(1).optional() }),
]);
export type PolicyReference = z.output<typeof PolicyReference>;

const Figure = z.number().nullable();

/** A pool's choice with every candidate's figures; `null` is unknown. */
export const PoolShape = z.strictObject({
  node: z.string(),
  objective: z.enum(objectives),
  weights: z.strictObject({ cost: z.number(), latency: z.number(), quality: z.number() }),
  /** What the costs are reckoned with. */
  inputTokens: z.number(),
  outputTokens: z.number(),
  /** How many are tried at most. */
  attempts: z.number(),
  candidates: z.array(
    z.strictObject({
      target: z.string(),
      /** From 1 on, in order of trying; `null` for one that is not worth trying. */
      rank: Figure,
      /** 0–100 of the best under the pool's objective. */
      score: Figure,
      costNanoUsd: Figure,
      latencyMs: Figure,
      quality: Figure,
      errorRate: z.number(),
      warmTokens: z.number(),
      /** What it cannot do, if it is out. */
      out: z.string().nullable(),
      /** Why it stands behind the others, if it does. */
      setback: z.string().nullable(),
      /** Why it stands where it stands, in a few words. */
      why: z.string(),
    }),
  ),
  /** Staying with the conversation's last target against moving; `null` in a new conversation. */
  affinity: z
    .strictObject({
      target: z.string(),
      warmTokens: z.number(),
      stays: z.boolean(),
      stayNanoUsd: Figure,
      other: z.string().nullable(),
      moveNanoUsd: Figure,
      sentence: z.string(),
    })
    .nullable(),
});
export type PoolShape = z.output<typeof PoolShape>;

export const Trial = z.strictObject({
  signals: z.record(z.string(), z.unknown()),
  path: z.array(StepShape),
  pathText: z.string(),
  /** One sentence a step, in order of the path: why the request went this way, with the values put in. */
  reasons: z.array(z.strictObject({ node: z.string(), sentence: z.string() })),
  refusal: z
    .strictObject({ node: z.string(), code: z.string(), status: z.number(), message: z.string() })
    .nullable(),
  attempts: z.array(
    z.strictObject({
      node: z.string(),
      target: z.string(),
      /** Error classes that move on, and the target they move on to. */
      movesOn: z.array(z.strictObject({ on: z.string(), to: z.string() })),
      /** Expected cost in nano-dollars for the estimated input and a typical answer; `null` without a price. */
      expectedCostNanoUsd: z.number().int().nullable(),
    }),
  ),
  /** The pools on the path. */
  pools: z.array(PoolShape),
});
export type Trial = z.output<typeof Trial>;

export const tryRequest = defineCall({
  method: 'POST',
  path: '/api/decide',
  needs: 'policies.read',
  summary:
    'What a policy decides for one request (a body in a dialect, or signals by name), with reasons and expected cost. Nothing is called.',
  params: Nothing,
  query: Nothing,
  body: z.strictObject({
    policy: PolicyReference,
    request: z
      .strictObject({
        dialect: z.enum([
          'openai-chat',
          'openai-responses',
          'anthropic-messages',
          'google-generate',
          'openai-embeddings',
          'openai-completions',
        ]),
        body: z.unknown(),
      })
      .optional(),
    /** Signals by name; those not given are measured from `request`, else unknown. */
    signals: z.record(z.string(), z.unknown()).optional(),
  }),
  response: Trial,
});
