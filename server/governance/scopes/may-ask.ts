import { matchesGlob } from '#engine/catalogue/glob.ts';
import type { Grant } from './grant.ts';

/** What the `model` of a request turned out to be. */
export type Asked =
  | { readonly kind: 'policy'; readonly policyId: string }
  | { readonly kind: 'target'; readonly target: string };

/**
 * Why a key may not ask for a name; `undefined` where it may. A key that is held to policies or aliases may name a target
 * only where its models say so: otherwise it could go round them. For the same reason a key that is held to aliases may not
 * write `policy/…` unless its policies are stated.
 */
export function whyNotAsked(
  { key, policies, aliases, models }: Grant,
  name: string,
  asked: Asked,
): string | undefined {
  if (asked.kind === 'target') {
    if (models !== null) return isOneOf(models, asked.target) ? undefined : tell(key, name, 'models', models);
    if (policies === null && aliases === null) return undefined;
    return `The key "${key}" may not name a model itself ("${name}"). It may use ${listed(aliases ?? policies?.map((id) => `policy/${id}`) ?? [])}.`;
  }
  if (policies !== null && !isOneOf(policies, asked.policyId)) {
    return aliases === null ? tell(key, name, 'policies', policies) : tell(key, name, 'aliases', aliases);
  }
  if (aliases === null) return undefined;
  if (name.startsWith('policy/')) return policies === null ? tell(key, name, 'aliases', aliases) : undefined;
  return isOneOf(aliases, name) ? undefined : tell(key, name, 'aliases', aliases);
}

/** Whether a text is in a list of names and patterns. */
export function isOneOf(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => matchesGlob(pattern, text));
}

function tell(key: string, name: string, what: string, allowed: readonly string[]): string {
  return `The key "${key}" may not use "${name}". Its ${what} are ${listed(allowed)}.`;
}

/** The first dozen: a key's own list, which its holder may know. */
export function listed(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const shown = names.slice(0, 12).map((one) => `"${one}"`);
  return names.length > 12 ? `${shown.join(', ')} and ${names.length - 12} more` : shown.join(', ');
}
