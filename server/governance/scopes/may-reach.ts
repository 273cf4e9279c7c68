import type { Catalogue } from '#engine/catalogue/index.ts';
import type { ProviderSetting } from '../../config/config.ts';
import type { Grant } from './grant.ts';
import { isOneOf, listed } from './may-ask.ts';

/** Where a target is and what is kept there; unknown is said, not guessed. */
export interface TargetPlace {
  readonly retention: 'zero' | 'retains' | 'unknown';
  readonly region: string | null;
}

/** What the configuration says of a target's provider; of retention, where it says nothing, the catalogue. */
export function makePlaces(
  providers: readonly Pick<ProviderSetting, 'id' | 'retention' | 'region'>[],
  catalogue: Pick<Catalogue, 'find'>,
): (target: string) => TargetPlace {
  const settings = new Map(providers.map((provider) => [provider.id, provider]));
  return (target) => {
    const setting = settings.get(target.slice(0, target.indexOf('/')));
    const stated = setting?.retention ?? 'unknown';
    const retention = stated === 'unknown' ? (catalogue.find(target)?.retention ?? 'unknown') : stated;
    return { retention, region: setting?.region ?? null };
  };
}

/**
 * Why a key may not reach a target; `undefined` where it may. Fails closed: a target of which retention or region is not
 * known is not reached by a key that is held to them.
 */
export function whyNotReached(
  { key, models, regions, zeroRetention }: Grant,
  target: string,
  placeOf: (target: string) => TargetPlace,
): string | undefined {
  if (models !== null && !isOneOf(models, target)) {
    return `The key "${key}" may not reach ${target}. Its models are ${listed(models)}.`;
  }
  if (!zeroRetention && regions === null) return undefined;
  const { retention, region } = placeOf(target);
  if (zeroRetention && retention !== 'zero') {
    const what = retention === 'retains' ? 'keeps requests' : 'is not known to keep nothing';
    return `The key "${key}" may only reach models that keep nothing of a request; ${target} ${what}.`;
  }
  if (regions !== null && (region === null || !regions.includes(region))) {
    const where = region === null ? 'in no region that is known' : `in "${region}"`;
    return `The key "${key}" may only reach the regions ${listed(regions)}; ${target} is ${where}.`;
  }
  return undefined;
}
