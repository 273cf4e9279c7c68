import { describe, expect, it } from 'vitest';
import { noMocks } from '../../../studio/tester/mocks.ts';
import { emptyForm } from '../../../studio/tester/request-draft.ts';
import {
  dropSample,
  keepSample,
  linkOfSample,
  readSamples,
  type Sample,
  sampleInHash,
  sampleOf,
} from '../../../studio/tester/samples.ts';

function aStorage(): Storage {
  const held = new Map<string, string>();
  return {
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: (key) => void held.delete(key),
    clear: () => held.clear(),
    key: () => null,
    length: 0,
  };
}

const sample: Sample = {
  name: 'Grüße 👋 مرحبا',
  mode: 'form',
  dialect: 'anthropic-messages',
  form: { ...emptyForm, message: 'Übersetze: “مرحبا” 👋' },
  bodyText: '{}',
  mocks: { ...noMocks, hour: 3, open: ['openai/gpt-5'] },
};

describe('samples of the tester', () => {
  it('are kept by name, one in the place of another, and deleted', () => {
    const storage = aStorage();
    keepSample(storage, 'support', sample);
    keepSample(storage, 'support', { ...sample, bodyText: '{"model":"auto"}' });
    keepSample(storage, 'support', { ...sample, name: 'Other' });
    expect(readSamples(storage, 'support').map(({ name, bodyText }) => [name, bodyText])).toEqual([
      [sample.name, '{"model":"auto"}'],
      ['Other', '{}'],
    ]);
    expect(readSamples(storage, 'another')).toEqual([]);
    expect(dropSample(storage, 'support', sample.name).map(({ name }) => name)).toEqual(['Other']);
  });

  it('that cannot be read are left out, and lose nobody the others', () => {
    const storage = aStorage();
    storage.setItem('waybill.samples.support', JSON.stringify([{ name: 'half' }, sample, 7]));
    expect(readSamples(storage, 'support')).toEqual([sample]);
    storage.setItem('waybill.samples.support', '{not json');
    expect(readSamples(storage, 'support')).toEqual([]);
  });

  it('go through a link and come out as they were, in any script', () => {
    const link = linkOfSample('http://127.0.0.1:4800', 'support', sample);
    expect(sampleInHash(new URL(link ?? '').hash)).toEqual(sample);
    expect(sampleInHash('')).toBeUndefined();
    expect(sampleInHash('#test=%%%')).toBeNull();
    expect(sampleInHash(`#test=${btoa('{"name":"x"}')}`)).toBeNull();
    const long = { ...sample, bodyText: 'x'.repeat(20_000) };
    expect(linkOfSample('http://127.0.0.1:4800', 'support', long)).toBeNull();
  });

  it('are not made of logged requests, which have a link of their own', () => {
    expect(sampleOf('a', { ...sample, mode: 'logged' })).toBeNull();
    expect(sampleOf(sample.name, sample)).toEqual(sample);
  });
});
