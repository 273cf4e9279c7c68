import { expect, it } from 'vitest';
import {
  CatalogueModel,
  type CatalogueModelInput,
  defaultPriceBook,
  makeCatalogue,
  withOverrides,
} from '#engine/catalogue/index.ts';
import { findWaste } from '#server/governance/billing/waste.ts';
import { noMeasures, type UsageRow, type UsageTokens } from '#server/store/usage/usage-query.ts';

const priceBook = withOverrides(defaultPriceBook, {
  'acme/dear': { input: 10, output: 50 },
  'acme/cheap': { input: 1, output: 5 },
  'acme/blind': { input: 0.1, output: 0.5 },
});
const seeing = { input: ['text', 'image'], output: ['text'] } as const;
const dear = { id: 'acme/dear', context: 1_000_000, modalities: seeing };
const cheap = { id: 'acme/cheap', context: 16_000, modalities: seeing };
const blind = { id: 'acme/blind', context: 200_000 };

function wasteWith(models: readonly CatalogueModelInput[], tokens: Partial<UsageTokens> = {}) {
  const row: UsageRow = {
    ...noMeasures,
    values: ['summarization', 'acme/dear', 'easy'],
    bucket: null,
    requests: 10,
    calls: 10,
    costNanoUsd: 800_000_000,
    tokens: { ...noMeasures.tokens, input: 30_000, output: 10_000, ...tokens },
  };
  const catalogue = makeCatalogue(models.map((model) => CatalogueModel.parse(model)));
  return findWaste([row], { models: models.map(({ id }) => id), catalogue, priceBook, at: 0 });
}

it('a row says what it would have cost less at the cheapest model in use that can do as much', () => {
  const { cheapest, rows } = wasteWith([dear, cheap, blind]);
  expect(cheapest).toBe('acme/blind');
  expect(rows[0]?.saving).toEqual({ kind: 'known', model: 'acme/cheap', nanoUsd: 720_000_000 });
});

it.each([
  { of: 'sees no images', other: { ...cheap, modalities: undefined } },
  { of: 'has no room for four times the mean call', other: { ...cheap, context: 15_000 } },
  { of: 'has a context that nobody states', other: { ...cheap, context: null } },
  { of: 'takes no tools', other: { ...cheap, tools: false } },
])('a model that $of is none to save at', ({ other }) => {
  expect(wasteWith([dear, other]).rows[0]?.saving).toEqual({ kind: 'unknown', why: 'no_model' });
});

it('of audio and images nothing is said, since their prices differ and the sums do not tell them apart', () => {
  const { rows } = wasteWith([dear, cheap], { media: 5 });
  expect(rows[0]?.saving).toEqual({ kind: 'unknown', why: 'media' });
});
