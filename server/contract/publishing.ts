import { z } from 'zod';
import { defineCall } from './define-call.ts';
import { Proposal, PublishingRules } from './proposal-shape.ts';
import { Nothing } from './shapes.ts';

export const readPublishing = defineCall({
  method: 'GET',
  path: '/api/publishing',
  needs: 'policies.read',
  summary: 'Which policies need a second person to be published.',
  params: Nothing,
  query: Nothing,
  body: Nothing,
  response: PublishingRules,
});

export const writePublishing = defineCall({
  method: 'PUT',
  path: '/api/publishing',
  needs: 'people.manage',
  summary: 'States which policies need a second person to be published, by id or pattern.',
  params: Nothing,
  query: Nothing,
  body: PublishingRules,
  response: PublishingRules,
});

export const listProposals = defineCall({
  method: 'GET',
  path: '/api/proposals',
  needs: 'policies.read',
  summary:
    'Publications that wait for a second person or for their time, and those decided lately; newest first.',
  params: Nothing,
  query: Nothing,
  body: Nothing,
  response: z.strictObject({
    proposals: z.array(
      Proposal.extend({
        /** Whoever asks may approve it: they publish, and are not its author. */
        mayApprove: z.boolean(),
        mayWithdraw: z.boolean(),
      }),
    ),
  }),
});

export const decideProposal = defineCall({
  method: 'POST',
  path: '/api/proposals/:id/decide',
  needs: 'policies.publish',
  summary:
    'Approves or rejects a proposal of somebody else, or takes one’s own back. What is approved is published at once, or when it is due.',
  params: z.strictObject({ id: z.string() }),
  query: Nothing,
  body: z
    .strictObject({
      decision: z.enum(['approve', 'reject', 'withdraw']),
      reason: z.string().trim().max(2_000).default(''),
    })
    .refine(({ decision, reason }) => decision !== 'reject' || reason !== '', {
      path: ['reason'],
      message: 'says why it is rejected',
    }),
  response: Proposal,
});
