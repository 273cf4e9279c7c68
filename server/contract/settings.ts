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
