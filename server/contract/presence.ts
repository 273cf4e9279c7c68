import { z } from 'zod';
import { defineCall } from './define-call.ts';
import { Nothing, PolicyParams } from './shapes.ts';

/** Somebody who has a draft open. */
export const Presence = z.strictObject({
  /** Names the browser tab, and nothing else. */
  tab: z.string(),
  /** As the audit names them. */
  who: z.string(),
  isYou: z.boolean().describe('Another tab of whoever asks.'),
  node: z.string().nullable().describe('The node they have selected.'),
});
export type Presence = z.output<typeof Presence>;

export const notePresence = defineCall({
  method: 'POST',
  path: '/api/policies/:id/presence',
  needs: 'policies.read',
  summary:
    'Says that a tab has this draft open, and answers who else has. Kept in memory for fifteen seconds, by this process alone.',
  params: PolicyParams,
  query: Nothing,
  body: z.strictObject({
    tab: z.string().min(1).max(64),
    node: z.string().max(64).nullable(),
    leaving: z.boolean().default(false),
  }),
  response: z.strictObject({
    revision: z.number().int().describe('Of the draft; higher than the tab’s means somebody has saved.'),
    others: z.array(Presence),
  }),
});
