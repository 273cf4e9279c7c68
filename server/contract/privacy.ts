import { z } from 'zod';
import { defineCall } from './define-call.ts';
import { Nothing } from './shapes.ts';

const Count = z.number().int();
const Instant = z.string().nullable();

const TextHolding = z.strictObject({
  team: z.string(),
  /** Kept no longer than so many days. */
  days: Count,
  updatedAt: z.string(),
  updatedBy: z.string(),
  texts: Count,
  bytes: Count,
  /** ISO 8601; when the oldest day that is kept begins. */
  from: Instant,
});

/** A policy in force that keys of zero retention may use: proved, or what it lacks. */
const Coverage = z.strictObject({
  alias: z.string(),
  policy: z.string(),
  version: Count,
  /** Why it is not proved: sentences with the way; empty where no such key can reach a target that may keep. */
  problems: z.array(z.string()),
});

export const PrivacyView = z.strictObject({
  /** What is kept where. */
  stores: z.array(
    z.strictObject({
      name: z.string(),
      what: z.string(),
      where: z.string(),
      until: z.string(),
      text: z.boolean(),
    }),
  ),
  /** Records older than so many days are emptied and then removed; sums of what was spent stay. `null`: never. */
  recordDays: Count.nullable(),
  /** Those of keys with zero retention are emptied after so many days, where that is sooner; `null`: like all. */
  zeroRecordDays: Count.nullable(),
  texts: z.array(TextHolding),
  zero: z.strictObject({
    teams: z.array(z.string()),
    /** Keys of zero retention, their own or their team's. */
    keys: z.array(z.strictObject({ id: z.string(), team: z.string() })),
    coverage: z.array(Coverage),
  }),
  /** What providers say of retention here. `unknown` counts as keeping. */
  providers: z.array(
    z.strictObject({
      id: z.string(),
      retention: z.enum(['zero', 'retains', 'unknown']),
      region: z.string().nullable(),
      source: z.string(),
    }),
  ),
  /** Newest first: what was purged, erased and read. */
  log: z.array(
    z.strictObject({
      at: z.string(),
      actor: z.string(),
      action: z.string(),
      subject: z.string(),
      detail: z.string(),
    }),
  ),
});
export type PrivacyView = z.output<typeof PrivacyView>;

export const readPrivacy = defineCall({
  method: 'GET',
  path: '/api/privacy',
  needs: 'privacy.read',
  summary:
    'What is kept where and for how long, whose texts are kept, what zero retention is proved for, and what was deleted.',
  params: Nothing,
  query: Nothing,
  body: Nothing,
  response: PrivacyView,
});

export const writeRecordDays = defineCall({
  method: 'PUT',
  path: '/api/privacy/record-days',
  needs: 'privacy.manage',
  summary:
    'After how many days records are emptied of everything but what was spent, and removed when their whole day is as old; sums stay. Done at once and every hour; cannot be undone.',
  params: Nothing,
  query: Nothing,
  body: z.strictObject({
    days: z.number().int().min(1).max(3_650).nullable(),
    /** For keys of zero retention, where that is sooner; left out: as it is. */
    zero_days: z.number().int().min(1).max(3_650).nullable().optional(),
  }),
  /** How many were emptied or removed. */
  response: z.strictObject({ emptied: Count }),
});

const TeamParams = z.strictObject({ team: z.string().min(1).max(64) });

export const writeTextLogging = defineCall({
  method: 'PUT',
  path: '/api/privacy/texts/:team',
  needs: 'privacy.manage',
  summary:
    'Keeps the texts of a team, redacted and encrypted, for so many days; never those of keys with zero retention.',
  params: TeamParams,
  query: Nothing,
  body: z.strictObject({ days: z.number().int().min(1).max(365) }),
  response: TextHolding,
});

export const deleteTextLogging = defineCall({
  method: 'DELETE',
  path: '/api/privacy/texts/:team',
  needs: 'privacy.manage',
  summary: 'Keeps the texts of a team no more, and deletes those that were kept.',
  params: TeamParams,
  query: Nothing,
  body: Nothing,
  response: z.strictObject({ deleted: Count }),
});

export const listKeptTexts = defineCall({
  method: 'GET',
  path: '/api/texts',
  needs: 'text.read',
  summary:
    'Teams that keep texts, and the last words of the user in the newest requests of one of them. Every reading is an entry of the audit.',
  params: Nothing,
  query: z.strictObject({
    /** Left out: only the teams. */
    team: z.string().max(64).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  body: Nothing,
  response: z.strictObject({
    teams: z.array(z.string()),
    texts: z.array(z.strictObject({ id: z.string(), text: z.string() })),
  }),
});

export const readText = defineCall({
  method: 'GET',
  path: '/api/records/:id/text',
  needs: 'text.read',
  summary: 'What was asked and answered, where the team keeps it. Every reading is an entry of the audit.',
  params: z.strictObject({ id: z.string() }),
  query: Nothing,
  body: Nothing,
  response: z.strictObject({
    messages: z.array(z.strictObject({ role: z.string(), text: z.string() })),
    answer: z.string(),
    /** Something was left out, since it was longer than is kept. */
    cut: z.boolean(),
  }),
});

const KeyParams = z.strictObject({ id: z.string() });

/** What is held about a key. */
export const KeyHolding = z.strictObject({
  key: z.string(),
  /** Empty where nobody has that key any more. */
  team: z.string(),
  records: Count,
  from: Instant,
  to: Instant,
  /** Records that name an end user, and that have metadata of the client's. */
  withUser: Count,
  withMetadata: Count,
  /** Columns that may hold personal data. */
  personalColumns: z.array(z.string()),
  texts: Count,
  /** Entries of the audit that are about it. */
  auditEntries: Count,
});
export type KeyHolding = z.output<typeof KeyHolding>;

export const reportKey = defineCall({
  method: 'GET',
  path: '/api/privacy/keys/:id',
  needs: 'privacy.read',
  summary:
    'What is held about a key: records and their span, personal columns, texts, mentions in the audit.',
  params: KeyParams,
  query: Nothing,
  body: Nothing,
  response: KeyHolding,
});

export const eraseKey = defineCall({
  method: 'POST',
  path: '/api/privacy/keys/:id/erase',
  needs: 'privacy.manage',
  summary:
    'Deletes the texts of a key and takes users, metadata and conversations out of its records. Sums stay; the audit keeps that it was done.',
  params: KeyParams,
  query: Nothing,
  body: z.strictObject({
    /** The key’s id once more. */ confirm: z.string(),
    reason: z.string().max(500).default(''),
  }),
  response: z.strictObject({ records: Count, texts: Count }),
});
