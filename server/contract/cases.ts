import { z } from 'zod';
import { PolicyCase } from '#engine/explain/cases/policy-case.ts';
import { defineCall } from './define-call.ts';
import { Nothing, PolicyParams } from './shapes.ts';

/** How a case came out. */
export const CaseResult = z.strictObject({
  name: z.string(),
  passed: z.boolean(),
  path: z.string(),
  /** The first target; empty when refused. */
  target: z.string(),
  /** Code of the refusal; empty when there is something to try. */
  refused: z.string(),
  /** What differs or cannot be read, as sentences; empty when it passed. */
  differences: z.array(z.string()),
});
export type CaseResult = z.output<typeof CaseResult>;

const PlayedCases = z.strictObject({
  cases: z.array(PolicyCase),
  /** 0 before any was written. */
  revision: z.number().int(),
  /** Of the draft, in the order of the cases; empty when the draft does not compile. */
  results: z.array(CaseResult),
});

export const readCases = defineCall({
  method: 'GET',
  path: '/api/policies/:id/cases',
  needs: 'policies.read',
  summary:
    'The cases of a policy: requests by their signals with the decision expected, played on the draft.',
  params: PolicyParams,
  query: Nothing,
  body: Nothing,
  response: PlayedCases,
});

export const writeCases = defineCall({
  method: 'PUT',
  path: '/api/policies/:id/cases',
  needs: 'policies.edit',
  summary: 'Saves all cases of a policy. 409 when somebody else saved since `revision`.',
  params: PolicyParams,
  query: Nothing,
  body: z.strictObject({ cases: z.array(PolicyCase).max(1_000), revision: z.number().int().min(0) }),
  response: PlayedCases,
});
