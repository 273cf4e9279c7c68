import { z } from 'zod';
import { PriceUsdPerMillion } from '#engine/catalogue/index.ts';
import { slugPattern } from '#engine/nodes/index.ts';
import { type ProviderKind, providerKinds } from '../providers/kinds.ts';
import { presetNames } from '../providers/presets.ts';

export const Id = z
  .string()
  .regex(
    slugPattern,
    'must be a lower-case letter, then letters, digits, - or _, at most 64 characters, such as "search"',
  );
export const Retention = z.enum(['zero', 'retains', 'unknown']);

/** Prices are checked by the catalogue's own reader, and kept as written: decimals are never floats here. */
const Price = z.unknown().superRefine((value, context) => {
  for (const issue of PriceUsdPerMillion.safeParse(value).error?.issues ?? []) {
    context.addIssue({ code: 'custom', path: issue.path, message: issue.message });
  }
});

const ModelShape = z.strictObject({
  id: z.string().min(1).max(200),
  context: z.number().int().min(1).nullable().default(null),
  price_usd_per_million: Price.optional(),
});

const Variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable');

const KeyShape = z
  .strictObject({
    api_key: z.string().min(1).optional(),
    api_key_env: Variable.optional(),
    weight: z.number().positive('must be above 0, such as 2').default(1),
  })
  .superRefine((key, context) => {
    if ((key.api_key === undefined) === (key.api_key_env === undefined)) {
      context.addIssue({
        code: 'custom',
        path: ['api_key_env'],
        message: 'must be set, or api_key in its place, such as "api_key_env": "OPENAI_API_KEY"',
      });
    }
  });

/** Settings that only some kinds have. */
const kindsOf: Readonly<Record<string, readonly ProviderKind[]>> = {
  preset: ['openai-compatible'],
  api_version: ['azure-openai'],
  aws_region: ['bedrock'],
  aws_access_key_id_env: ['bedrock'],
  aws_secret_access_key_env: ['bedrock'],
  aws_session_token_env: ['bedrock'],
  project: ['vertex'],
  location: ['vertex'],
  credentials_file: ['vertex'],
  anthropic_beta: ['bedrock', 'vertex'],
};

export const ProviderShape = z
  .strictObject({
    id: Id,
    kind: z.enum(providerKinds),
    preset: z.enum(presetNames).optional(),
    base_url: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
    api_key: z.string().optional(),
    api_key_env: Variable.optional(),
    keys: z.array(KeyShape).min(1, 'must have at least one key').optional(),
    api_version: z.string().min(1).optional(),
    aws_region: z
      .string()
      .regex(/^[a-z]{2,3}(?:-[a-z]+)+-\d$/, 'must be an AWS region, such as "us-east-1"')
      .optional(),
    aws_access_key_id_env: Variable.optional(),
    aws_secret_access_key_env: Variable.optional(),
    aws_session_token_env: Variable.optional(),
    project: z.string().min(1).optional(),
    location: z
      .string()
      .regex(/^[a-z0-9-]+$/, 'must be a location, such as "global" or "europe-west1"')
      .optional(),
    credentials_file: z.string().min(1).optional(),
    anthropic_beta: z.array(z.string().min(1)).optional(),
    retention: Retention.default('unknown'),
    region: z.string().min(1).nullable().default(null),
    models: z.array(ModelShape).default([]),
  })
  .superRefine((provider, context) => {
    for (const [path, message] of mistakesIn(provider)) {
      context.addIssue({ code: 'custom', path: [path], message });
    }
  });

type Stated = Readonly<Record<string, unknown>> & { readonly kind: ProviderKind };
type Mistake = readonly [path: string, message: string];

function mistakesIn(provider: Stated): readonly Mistake[] {
  return [...strangers(provider), ...missing(provider), ...doubled(provider)];
}

function strangers(provider: Stated): readonly Mistake[] {
  return Object.entries(kindsOf).flatMap(([name, kinds]): readonly Mistake[] =>
    provider[name] === undefined || kinds.includes(provider.kind)
      ? []
      : [[name, `is only for providers of kind ${kinds.join(' or ')}, not ${provider.kind}`]],
  );
}

function missing({ kind, base_url, preset }: Stated): readonly Mistake[] {
  if (base_url !== undefined) return [];
  if (kind === 'openai-compatible' && preset === undefined) {
    const message = `is missing: an openai-compatible provider needs one, such as "http://127.0.0.1:9000/v1", or a "preset": ${presetNames.join(', ')}`;
    return [['base_url', message]];
  }
  return kind === 'azure-openai'
    ? [
        [
          'base_url',
          'is missing: Azure OpenAI needs its endpoint, such as "https://my-name.openai.azure.com"',
        ],
      ]
    : [];
}

function doubled({ kind, api_key, api_key_env, keys }: Stated): readonly Mistake[] {
  const stated = [api_key, api_key_env, keys].filter((value) => value !== undefined).length;
  if (stated > 1) {
    const both = keys === undefined ? 'and api_key_env' : 'and keys';
    return [['api_key', `${both} cannot both be set; keep one`]];
  }
  return kind === 'vertex' && stated > 0
    ? [['api_key', 'is not how Vertex is called; name a service account’s file in credentials_file']]
    : [];
}
