import { z } from 'zod';
import { Policy } from '#engine/policy/index.ts';
import { defineCall } from './define-call.ts';
import { DiagnosticShape, Nothing } from './shapes.ts';

export const policyFormatNames = ['litellm', 'portkey', 'cloudflare'] as const;
export type PolicyFormatName = (typeof policyFormatNames)[number];

/** Names for people. */
export const policyFormatLabels: Readonly<Record<PolicyFormatName, string>> = {
  litellm: 'LiteLLM configuration',
  portkey: 'Portkey config',
  cloudflare: 'Cloudflare dynamic route',
};

/** Something of the source that the policy does not do, or does otherwise. */
export const LeftBehind = z.strictObject({
  /** Where it stands in the source: `model_list[2].litellm_params.rpm`. */
  path: z.string(),
  why: z.string(),
  /** What to do about it. */
  instead: z.string(),
});
export type LeftBehind = z.output<typeof LeftBehind>;

/** What became of a model's name. `likely`: a known model whose name is the longest that fits; `unknown`: kept as it is. */
export const NamedModel = z.strictObject({
  path: z.string(),
  name: z.string(),
  target: z.string(),
  how: z.enum(['exact', 'likely', 'unknown']),
});
export type NamedModel = z.output<typeof NamedModel>;

/** What came across: a policy without errors, and everything that did not. */
export const ImportedPolicy = z.strictObject({
  format: z.enum(policyFormatNames),
  policy: Policy,
  left_behind: z.array(LeftBehind),
  models: z.array(NamedModel),
});
export type ImportedPolicy = z.output<typeof ImportedPolicy>;

export const importPolicy = defineCall({
  method: 'POST',
  path: '/api/policies/import',
  needs: 'policies.edit',
  summary:
    'Reads another gateway’s routing configuration (LiteLLM, Portkey, Cloudflare) as a policy, with what could not be carried over. Saves nothing.',
  params: Nothing,
  query: Nothing,
  body: z.strictObject({
    text: z.string().max(2_000_000),
    format: z.enum(policyFormatNames).optional().describe('Found out from the text when left out.'),
  }),
  response: ImportedPolicy.extend({ diagnostics: z.array(DiagnosticShape) }),
});
