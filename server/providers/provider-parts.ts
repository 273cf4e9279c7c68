import type { Logger } from 'pino';
import type { ProviderSetting } from '../config/provider-setting.ts';
import { KeyRing, type WeightedKey } from './keys/key-ring.ts';
import type { ProviderFacts } from './provider.ts';

/** What a provider is made with, beside its own setting. */
export interface ProviderParts {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly logger: Logger;
}

/** The keys of a setting as a ring; one empty key where none is needed (`none` in the config file). */
export function keyRingOf(setting: ProviderSetting, parts: ProviderParts): KeyRing<string | null> {
  const stated = setting.keys ?? [{ apiKey: setting.apiKey, weight: 1 }];
  const keys: readonly WeightedKey<string | null>[] = stated.map(({ apiKey, weight }) =>
    apiKey === null || apiKey === 'none'
      ? { credential: null, weight, name: '' }
      : { credential: apiKey, weight, name: apiKey },
  );
  return new KeyRing(setting.id, keys, parts);
}

export function factsOf({ kind, preset, baseUrl, origin }: ProviderSetting): ProviderFacts {
  return { kind, preset: preset ?? null, baseUrl, origin: origin ?? 'file' };
}
