import { z } from 'zod';
import type { PoolCandidates } from '#engine/nodes/index.ts';
import { type ModelFacts, resolvePools } from '#engine/plan/index.ts';
import type { Policy } from '#engine/policy/index.ts';

const Rates = z.strictObject({
  aboveInputTokens: z.number(),
  input: z.number(),
  cacheRead: z.number(),
  output: z.number(),
});
const Candidate = z.strictObject({
  target: z.string(),
  model: z.string(),
  provider: z.string(),
  context: z.number().nullable(),
  maxOutput: z.number().nullable(),
  vision: z.boolean(),
  audio: z.boolean(),
  files: z.boolean(),
  tools: z.boolean(),
  jsonSchema: z.boolean().nullable(),
  reasoning: z.boolean(),
  retention: z.enum(['zero', 'retains', 'unknown']),
  region: z.string().nullable(),
  quality: z.number().nullable(),
  tokensPerSecond: z.number().nullable(),
  firstTokenMs: z.number().nullable(),
  rates: z.array(Rates).nullable(),
});

/** Candidates of a version's pools, as stored. */
export const PoolCandidatesShape: z.ZodType<PoolCandidates> = z.record(z.string(), z.array(Candidate));

/**
 * What a version keeps of the catalogue of its day: the candidates of its pools with the facts they are judged by, so that
 * it decides the same after the catalogue has changed. Nothing for a policy without pools.
 */
export function keptPools(policy: Policy, models: ModelFacts): { readonly pools?: PoolCandidates } {
  const pools = resolvePools(policy, models);
  return Object.keys(pools).length === 0 ? {} : { pools };
}
