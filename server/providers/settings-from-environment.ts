import type { ProviderSetting } from '../config/provider-setting.ts';
import { kindFacts, type ProviderKind, providerKinds } from './kinds.ts';
import { presetNames, presetOf } from './presets.ts';

type Variables = Readonly<Record<string, string>>;

/** The providers whose own variables are there: kinds first, then presets; one id once. */
export function settingsFromEnvironment(variables: Variables): readonly ProviderSetting[] {
  const found = new Map<string, ProviderSetting>();
  for (const setting of [
    ...providerKinds.flatMap((kind) => settingOfKind(kind, variables)),
    ...presetNames.flatMap((name) => settingOfPreset(name, variables)),
  ]) {
    if (!found.has(setting.id)) found.set(setting.id, setting);
  }
  return [...found.values()];
}

const plain = { origin: 'environment', retention: 'unknown', region: null, models: [] } as const;

function settingOfKind(kind: ProviderKind, variables: Variables): readonly ProviderSetting[] {
  const facts = kindFacts[kind];
  const key = facts.variable === null ? undefined : variables[facts.variable];
  if (key === undefined || facts.with.some((name) => variables[name] === undefined)) return [];
  const setting = { ...plain, id: facts.id, kind, baseUrl: facts.baseUrl ?? '', apiKey: key };
  switch (kind) {
    case 'azure-openai': {
      const version = variables.AZURE_OPENAI_API_VERSION;
      const baseUrl = (variables.AZURE_OPENAI_ENDPOINT ?? '').replace(/\/+$/, '');
      return [{ ...setting, baseUrl, ...(version === undefined ? {} : { apiVersion: version }) }];
    }
    case 'bedrock': {
      const region = variables.AWS_REGION ?? '';
      return [{ ...setting, baseUrl: bedrockBaseUrl(region), aws: { region, credentials: null } }];
    }
    case 'vertex': {
      const project = variables.GOOGLE_CLOUD_PROJECT ?? '';
      const location = variables.GOOGLE_CLOUD_LOCATION ?? 'global';
      const google = { project, location, credentialsFile: key };
      return [{ ...setting, apiKey: null, baseUrl: vertexBaseUrl(location), google }];
    }
    default:
      return [setting];
  }
}

function settingOfPreset(
  name: (typeof presetNames)[number],
  variables: Variables,
): readonly ProviderSetting[] {
  const preset = presetOf(name);
  const value = variables[preset.variable];
  if (value === undefined) return [];
  const setting = { ...plain, id: preset.id, kind: 'openai-compatible', preset: name } as const;
  return preset.holds === 'key'
    ? [{ ...setting, baseUrl: preset.baseUrl, apiKey: value }]
    : [{ ...setting, baseUrl: value.replace(/\/+$/, ''), apiKey: null }];
}

export function bedrockBaseUrl(region: string): string {
  return `https://bedrock-runtime.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

/** `global` and the multi-regions have hosts of their own. */
export function vertexBaseUrl(location: string): string {
  if (location === 'global') return 'https://aiplatform.googleapis.com';
  if (location === 'us' || location === 'eu') return `https://aiplatform.${location}.rep.googleapis.com`;
  return `https://${location}-aiplatform.googleapis.com`;
}
