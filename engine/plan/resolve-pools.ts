import {
  type Catalogue,
  type CatalogueModel,
  type Price,
  type PriceBook,
  priceOf,
} from '../catalogue/index.ts';
import { type Candidate, type CandidateRates, mostCandidates, type PoolCandidates } from '../nodes/index.ts';
import type { Policy } from '../policy/index.ts';

/** What is known of models, prices and places at the moment a version is made. */
export interface ModelFacts {
  readonly catalogue: Catalogue;
  readonly priceBook: PriceBook;
  /** What the configuration says of a provider; it outweighs the catalogue. */
  readonly providerOf?: (provider: string) => ProviderFacts | undefined;
}

export interface ProviderFacts {
  readonly retention: Candidate['retention'];
  readonly region: string | null;
}

/**
 * The candidates of every pool of a policy: its patterns looked up in the catalogue, each target once, in the order of
 * the patterns and then of ids. Plain JSON, to be kept with a published version: a plan made of policy and resolution
 * decides the same for ever.
 */
export function resolvePools(policy: Policy, facts: ModelFacts): PoolCandidates {
  return Object.fromEntries(
    Object.entries(policy.nodes).flatMap(([id, node]) =>
      node.kind === 'pool' ? [[id, resolvePatterns(node.candidates, facts)]] : [],
    ),
  );
}

function resolvePatterns(patterns: readonly string[], facts: ModelFacts): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  for (const pattern of patterns) {
    const models = facts.catalogue.match(pattern).toSorted((left, right) => (left.id < right.id ? -1 : 1));
    // A target that no catalogue knows is a candidate all the same, of which nothing is known.
    if (models.length === 0 && !pattern.includes('*') && !found.has(pattern))
      found.set(pattern, unknownCandidate(pattern, facts));
    for (const model of models) {
      // An alias is called by the name that was written.
      const target = pattern.includes('*') ? model.id : pattern;
      if (!found.has(target)) found.set(target, candidateOf(target, model, facts));
    }
  }
  return [...found.values()].slice(0, mostCandidates);
}

function candidateOf(target: string, model: CatalogueModel, facts: ModelFacts): Candidate {
  const provider = target.slice(0, target.indexOf('/'));
  const place = facts.providerOf?.(provider);
  const { input } = model.modalities;
  return {
    target,
    model: model.model,
    provider,
    context: model.context,
    maxOutput: model.maxOutput,
    vision: input.includes('image'),
    audio: input.includes('audio'),
    files: input.includes('file'),
    tools: model.tools,
    jsonSchema: model.jsonSchema,
    reasoning: model.reasoning,
    retention: place === undefined || place.retention === 'unknown' ? model.retention : place.retention,
    region: place?.region ?? null,
    quality: model.quality?.index ?? null,
    tokensPerSecond: model.speed?.tokensPerSecond ?? null,
    firstTokenMs: model.speed?.firstTokenMs ?? null,
    rates: ratesOf(priceOf(facts.priceBook, target)),
  };
}

function unknownCandidate(target: string, facts: ModelFacts): Candidate {
  const slash = target.indexOf('/');
  const provider = target.slice(0, slash);
  const place = facts.providerOf?.(provider);
  return {
    target,
    model: target.slice(slash + 1),
    provider,
    context: null,
    maxOutput: null,
    vision: false,
    audio: false,
    files: false,
    tools: true,
    jsonSchema: null,
    reasoning: false,
    retention: place?.retention ?? 'unknown',
    region: place?.region ?? null,
    quality: null,
    tokensPerSecond: null,
    firstTokenMs: null,
    rates: ratesOf(priceOf(facts.priceBook, target)),
  };
}

/** The standard price, tier by tier. */
function ratesOf(price: Price | undefined): readonly CandidateRates[] | null {
  if (price === undefined) return null;
  return [{ aboveInputTokens: 0, ...price }, ...price.tiers].map(
    ({ aboveInputTokens, input, cacheRead, output }) => ({ aboveInputTokens, input, cacheRead, output }),
  );
}
