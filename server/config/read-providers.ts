import { resolve } from 'node:path';
import type { z } from 'zod';
import { StartError } from '../errors.ts';
import { kindFacts } from '../providers/kinds.ts';
import { presetOf } from '../providers/presets.ts';
import { bedrockBaseUrl, vertexBaseUrl } from '../providers/settings-from-environment.ts';
import type { ProviderShape } from './config-file-providers.ts';
import type { AwsSetting, GoogleSetting, KeyWeight, ProviderSetting } from './provider-setting.ts';

type Shape = z.output<typeof ProviderShape>;
type ReadVariable = (name: string) => string | undefined;

/**
 * The providers of a config file with their keys looked up. One whose key is not there is left out, with a warning:
 * a file is shared between machines that have different keys.
 *
 * @throws {StartError} for a provider that cannot be called as it is written.
 */
export function readProviders(
  shapes: readonly Shape[],
  folder: string,
  read: ReadVariable,
): { readonly providers: readonly ProviderSetting[]; readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  const providers = shapes.flatMap((shape, index) => {
    const keys = readKeys(shape, read);
    if (keys.missing.length > 0) warnings.push(lacking(shape, keys));
    if (keys.found.length === 0 && keys.missing.length > 0) return [];
    return [toSetting(shape, keys.found, { folder, read, place: `providers.${index}` })];
  });
  return { providers, warnings };
}

interface Keys {
  readonly found: readonly KeyWeight[];
  /** Variables that are not set. */
  readonly missing: readonly string[];
}

function readKeys(shape: Shape, read: ReadVariable): Keys {
  const stated = shape.keys ?? [{ api_key: shape.api_key, api_key_env: shape.api_key_env, weight: 1 }];
  const found: KeyWeight[] = [];
  const missing: string[] = [];
  for (const { api_key, api_key_env, weight } of stated) {
    const variable = api_key === undefined ? (api_key_env ?? variableOf(shape)) : undefined;
    const apiKey = variable === undefined ? api_key : read(variable);
    if (apiKey !== undefined) found.push({ apiKey, weight });
    else if (variable !== undefined && isNeeded(shape, api_key_env)) missing.push(variable);
  }
  return { found, missing };
}

/** Where the vendor's own tools look for the key. */
function variableOf({ kind, preset }: Shape): string | undefined {
  if (preset !== undefined) {
    const { holds, variable } = presetOf(preset);
    return holds === 'key' ? variable : undefined;
  }
  return kind === 'vertex' ? undefined : (kindFacts[kind].variable ?? undefined);
}

/** An address of one's own may ask for no key; a vendor's never does. AWS has other ways to sign. */
function isNeeded({ kind, base_url }: Shape, stated: string | undefined): boolean {
  return stated !== undefined || (base_url === undefined && kind !== 'bedrock');
}

function lacking({ id }: Shape, { found, missing }: Keys): string {
  const names = missing.join(', ');
  return found.length === 0
    ? `Provider ${id} is left out: ${names} is not set.`
    : `Provider ${id} has ${found.length} of ${found.length + missing.length} keys: ${names} is not set.`;
}

interface Around {
  readonly folder: string;
  readonly read: ReadVariable;
  /** Of the provider in the file. */
  readonly place: string;
}

function toSetting(shape: Shape, keys: readonly KeyWeight[], around: Around): ProviderSetting {
  const { id, kind, retention, region, preset, api_version: apiVersion, anthropic_beta: betaFlags } = shape;
  const aws = kind === 'bedrock' ? awsOf(shape, keys, around) : undefined;
  const google = kind === 'vertex' ? googleOf(shape, around) : undefined;
  const known = preset === undefined ? kindFacts[kind].baseUrl : presetOf(preset).baseUrl;
  const made = aws === undefined ? google && vertexBaseUrl(google.location) : bedrockBaseUrl(aws.region);
  return {
    id,
    kind,
    baseUrl: (shape.base_url ?? made ?? known ?? '').replace(/\/+$/, ''),
    apiKey: keys[0]?.apiKey ?? null,
    retention,
    region,
    models: shape.models.map((model) => ({
      id: model.id,
      context: model.context,
      priceUsdPerMillion: model.price_usd_per_million ?? null,
    })),
    ...(shape.keys === undefined ? {} : { keys }),
    ...(preset === undefined ? {} : { preset }),
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(aws === undefined ? {} : { aws }),
    ...(google === undefined ? {} : { google }),
    ...(betaFlags === undefined ? {} : { betaFlags }),
  };
}

function awsOf(shape: Shape, keys: readonly KeyWeight[], { read, place }: Around): AwsSetting {
  const region = shape.aws_region ?? read('AWS_REGION');
  if (region === undefined) {
    throw new StartError(
      `The config file: ${place}.aws_region is missing, and AWS_REGION is not set. Name a region, such as "us-east-1".`,
    );
  }
  if (keys.length > 0) return { region, credentials: null };
  const names = [
    shape.aws_access_key_id_env ?? 'AWS_ACCESS_KEY_ID',
    shape.aws_secret_access_key_env ?? 'AWS_SECRET_ACCESS_KEY',
  ] as const;
  const [accessKeyId, secretAccessKey] = [read(names[0]), read(names[1])];
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new StartError(
      `The config file: ${place} (${shape.id}) has nothing to sign with: set ${names.join(' and ')}, or an API key for Bedrock in api_key_env or AWS_BEARER_TOKEN_BEDROCK.`,
    );
  }
  const sessionToken = read(shape.aws_session_token_env ?? 'AWS_SESSION_TOKEN') ?? null;
  return { region, credentials: { accessKeyId, secretAccessKey, sessionToken } };
}

function googleOf(shape: Shape, { folder, read, place }: Around): GoogleSetting {
  const project = shape.project ?? read('GOOGLE_CLOUD_PROJECT');
  if (project === undefined) {
    throw new StartError(
      `The config file: ${place}.project is missing, and GOOGLE_CLOUD_PROJECT is not set. Name the project that is billed.`,
    );
  }
  const stated = shape.credentials_file;
  const file = stated === undefined ? read('GOOGLE_APPLICATION_CREDENTIALS') : resolve(folder, stated);
  return {
    project,
    location: shape.location ?? read('GOOGLE_CLOUD_LOCATION') ?? 'global',
    credentialsFile: file ?? null,
  };
}
