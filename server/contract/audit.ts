import { z } from 'zod';
import { defineCall } from './define-call.ts';
import { Nothing } from './shapes.ts';

/** One link of the audit's chain. */
export const AuditView = z.strictObject({
  sequence: z.number().int(),
  /** ISO 8601. */
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  reason: z.string().optional(),
  address: z.string().optional(),
  previous: z.string(),
  hash: z.string(),
});
export type AuditView = z.output<typeof AuditView>;

const filter = {
  actor: z.string().min(1).optional(),
  /** A whole action, `key.create`, or a kind with its dot, `key.`. */
  action: z.string().min(1).optional(),
  subject: z.string().min(1).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
} as const;

export const listAudit = defineCall({
  method: 'GET',
  path: '/api/audit',
  needs: 'audit.read',
  summary:
    'What was changed by whom, the newest first. An auditor of one team sees what says that it is of the team.',
  params: Nothing,
  query: z.strictObject({
    ...filter,
    limit: z.coerce.number().int().min(1).max(500).default(50),
    /** Entries with a lower sequence only: `next` of the page before. */
    before: z.coerce.number().int().min(1).optional(),
  }),
  body: Nothing,
  response: z.strictObject({
    entries: z.array(AuditView),
    next: z.number().int().nullable(),
    actors: z.array(z.string()),
    actions: z.array(z.string()),
  }),
});

export const verifyAudit = defineCall({
  method: 'GET',
  path: '/api/audit/verify',
  needs: 'audit.read',
  summary: 'Walks the whole chain: whether nothing was changed, removed, moved, put in or cut off.',
  params: Nothing,
  query: Nothing,
  body: Nothing,
  response: z.strictObject({
    ok: z.boolean(),
    /** Entries that hold, up to the end or the first break. */
    entries: z.number().int(),
    head: z.strictObject({ sequence: z.number().int(), hash: z.string() }),
    broken: z
      .strictObject({
        sequence: z.number().int(),
        line: z.number().int().nullable(),
        kind: z.enum(['unreadable', 'changed', 'order', 'missing', 'cut', 'unknown']),
        message: z.string(),
      })
      .nullable(),
  }),
});

export const exportAudit = defineCall({
  method: 'POST',
  path: '/api/audit/export',
  needs: 'audit.read',
  summary:
    'Entries as a file, the oldest first. JSON lines are written as they are kept, so that `waybill audit verify` reads them. The export itself is put on record.',
  params: Nothing,
  query: Nothing,
  body: z.strictObject({ ...filter, format: z.enum(['jsonl', 'csv']).default('jsonl') }),
  response: z.strictObject({
    fileName: z.string(),
    mediaType: z.string(),
    entries: z.number().int(),
    content: z.string(),
  }),
});
