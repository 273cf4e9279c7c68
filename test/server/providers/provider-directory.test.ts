import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { defaultCatalogue } from '#engine/catalogue/index.ts';
import type { Config } from '#server/config/config.ts';
import { makeProviderDirectory } from '#server/providers/make-provider-directory.ts';
import { aConfig } from '../support/context.ts';

function aDirectory(different: Partial<Config> = {}) {
  const directory = makeProviderDirectory(aConfig(different), defaultCatalogue, pino({ level: 'silent' }));
  onTestFinished(() => directory.close());
  return directory;
}

const fromFile = (id: string): Partial<Config> => ({
  file: {
    ...aConfig().file,
    providers: [
      {
        id,
        kind: 'openai-compatible',
        baseUrl: 'http://127.0.0.1:1/v1',
        apiKey: 'none',
        retention: 'zero',
        region: null,
        models: [],
      },
    ],
  },
});

describe('the provider directory', () => {
  it('lets the sandbox stand in for every known model while there is no real provider', () => {
    const directory = aDirectory();
    expect(directory.sandboxStandsIn).toBe(true);
    expect(directory.providerFor('openai/gpt-5-mini')).toMatchObject({
      provider: { id: 'sandbox', sandbox: true },
      model: 'openai/gpt-5-mini',
    });
    expect(directory.providerFor('openai/gpt-99')).toBeUndefined();
    expect(directory.providerFor('sandbox/error-429')).toMatchObject({ model: 'error-429' });
  });

  it('leaves only its own name to the sandbox as soon as one provider is real', () => {
    const directory = aDirectory({ providerKeys: { OPENAI_API_KEY: 'sk' } });
    expect(directory.sandboxStandsIn).toBe(false);
    expect(directory.providerFor('openai/gpt-99')).toMatchObject({
      provider: { id: 'openai', sandbox: false },
      model: 'gpt-99',
    });
    expect(directory.providerFor('anthropic/claude-opus-5')).toBeUndefined();
    expect(directory.providerFor('sandbox/slow')?.provider.id).toBe('sandbox');
  });

  it('has no sandbox at all where that is switched off', () => {
    const directory = aDirectory({ sandbox: false });
    expect(directory.sandboxStandsIn).toBe(false);
    expect(directory.providerFor('sandbox/slow')).toBeUndefined();
    expect(directory.list()).toEqual([]);
  });

  it('prefers the config file over the environment where both name one provider', () => {
    const directory = aDirectory({ ...fromFile('openai'), providerKeys: { OPENAI_API_KEY: 'sk' } });
    expect(directory.list().filter(({ id }) => id === 'openai')).toHaveLength(1);
    expect(directory.providerFor('openai/gpt-5')?.provider.lengthField).toBe('max_tokens');
  });

  it('keeps slashes in a model’s own name', () => {
    const directory = aDirectory(fromFile('local'));
    expect(directory.providerFor('local/meta/llama-3')?.model).toBe('meta/llama-3');
  });

  it('makes a provider appear for each vendor’s own variable', () => {
    const directory = aDirectory({ providerKeys: { ANTHROPIC_API_KEY: 'a', GEMINI_API_KEY: 'g' } });
    expect(directory.list().map(({ id }) => id)).toEqual(['anthropic', 'google', 'sandbox']);
  });
});
