import { z } from 'zod';
import { defineCall } from './define-call.ts';
import { Nothing, PolicyParams } from './shapes.ts';

/** Requests that came by; at a model and the exit before it, its calls. Latency is of those that were served. */
const flow = {
  requests: z.number().int(),
  /** Had no answer in the end. */
  failed: z.number().int(),
  /** Were answered after a call had failed. */
  recovered: z.number().int(),
  latencyP50Ms: z.number().nullable(),
  latencyP95Ms: z.number().nullable(),
};

export const readFlow = defineCall({
  method: 'GET',
  path: '/api/policies/:id/flow',
  needs: 'traffic.read',
  summary:
    'The last minutes of a version’s traffic by exit and by node: how many requests, how many failed, how long they took.',
  params: PolicyParams,
  query: z.strictObject({
    /** Left out: the version that serves. */
    version: z.coerce.number().int().min(1).optional(),
    minutes: z.coerce.number().int().min(1).max(60).default(15),
  }),
  body: Nothing,
  response: z.strictObject({
    /** The version that is shown; `null` where none was published. */
    version: z.number().int().nullable(),
    /** The version that requests are decided by now; `null` where none is. */
    serving: z.number().int().nullable(),
    /** ms since 1970. */
    from: z.number(),
    to: z.number(),
    ...flow,
    edges: z.array(z.strictObject({ node: z.string(), port: z.string(), ...flow })),
    nodes: z.array(z.strictObject({ node: z.string(), ...flow })),
  }),
});
