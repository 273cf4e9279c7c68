import { z } from 'zod';
import { Policy } from '#engine/policy/index.ts';
import { defineCall } from './define-call.ts';
import { Proposal, PublishLimits } from './proposal-shape.ts';
import { RolloutShape } from './rollout-shape.ts';
import {
  DiagnosticShape,
  Nothing,
  PolicyEnvelope,
  PolicyParams,
  PolicyUse,
  VersionSummary,
} from './shapes.ts';

export const PolicySummary = z.strictObject({
  id: z.string(),
  name: z.string(),
  nodes: z.number().int(),
  revision: z.number().int(),
  hash: z.string(),
  updatedAt: z.string(),
  origin: z.enum(['studio', 'file']),
  published: VersionSummary.nullable(),
  aliases: z.array(z.string()),
  errors: z.number().int(),
  usedIn: z.array(PolicyUse),
  /** What its newest version brings where it is taken over as a sub-policy; `null` while nothing is published. */
  offers: z
    .strictObject({
      nodes: z.number().int(),
      /** Outputs that lead nowhere in it: its ways on. */
      outputs: z.number().int(),
      /** Policies that are in it as sub-policies, however deep. */
      contains: z.array(z.string()),
    })
    .nullable(),
});
export type PolicySummary = z.output<typeof PolicySummary>;

export const listPolicies = defineCall({
  method: 'GET',
  path: '/api/policies',
  needs: 'policies.read',
  summary: 'All policies, by name.',
  params: Nothing,
  query: Nothing,
  body: Nothing,
  response: z.strictObject({ policies: z.array(PolicySummary) }),
});

export const readPolicy = defineCall({
  method: 'GET',
  path: '/api/policies/:id',
  needs: 'policies.read',
  summary: 'One policy: its draft, revision and versions.',
  params: PolicyParams,
  query: Nothing,
  body: Nothing,
  response: PolicyEnvelope,
});

export const createPolicy = defineCall({
  method: 'POST',
  path: '/api/policies',
  needs: 'policies.edit',
  summary: 'A new policy: empty, or a copy of a document. The id is made from the name when left out.',
  params: Nothing,
  query: Nothing,
  body: z.strictObject({
    name: z.string().min(1).max(120),
    id: z.string().optional(),
    policy: Policy.optional(),
  }),
  response: PolicyEnvelope,
  status: 201,
});

export const writeDraft = defineCall({
  method: 'PUT',
  path: '/api/policies/:id',
  needs: 'policies.edit',
  summary: 'Saves the draft. 409 when somebody else saved since `revision`.',
  params: PolicyParams,
  query: Nothing,
  body: z.strictObject({ policy: Policy, revision: z.number().int() }),
  response: PolicyEnvelope,
});

export const deletePolicy = defineCall({
  method: 'DELETE',
  path: '/api/policies/:id',
  needs: 'policies.edit',
  summary: 'Deletes a policy that no alias points at. Its versions stay readable for the log.',
  params: PolicyParams,
  query: Nothing,
  body: Nothing,
  response: Nothing,
});

export const publishPolicy = defineCall({
  method: 'POST',
  path: '/api/policies/:id/publish',
  needs: 'policies.publish',
  summary:
    'Publishes the draft as a new version; requests that come after the answer are served by it. Where a second person is asked for, or a time is stated, it waits as a proposal. 422 with diagnostics when it has errors.',
  params: PolicyParams,
  query: Nothing,
  body: z.strictObject({
    revision: z.number().int(),
    note: z.string().max(2_000).default(''),
    /** The kept what-if it was judged by; its forecast is later compared with what happens. */
    simulation: z.string().optional(),
    /** Left out: it serves all that its aliases get. Stated: it comes into use on them beside the version before. */
    rollout: RolloutShape.optional(),
    /** ISO 8601: publish then, and not at once. */
    due: z.iso.datetime({ offset: true }).optional(),
    /** Held against the what-if named in `simulation`; 409 `limit_exceeded` where it shows more. */
    limits: PublishLimits.optional(),
    /** Why it is published although cases of the policy fail; without it failing cases are 409 `cases_fail`. */
    cases_override: z.string().trim().min(1).max(2_000).optional(),
  }),
  response: PolicyEnvelope.extend({
    /** It waits for a second person or for its time. */
    proposal: Proposal.optional(),
  }),
});

export const rollBackPolicy = defineCall({
  method: 'POST',
  path: '/api/policies/:id/rollback',
  needs: 'policies.publish',
  summary:
    'An earlier version decides again, at once: it becomes the newest as it was then, a rollout of the policy ends, and aliases held at the version that is left move along. No second person is asked: it was published before.',
  params: PolicyParams,
  query: Nothing,
  body: z.strictObject({
    version: z.number().int().min(1),
    /** The newest version as whoever asks knows it; 409 `newer_version` when another was published meanwhile. */
    from: z.number().int().min(1),
    reason: z.string().trim().min(1).max(2_000),
  }),
  response: PolicyEnvelope,
});

export const readVersion = defineCall({
  method: 'GET',
  path: '/api/policies/:id/versions/:version',
  needs: 'policies.read',
  summary: 'One published version with its document.',
  params: z.strictObject({ id: z.string(), version: z.coerce.number().int().min(1) }),
  query: Nothing,
  body: Nothing,
  response: VersionSummary.extend({
    policy: Policy,
    pools: z
      .enum(['none', 'kept', 'present'])
      .describe(
        'Whether the version keeps the candidates of its pools as of its publishing; one of an older release takes the present catalogue’s.',
      ),
  }),
});

export const checkText = defineCall({
  method: 'POST',
  path: '/api/check',
  needs: 'policies.read',
  summary: 'Diagnostics of a policy text, with line and column; what `waybill check` prints.',
  params: Nothing,
  query: Nothing,
  body: z.strictObject({ text: z.string().max(5_000_000) }),
  response: z.strictObject({ diagnostics: z.array(DiagnosticShape), hash: z.string().nullable() }),
});

export const listTemplates = defineCall({
  method: 'GET',
  path: '/api/templates',
  needs: 'policies.read',
  summary: 'Policies that ship with Waybill, to start a new one from.',
  params: Nothing,
  query: Nothing,
  body: Nothing,
  response: z.strictObject({
    templates: z.array(
      z.strictObject({ id: z.string(), name: z.string(), description: z.string(), policy: Policy }),
    ),
  }),
});
