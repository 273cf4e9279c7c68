import type { RateLimit, RateStanding } from './rate-limit-store.ts';

/**
 * How limits stand, as the IETF's draft writes it (draft-ietf-httpapi-ratelimit-headers: `ratelimit-policy`, `ratelimit`),
 * and as OpenAI's clients read it (`x-ratelimit-…-requests` and `-tokens`): there the tighter of key and team.
 */
export function rateLimitHeaders(standings: readonly RateStanding[]): [string, string][] {
  if (standings.length === 0) return [];
  let policy = '';
  let present = '';
  let requests: RateStanding | undefined;
  let tokens: RateStanding | undefined;
  for (const one of standings) {
    const { limit, remaining } = one;
    const told = describeLimit(limit);
    const between = policy === '' ? '' : ', ';
    policy += between + told.policy;
    present += `${between}"${told.name}";r=${remaining}${resetOf(one)}`;
    if (limit.unit === 'requests' && remaining < (requests?.remaining ?? Infinity)) requests = one;
    if (limit.unit === 'tokens' && remaining < (tokens?.remaining ?? Infinity)) tokens = one;
  }
  return [
    ['ratelimit-policy', policy],
    ['ratelimit', present],
    ...(requests === undefined ? [] : openaiHeaders('requests', requests)),
    ...(tokens === undefined ? [] : openaiHeaders('tokens', tokens)),
  ];
}

/** A limit as it is told: the same for every request. */
const policies = new WeakMap<RateLimit, { readonly name: string; readonly policy: string }>();

function describeLimit(limit: RateLimit): { readonly name: string; readonly policy: string } {
  const known = policies.get(limit);
  if (known !== undefined) return known;
  const name = shortName(limit);
  const made = { name, policy: `"${name}";q=${limit.limit}${windowOf(limit)}` };
  policies.set(limit, made);
  return made;
}

/** `key-requests` of `key ci requests`: which key or team it is, its holder knows. */
function shortName({ id, unit }: RateLimit): string {
  return `${id.slice(0, id.indexOf(' '))}-${unit}`;
}

function windowOf({ unit }: RateLimit): string {
  return unit === 'concurrency' ? ';qu="concurrent-requests"' : ';w=60';
}

function resetOf({ limit: { unit }, resetMs }: RateStanding): string {
  return unit === 'concurrency' ? '' : `;t=${Math.ceil(resetMs / 1_000)}`;
}

function openaiHeaders(unit: string, { limit, remaining, resetMs }: RateStanding): [string, string][] {
  return [
    [`x-ratelimit-limit-${unit}`, String(limit.limit)],
    [`x-ratelimit-remaining-${unit}`, String(remaining)],
    [`x-ratelimit-reset-${unit}`, `${Math.ceil(resetMs / 1_000)}s`],
  ];
}
