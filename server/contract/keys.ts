import { z } from 'zod';
import { defineCall } from './define-call.ts';
import { Nothing } from './shapes.ts';

const Names = z.array(z.string().min(1).max(200)).max(200);
const Count = z.number().int().min(1);
const Name = z.string().max(64);

/** What a key is held to; what is left out is not restricted. */
const keyRules = {
  /** Requests and tokens a minute; requests at a time. */
  rpm: Count.optional(),
  tpm: Count.optional(),
  concurrency: Count.optional(),
  /** `zero`: only models that keep nothing of a request. */
  retention: z.enum(['zero', 'retains', 'unknown']).optional(),
  /** Policies that may decide, aliases that may be asked for, targets that may serve: names or patterns with `*`. */
  policies: Names.optional(),
  aliases: Names.optional(),
  models: Names.optional(),
  regions: Names.optional(),
  /** ISO 8601. */
  expiresAt: z.iso.datetime({ offset: true }).optional(),
} as const;

const keyFields = {
  team: Name.default('default'),
  project: Name.default(''),
  tags: z.array(z.string().min(1).max(64)).max(32).default([]),
  description: z.string().max(500).optional(),
  /** Whom to ask about it. */
  owner: z.string().max(200).optional(),
  ...keyRules,
} as const;

export const KeySummary = z.strictObject({
  ...keyRules,
  id: z.string(),
  team: z.string(),
  project: z.string(),
  tags: z.array(z.string()),
  description: z.string(),
  owner: z.string(),
  /** First characters of the secret, to recognise it by. */
  prefix: z.string(),
  /** Of the secret before the last rotation, and until when it is good; `null` when there is none. */
  previous: z.strictObject({ prefix: z.string(), until: z.string() }).nullable(),
  createdAt: z.string(),
  createdBy: z.string(),
  rotatedAt: z.string().nullable(),
  /** ISO 8601; `null`: never, as far as is known. */
  lastUsedAt: z.string().nullable(),
  state: z.enum(['active', 'rotating', 'expired']),
  origin: z.enum(['studio', 'file']),
});
export type KeySummary = z.output<typeof KeySummary>;

const KeyParams = z.strictObject({ id: z.string() });
const Secret = KeySummary.extend({ secret: z.string() });

export const listKeys = defineCall({
  method: 'GET',
  path: '/api/keys',
  needs: 'keys.read',
  summary:
    'Keys, without their secrets, by id; found by id, description, owner, tag or the first characters of the secret.',
  params: Nothing,
  query: z.strictObject({
    /** Every word has to be found. */
    search: z.string().max(200).optional(),
    team: z.string().optional(),
    project: z.string().optional(),
    tag: z.string().optional(),
    state: z.enum(['active', 'rotating', 'expired']).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
    /** The id after which the page begins: `next` of the page before. */
    after: z.string().optional(),
  }),
  body: Nothing,
  response: z.strictObject({
    keys: z.array(KeySummary),
    /** Of all pages. */
    total: z.number().int(),
    next: z.string().nullable(),
  }),
});

export const createKey = defineCall({
  method: 'POST',
  path: '/api/keys',
  needs: 'keys.manage',
  summary: 'A new key. The secret is in this answer and nowhere else.',
  params: Nothing,
  query: Nothing,
  body: z.strictObject({ id: z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/), ...keyFields }),
  response: Secret,
  status: 201,
});

export const changeKey = defineCall({
  method: 'PUT',
  path: '/api/keys/:id',
  needs: 'keys.manage',
  summary:
    'Changes all that a key is held to; what is left out is not restricted any more. Its secret stays.',
  params: KeyParams,
  query: Nothing,
  body: z.strictObject({ ...keyFields, reason: z.string().max(500).optional() }),
  response: KeySummary,
});

export const rotateKey = defineCall({
  method: 'POST',
  path: '/api/keys/:id/rotate',
  needs: 'keys.manage',
  summary: 'Gives a key a new secret. The old one stays good for the overlap; 0 ends it at once.',
  params: KeyParams,
  query: Nothing,
  body: z.strictObject({
    overlapHours: z.number().min(0).max(2_160).default(24),
    reason: z.string().max(500).optional(),
  }),
  response: Secret,
});

export const deleteKey = defineCall({
  method: 'DELETE',
  path: '/api/keys/:id',
  needs: 'keys.manage',
  summary: 'Revokes a key at once.',
  params: KeyParams,
  query: Nothing,
  body: Nothing,
  response: Nothing,
});
