import type { RateLimit, RateStanding } from './rate-limit-store.ts';

/**
 * How limits stand, as the IETF's draft writes it (draft-ietf-httpapi-ratelimit-headers: `ratelimit-policy`, `ratelimit`),
 * and as OpenAI's clients read it (`x-ratelimit-…-requests` and `-tokens`): there the tighter of key and team.
 *
 * @param limits Those of the key and its team: one list for all its requests.
 * @param standings How each of them stands, in their order; none where nothing was asked of them.
 */
export function rateLimitHeaders(
  limits: readonly RateLimit[],
  standings: readonly RateStanding[],
): [string, string][] {
  if (standings.length === 0) return [];
  const { policy, names } = told(limits);
  let present = '';
  let requests: RateStanding | undefined;
  let tokens: RateStanding | undefined;
  for (const [index, one] of standings.entries()) {
    const { limit, remaining } = one;
    present += `${index === 0 ? '' : ', '}${names[index]};r=${remaining}${resetOf(one)}`;
    if (limit.unit === 'requests' && remaining < (requests?.remaining ?? Infinity)) requests = one;
    if (limit.unit === 'tokens' && remaining < (tokens?.remaining ?? Infinity)) tokens = one;
  }
  const headers: [string, string][] = [
    ['ratelimit-policy', policy],
    ['ratelimit', present],
  ];
  if (requests !== undefined) addOpenai(headers, openaiRequests, requests);
  if (tokens !== undefined) addOpenai(headers, openaiTokens, tokens);
  return headers;
}

interface Told {
  readonly policy: string;
  /** Of each limit, quoted. */
  readonly names: readonly string[];
}

/** What is the same for every request of a key. */
const toldOf = new WeakMap<readonly RateLimit[], Told>();

function told(limits: readonly RateLimit[]): Told {
  const known = toldOf.get(limits);
  if (known !== undefined) return known;
  const names = limits.map((limit) => `"${shortName(limit)}"`);
  const policy = limits
    .map((limit, index) => `${names[index]};q=${limit.limit}${windowOf(limit)}`)
    .join(', ');
  const made = { policy, names };
  toldOf.set(limits, made);
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

/** Limit, remaining, reset. */
type OpenaiNames = readonly [string, string, string];
const openaiRequests: OpenaiNames = [
  'x-ratelimit-limit-requests',
  'x-ratelimit-remaining-requests',
  'x-ratelimit-reset-requests',
];
const openaiTokens: OpenaiNames = [
  'x-ratelimit-limit-tokens',
  'x-ratelimit-remaining-tokens',
  'x-ratelimit-reset-tokens',
];

function addOpenai(
  headers: [string, string][],
  [ofLimit, ofRemaining, ofReset]: OpenaiNames,
  { limit, remaining, resetMs }: RateStanding,
): void {
  headers.push([ofLimit, String(limit.limit)], [ofRemaining, String(remaining)]);
  headers.push([ofReset, `${Math.ceil(resetMs / 1_000)}s`]);
}
