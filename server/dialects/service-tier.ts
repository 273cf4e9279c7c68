import { textOf } from './wire-value.ts';

/** Names of the way that needs no name: what a request gets that asks for nothing. */
const standard = new Set(['', 'standard', 'default', 'auto', 'on_demand', 'standard_only', 'unspecified']);
/** Vertex's `trafficType` for what others call a tier. */
const renamed: Readonly<Record<string, string>> = {
  on_demand_priority: 'priority',
  on_demand_flex: 'flex',
  traffic_type_unspecified: '',
  service_tier_unspecified: '',
};

/**
 * How a provider says it served, in the words of the price book: `batch`, `flex`, `priority`, …; undefined for the
 * standard way. A name nobody knows stays as it is: no price will be found for it.
 */
export function serviceTierOf(value: unknown): string | undefined {
  const told = textOf(value)
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, '-')
    .slice(0, 32);
  const name = renamed[told] ?? told;
  return standard.has(name) ? undefined : name;
}

/** The part of a usage that says how and where it was served. */
export function servedAs(
  tier: unknown,
  region = '',
): { readonly serviceTier?: string; readonly region?: string } {
  const serviceTier = serviceTierOf(tier);
  return {
    ...(serviceTier === undefined ? {} : { serviceTier }),
    ...(region === '' ? {} : { region }),
  };
}
