import { describe, expect, it } from 'vitest';
import type { ModelRow } from '../../../studio/client/queries.ts';
import { noFilter, providersOf, selectModels } from '../../../studio/models/select-models.ts';

function aModel(id: string, change: Partial<ModelRow> = {}): ModelRow {
  return {
    id,
    provider: id.split('/')[0]!,
    name: id,
    family: 'unknown',
    context: 1_000,
    maxOutput: null,
    input: ['text'],
    output: ['text'],
    tools: true,
    reasoning: false,
    jsonSchema: null,
    priceInput: 1,
    priceOutput: 1,
    priceCacheRead: null,
    priceDate: null,
    tokensPerSecond: null,
    quality: null,
    deprecated: false,
    served: 'none',
    origin: 'shipped',
    ...change,
  };
}

const models = [
  aModel('b/cheap', { priceInput: 0.1, served: 'sandbox' }),
  aModel('a/dear', { priceInput: 20, input: ['text', 'image'] }),
  aModel('a/unpriced', { priceInput: null, reasoning: true }),
];
const ids = (rows: readonly ModelRow[]) => rows.map((model) => model.id);

describe('choosing from the catalogue', () => {
  it('puts what has no price last, whichever way the order goes', () => {
    expect(ids(selectModels(models, noFilter, { by: 'priceInput', descending: false }))).toEqual([
      'b/cheap',
      'a/dear',
      'a/unpriced',
    ]);
    expect(ids(selectModels(models, noFilter, { by: 'priceInput', descending: true }))).toEqual([
      'a/dear',
      'b/cheap',
      'a/unpriced',
    ]);
  });
  it('keeps to the order of ids among equals', () =>
    expect(ids(selectModels(models, noFilter, { by: 'quality', descending: true }))).toEqual([
      'a/dear',
      'a/unpriced',
      'b/cheap',
    ]));
  it('finds by every word of the search', () =>
    expect(
      ids(selectModels(models, { ...noFilter, search: 'A de' }, { by: 'id', descending: false })),
    ).toEqual(['a/dear']));
  it('keeps only what can be called, can see or can reason', () => {
    const by = { by: 'id', descending: false };
    expect(ids(selectModels(models, { ...noFilter, servedOnly: true }, by))).toEqual(['b/cheap']);
    expect(ids(selectModels(models, { ...noFilter, can: ['image'] }, by))).toEqual(['a/dear']);
    expect(ids(selectModels(models, { ...noFilter, can: ['reasoning'] }, by))).toEqual(['a/unpriced']);
    expect(ids(selectModels(models, { ...noFilter, provider: 'b' }, by))).toEqual(['b/cheap']);
  });
  it('lists each provider once', () => expect(providersOf(models)).toEqual(['a', 'b']));
});
