import type { RateStanding } from './rate-limit-store.ts';

/**
 * How limits stand, as the IETF's draft writes it (draft-ietf-httpapi-ratelimit-headers: `ratelimit-policy`, `ratelimit`),
 * and as OpenAI's clients read it (`x-ratelimit-…-requests` and `-tokens`): there the tighter of key and team.
 */
export function rateLimitHeaders(standings: readonly RateStanding[]): [string, string][] {
  if (standings.length === 0) return [];
  const policies = standings.map((one) => `"${nameOf(one)}";q=${one.limit.limit}${windowOf(one)}`);
  const present = standings.map((one) => `"${nameOf(one)}";r=${one.remaining}${resetOf(one)}`);
  return [
    ['ratelimit-policy', policies.join(', ')],
    ['ratelimit', present.join(', ')],
    ...(['requests', 'tokens'] as const).flatMap((unit) => {
      const one = tightestOf(standings.filter(({ limit }) => limit.unit === unit));
      return one === undefined ? [] : openaiHeaders(unit, one);
    }),
  ];
}

/** `key-requests` of `key ci requests`: which key or team it is, its holder knows. */
function nameOf({ limit: { id, unit } }: RateStanding): string {
  return `${id.slice(0, id.indexOf(' '))}-${unit}`;
}

function windowOf({ limit: { unit } }: RateStanding): string {
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

function tightestOf(standings: readonly RateStanding[]): RateStanding | undefined {
  let found: RateStanding | undefined;
  for (const one of standings) if (found === undefined || one.remaining < found.remaining) found = one;
  return found;
}
