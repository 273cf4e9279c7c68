import { z } from 'zod';
import { defineCall } from './define-call.ts';
import { Nothing } from './shapes.ts';

export const readStatus = defineCall({
  method: 'GET',
  path: '/api/status',
  needs: 'signed_in',
  summary:
    'What this installation is: version, where the gateway answers, whether the sandbox stands in for providers.',
  params: Nothing,
  query: Nothing,
  body: Nothing,
  response: z.strictObject({
    version: z.string(),
    /** Base URL for OpenAI clients, `http://127.0.0.1:4800/v1`; Anthropic clients leave `/v1` off. */
    openaiBaseUrl: z.string(),
    anthropicBaseUrl: z.string(),
    /** The sandbox answers for providers without a key. */
    sandbox: z.boolean(),
    /** The log holds generated sample traffic. */
    sampleTraffic: z.boolean(),
    /** The key made at first start, for as long as this process runs; `null` afterwards. */
    firstKey: z.string().nullable(),
    records: z.number().int(),
  }),
});

const Names = z.array(z.string().min(1).max(200)).max(200);
const Count = z.number().int().min(1);

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
};

export const KeySummary = z.strictObject({
  ...keyRules,
  id: z.string(),
  team: z.string(),
  project: z.string(),
  tags: z.array(z.string()),
  /** First characters of the secret, to recognise it by. */
  prefix: z.string(),
  createdAt: z.string(),
  origin: z.enum(['studio', 'file']),
});
export type KeySummary = z.output<typeof KeySummary>;

export const listKeys = defineCall({
  method: 'GET',
  path: '/api/keys',
  needs: 'keys.read',
  summary: 'Keys, without their secrets.',
  params: Nothing,
  query: Nothing,
  body: Nothing,
  response: z.strictObject({ keys: z.array(KeySummary) }),
});

export const createKey = defineCall({
  method: 'POST',
  path: '/api/keys',
  needs: 'keys.manage',
  summary: 'A new key. The secret is in this answer and nowhere else.',
  params: Nothing,
  query: Nothing,
  body: z.strictObject({
    id: z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/),
    team: z.string().max(64).default('default'),
    project: z.string().max(64).default(''),
    tags: z.array(z.string().max(64)).max(32).default([]),
    ...keyRules,
  }),
  response: KeySummary.extend({ secret: z.string() }),
  status: 201,
});

export const deleteKey = defineCall({
  method: 'DELETE',
  path: '/api/keys/:id',
  needs: 'keys.manage',
  summary: 'Revokes a key at once.',
  params: z.strictObject({ id: z.string() }),
  query: Nothing,
  body: Nothing,
  response: Nothing,
});

export const Deployment = z.strictObject({
  /** What clients write as `model`: a name, or a pattern with `*`. */
  alias: z.string().min(1).max(120),
  policy: z.string(),
  /** `null` follows the newest published version. */
  version: z.number().int().min(1).nullable(),
  origin: z.enum(['studio', 'file']),
});
export type Deployment = z.output<typeof Deployment>;

export const listDeployments = defineCall({
  method: 'GET',
  path: '/api/deployments',
  needs: 'policies.read',
  summary: 'Which alias is served by which policy.',
  params: Nothing,
  query: Nothing,
  body: Nothing,
  response: z.strictObject({ deployments: z.array(Deployment) }),
});

export const writeDeployment = defineCall({
  method: 'PUT',
  path: '/api/deployments/:alias',
  needs: 'policies.publish',
  summary: 'Points an alias at a policy, at its newest version or at a fixed one.',
  params: z.strictObject({ alias: z.string() }),
  query: Nothing,
  body: z.strictObject({ policy: z.string(), version: z.number().int().min(1).nullable().default(null) }),
  response: Deployment,
});

export const deleteDeployment = defineCall({
  method: 'DELETE',
  path: '/api/deployments/:alias',
  needs: 'policies.publish',
  summary: 'Takes an alias away; requests for it are refused from then on.',
  params: z.strictObject({ alias: z.string() }),
  query: Nothing,
  body: Nothing,
  response: Nothing,
});
