import { z } from 'zod';

/** What may be said of a provider in the studio, beside its keys. */
export const providerFields = {
  kind: z.enum([
    'openai',
    'anthropic',
    'gemini',
    'azure-openai',
    'bedrock',
    'mistral',
    'cohere',
    'openai-compatible',
  ]),
  preset: z.string().nullable().default(null),
  /** Empty: that of its kind, preset or region. */
  baseUrl: z
    .union([z.literal(''), z.url({ protocol: /^https?$/, error: 'must be an http or https address' })])
    .default(''),
  apiVersion: z.string().min(1).max(40).nullable().default(null),
  awsRegion: z
    .string()
    .regex(/^[a-z]{2,3}(?:-[a-z]+)+-\d$/, 'must be an AWS region, such as "us-east-1"')
    .nullable()
    .default(null),
  retention: z.enum(['zero', 'retains', 'unknown']).default('unknown'),
  region: z.string().min(1).max(64).nullable().default(null),
  /** Models beside those of the catalogue. */
  models: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(200),
        context: z.number().int().min(1).nullable().default(null),
      }),
    )
    .max(500)
    .default([]),
  disabled: z.boolean().default(false),
} as const;

/** A new credential; it is in this call and in no answer. */
export const NewProviderKey = z.strictObject({
  secret: z.string().trim().min(1, 'must not be empty').max(8_000),
  weight: z.number().positive().max(1_000).default(1),
});

export const ProviderId = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,63}$/, 'must be a lower-case letter, then letters, digits, - or _');
