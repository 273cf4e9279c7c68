import {
  CatalogueModel,
  type CatalogueModelInput,
  defaultCatalogue,
  defaultPriceBook,
  withModels,
  withOverrides,
} from '#engine/catalogue/index.ts';
import { compilePolicy, type ModelFacts, type Plan } from '#engine/plan/index.ts';
import type { Policy } from '#engine/policy/index.ts';

/** Deployments of one model at three providers, a free model, one without a price, one that can do next to nothing. */
const extra: readonly CatalogueModelInput[] = [
  { ...deployment('two', 0.2), speed: { tokensPerSecond: 40, firstTokenMs: 900, source: 'test' } },
  deployment('three', 0.2),
  deployment('four', 0.1),
  { id: 'two/small', context: 9_000, tools: false, jsonSchema: false, retention: 'zero' },
  { id: 'two/unpriced', modalities: { input: ['text', 'image'], output: ['text'] } },
];

function deployment(provider: string, quality: number): CatalogueModelInput {
  return {
    id: `${provider}/shared`,
    context: 120_000,
    maxOutput: 8_000,
    modalities: { input: ['text', 'image', 'audio', 'file'], output: ['text'] },
    jsonSchema: true,
    reasoning: true,
    retention: provider === 'two' ? 'zero' : 'retains',
    quality: { index: 100 * quality, source: 'test' },
  };
}

/** Targets of several vendors; the last has no price and stands in no catalogue. */
export const targets = [
  'openai/gpt-5-mini',
  'openai/gpt-5.5',
  'anthropic/claude-opus-5',
  'anthropic/claude-sonnet-4-5',
  'google/gemini-2.5-pro',
  'two/shared',
  'three/shared',
  'four/shared',
  'two/small',
  'two/unpriced',
  'nobody/knows-this',
] as const;

const shared = { input: 0.5, output: 2, cache_read: 0.05 };

/** What random policies are compiled against and their costs are told with. */
export const lawModels: ModelFacts = {
  catalogue: withModels(
    defaultCatalogue,
    extra.map((model) => CatalogueModel.parse(model)),
  ),
  priceBook: withOverrides(defaultPriceBook, {
    'two/shared': shared,
    'three/shared': shared,
    'four/shared': {
      ...shared,
      tiers: [{ above_input_tokens: 50_000, input: 2, output: 8, cache_read: 0.2 }],
    },
    'two/small': { input: 0, output: 0 },
  }),
  providerOf: (provider) => (provider === 'four' ? { retention: 'unknown', region: 'eu' } : undefined),
};

/** The plan of a policy that the generator made. */
export function lawPlan(policy: Policy): Plan {
  const compiled = compilePolicy(policy, { models: lawModels });
  if (compiled.kind === 'ok') return compiled.plan;
  throw new Error(`Not a valid policy: ${JSON.stringify(compiled.diagnostics)}`);
}
