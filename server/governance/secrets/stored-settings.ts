import type { ProviderSetting } from '../../config/provider-setting.ts';
import { messageOf } from '../../errors.ts';
import { kindFacts } from '../../providers/kinds.ts';
import { presetOf } from '../../providers/presets.ts';
import { bedrockBaseUrl } from '../../providers/settings-from-environment.ts';
import type { StoredProvider } from '../../store/stored-provider.ts';
import { boundTo } from './reseal.ts';
import type { SecretBox } from './secret-box.ts';

/** The providers of the store with their keys opened, and those that cannot be called and why. */
export interface OpenedProviders {
  readonly settings: readonly ProviderSetting[];
  readonly locked: ReadonlyMap<string, string>;
}

/** Providers that are disabled are left out. One whose keys cannot be opened is `locked`. */
export function openProviders(
  providers: readonly StoredProvider[],
  box: SecretBox,
  allowPrivate: boolean,
): OpenedProviders {
  const settings: ProviderSetting[] = [];
  const locked = new Map<string, string>();
  for (const provider of providers) {
    if (provider.disabled) continue;
    try {
      settings.push(settingOf(provider, box, allowPrivate));
    } catch (error) {
      locked.set(provider.id, messageOf(error));
    }
  }
  return { settings, locked };
}

function settingOf(provider: StoredProvider, box: SecretBox, allowPrivate: boolean): ProviderSetting {
  const { id, kind, preset, apiVersion, awsRegion, retention, region } = provider;
  const keys = provider.keys.map(({ sealed, weight }) => ({ apiKey: box.open(sealed, boundTo(id)), weight }));
  return {
    id,
    kind,
    baseUrl: baseUrlOf(provider),
    apiKey: keys[0]?.apiKey ?? null,
    ...(keys.length > 0 ? { keys } : {}),
    origin: 'studio',
    publicOnly: !allowPrivate,
    retention,
    region,
    models: provider.models.map((model) => ({ ...model, priceUsdPerMillion: null })),
    ...(preset === null ? {} : { preset }),
    ...(apiVersion === null ? {} : { apiVersion }),
    ...(kind === 'bedrock' ? { aws: { region: awsRegion ?? 'us-east-1', credentials: null } } : {}),
  };
}

/** Where a provider is called: what was written, else what its kind, preset or region says. */
export function baseUrlOf({
  kind,
  preset,
  baseUrl,
  awsRegion,
}: Pick<StoredProvider, 'kind' | 'preset' | 'baseUrl' | 'awsRegion'>): string {
  const made = kind === 'bedrock' ? bedrockBaseUrl(awsRegion ?? 'us-east-1') : kindFacts[kind].baseUrl;
  const known = preset === null ? made : presetOf(preset).baseUrl;
  return (baseUrl || known || '').replace(/\/+$/, '');
}
