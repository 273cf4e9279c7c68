import type { Candidate, CandidateRates } from './candidate.ts';
import type { PoolFacts } from './pool-facts.ts';
import type { PoolSettings } from './pool-settings.ts';
import type { Requirement } from './requirement.ts';

/** Output of a typical answer, in tokens, where nothing sets a lower limit. */
export const typicalOutputTokens = 400;
/** Where only one half of a speed is known, the other is taken for this. */
const typicalFirstTokenMs = 1_000;
const typicalTokensPerSecond = 50;

/** Why a candidate cannot take a request at all. */
export type Exclusion = Requirement | 'quality_floor' | 'provider_missing';
/** Why a candidate is only taken where no other is left. */
export type Setback = 'too_slow' | 'first_token_late' | 'too_many_errors' | 'breaker_open';

/** One candidate for one request. `null` is unknown. */
export interface Judged {
  readonly candidate: Candidate;
  readonly out: Exclusion | null;
  readonly setback: Setback | null;
  /** Expected cost of this request, pico-dollars. */
  readonly costPico: number | null;
  /** Of the input, tokens expected in the warm prompt cache. */
  readonly warmTokens: number;
  /** Expected time to the last token. */
  readonly latencyMs: number | null;
  readonly errorRate: number;
  readonly quality: number | null;
}

/** What the request asks of every candidate, worked out once a decision. */
export interface Demand {
  readonly settings: PoolSettings;
  readonly facts: PoolFacts;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly needs: Readonly<
    Record<Exclude<Requirement, 'context' | 'region' | 'retention' | 'reasoning'>, boolean>
  >;
  readonly must: Readonly<Record<Requirement, boolean>>;
}

/** `stripsImages`: images are left out on the way, so they ask nothing of a candidate. */
export function makeDemand(
  settings: PoolSettings,
  must: Demand['must'],
  facts: PoolFacts,
  stripsImages: boolean,
): Demand {
  const asked = facts.maxOutputTokens ?? 0;
  return {
    settings,
    facts,
    must,
    inputTokens: facts.inputTokens ?? 0,
    outputTokens: Math.min(
      typicalOutputTokens,
      asked > 0 ? asked : typicalOutputTokens,
      settings.changes.parameters.max_output_tokens ?? typicalOutputTokens,
    ),
    needs: {
      tools: must.tools || (facts.tools ?? 0) > 0,
      vision: must.vision || (!stripsImages && (facts.images ?? 0) > 0),
      audio: must.audio || (facts.audio ?? 0) > 0,
      files: must.files || (facts.files ?? 0) > 0,
      json_schema: must.json_schema || facts.jsonSchema === true,
    },
  };
}

/** A candidate's figures for one request, and whether it can take it. */
export function judgeCandidate(candidate: Candidate, demand: Demand): Judged {
  const { facts } = demand;
  const { target } = candidate;
  const firstTokenMs = facts.firstTokenMs?.[target] ?? candidate.firstTokenMs;
  const tokensPerSecond = facts.tokensPerSecond?.[target] ?? candidate.tokensPerSecond;
  const errorRate = facts.errorRate?.[target] ?? 0;
  const warmTokens = warmTokensAt(target, demand);
  return {
    candidate,
    out: exclusionOf(candidate, demand),
    setback: setbackOf(target, { firstTokenMs, tokensPerSecond, errorRate }, demand),
    costPico: candidate.rates === null ? null : expectedCost(candidate.rates, warmTokens, demand),
    warmTokens,
    latencyMs: expectedLatency(firstTokenMs, tokensPerSecond, demand.outputTokens),
    errorRate,
    quality: candidate.quality,
  };
}

function exclusionOf(
  candidate: Candidate,
  { settings, facts, must, needs, ...size }: Demand,
): Exclusion | null {
  if (!hasRoom(candidate, settings.contextMargin, facts.maxOutputTokens ?? 0, size.inputTokens, must.context))
    return 'context';
  if (needs.tools && !candidate.tools) return 'tools';
  if (needs.vision && !candidate.vision) return 'vision';
  if (needs.audio && !candidate.audio) return 'audio';
  if (needs.files && !candidate.files) return 'files';
  if (needs.json_schema && (candidate.jsonSchema === false || (must.json_schema && !candidate.jsonSchema)))
    return 'json_schema';
  if (must.reasoning && !candidate.reasoning) return 'reasoning';
  if (must.region && (candidate.region === null || !settings.regions.includes(candidate.region)))
    return 'region';
  if (must.retention && candidate.retention !== 'zero') return 'retention';
  const { quality } = settings.floors;
  if (quality !== null && (candidate.quality === null || candidate.quality < quality)) return 'quality_floor';
  const { providers } = facts;
  if (providers !== null && !providers.includes(candidate.provider) && !providers.includes('*'))
    return 'provider_missing';
  return null;
}

/** An answer as long as the client allows must fit as well, or as long as the model can write. */
function hasRoom(
  { context, maxOutput }: Candidate,
  margin: number,
  asked: number,
  inputTokens: number,
  isRequired: boolean,
): boolean {
  if (context === null) return !isRequired;
  const output = Math.min(asked, maxOutput ?? asked);
  return inputTokens * (1 + margin) + output <= context;
}

function setbackOf(
  target: string,
  {
    firstTokenMs,
    tokensPerSecond,
    errorRate,
  }: {
    readonly firstTokenMs: number | null;
    readonly tokensPerSecond: number | null;
    readonly errorRate: number;
  },
  { settings: { floors }, facts }: Demand,
): Setback | null {
  if (facts.open?.includes(target) === true) return 'breaker_open';
  if (floors.errorRate !== null && errorRate > floors.errorRate) return 'too_many_errors';
  if (floors.firstTokenMs !== null && firstTokenMs !== null && firstTokenMs > floors.firstTokenMs)
    return 'first_token_late';
  if (floors.tokensPerSecond !== null && tokensPerSecond !== null && tokensPerSecond < floors.tokensPerSecond)
    return 'too_slow';
  return null;
}

function warmTokensAt(target: string, { settings, facts, inputTokens }: Demand): number {
  if (!settings.affinity || facts.sessionTarget !== target) return 0;
  return Math.min(facts.warmTokens ?? 0, inputTokens);
}

/** Input that the cache holds at its read rate, the rest at the input rate, and the expected answer. */
function expectedCost(
  rates: readonly CandidateRates[],
  warmTokens: number,
  { inputTokens, outputTokens }: Demand,
): number {
  const { input, cacheRead, output } = ratesFor(rates, inputTokens);
  return (inputTokens - warmTokens) * input + warmTokens * cacheRead + outputTokens * output;
}

/** The rates of the highest threshold that the input exceeds. */
export function ratesFor(rates: readonly CandidateRates[], inputTokens: number): CandidateRates {
  let found = rates[0] as CandidateRates;
  for (let index = 1; index < rates.length; index += 1) {
    const higher = rates[index] as CandidateRates;
    if (inputTokens > higher.aboveInputTokens) found = higher;
  }
  return found;
}

function expectedLatency(
  firstTokenMs: number | null,
  tokensPerSecond: number | null,
  outputTokens: number,
): number | null {
  if (firstTokenMs === null && tokensPerSecond === null) return null;
  const rate = Math.max(tokensPerSecond ?? typicalTokensPerSecond, 0.1);
  return (firstTokenMs ?? typicalFirstTokenMs) + (1_000 * outputTokens) / rate;
}
