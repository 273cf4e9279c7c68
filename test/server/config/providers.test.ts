import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '#server/config/config.ts';
import { aFolder } from '../store/builders.ts';

function load(provider: object, environment: Record<string, string> = {}) {
  const folder = aFolder();
  const path = join(folder, 'waybill.json');
  writeFileSync(path, JSON.stringify({ providers: [{ id: 'p', ...provider }] }));
  const { config, warnings } = loadConfig({ WAYBILL_CONFIG: path, ...environment });
  return { setting: config.file.providers[0], warnings, folder };
}

describe('a provider in the config file', () => {
  it('with a preset has its address, and the key of its own variable', () => {
    const { setting } = load({ kind: 'openai-compatible', preset: 'groq' }, { GROQ_API_KEY: 'gsk' });
    expect(setting).toMatchObject({
      preset: 'groq',
      baseUrl: 'https://api.groq.com/openai/v1',
      apiKey: 'gsk',
    });
    expect(load({ kind: 'openai-compatible', preset: 'groq' }).warnings).toEqual([
      'Provider p is left out: GROQ_API_KEY is not set.',
    ]);
    expect(load({ kind: 'openai-compatible', preset: 'ollama' }).setting).toMatchObject({
      baseUrl: 'http://127.0.0.1:11434/v1',
      apiKey: null,
    });
  });

  it('has several keys with weights, and goes on with those that are there', () => {
    const keys = [{ api_key_env: 'A', weight: 2 }, { api_key: 'sk-b' }, { api_key_env: 'C' }];
    const { setting, warnings } = load({ kind: 'openai', keys }, { A: 'sk-a' });
    expect(setting?.keys).toEqual([
      { apiKey: 'sk-a', weight: 2 },
      { apiKey: 'sk-b', weight: 1 },
    ]);
    expect(warnings).toEqual(['Provider p has 2 of 3 keys: C is not set.']);
  });

  it('of Bedrock signs with an API key, else with AWS’s own variables', () => {
    const kind = { kind: 'bedrock', aws_region: 'eu-west-1' };
    const base = 'https://bedrock-runtime.eu-west-1.amazonaws.com';
    expect(load(kind, { AWS_BEARER_TOKEN_BEDROCK: 'key' }).setting).toMatchObject({
      baseUrl: base,
      apiKey: 'key',
      aws: { credentials: null },
    });
    const environment = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 't' };
    expect(load(kind, environment).setting?.aws).toEqual({
      region: 'eu-west-1',
      credentials: { accessKeyId: 'id', secretAccessKey: 'secret', sessionToken: 't' },
    });
    expect(() => load(kind)).toThrow(
      'providers.0 (p) has nothing to sign with: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    );
    expect(() => load({ kind: 'bedrock' })).toThrow(
      'providers.0.aws_region is missing, and AWS_REGION is not set.',
    );
  });

  it('of Vertex has a project, a place, and credentials beside the file', () => {
    const { setting, folder } = load({
      kind: 'vertex',
      project: 'x',
      location: 'europe-west1',
      credentials_file: 'sa.json',
    });
    expect(setting).toMatchObject({
      baseUrl: 'https://europe-west1-aiplatform.googleapis.com',
      google: { project: 'x', location: 'europe-west1', credentialsFile: join(folder, 'sa.json') },
    });
    expect(load({ kind: 'vertex', project: 'x' }).setting).toMatchObject({
      baseUrl: 'https://aiplatform.googleapis.com',
      google: { location: 'global', credentialsFile: null },
    });
    expect(() => load({ kind: 'vertex' })).toThrow(
      'providers.0.project is missing, and GOOGLE_CLOUD_PROJECT is not set.',
    );
  });

  it.each([
    [{ kind: 'openai-compatible', preset: 'grog' }, 'providers.0.preset must be'],
    [
      { kind: 'openai', preset: 'groq' },
      'providers.0.preset is only for providers of kind openai-compatible, not openai',
    ],
    [
      { kind: 'azure-openai', api_key: 'k' },
      'providers.0.base_url is missing: Azure OpenAI needs its endpoint',
    ],
    [
      { kind: 'gemini', api_version: '1' },
      'providers.0.api_version is only for providers of kind azure-openai',
    ],
    [
      { kind: 'openai', api_key: 'k', keys: [{ api_key: 'a' }] },
      'providers.0.api_key and keys cannot both be set',
    ],
    [{ kind: 'openai', keys: [] }, 'providers.0.keys must have at least one key'],
    [
      { kind: 'openai', keys: [{ weight: 1 }] },
      'providers.0.keys.0.api_key_env must be set, or api_key in its place',
    ],
    [{ kind: 'openai', keys: [{ api_key: 'a', weight: 0 }] }, 'providers.0.keys.0.weight must be above 0'],
    [{ kind: 'bedrock', aws_region: 'Ireland' }, 'providers.0.aws_region must be an AWS region'],
    [{ kind: 'vertex', project: 'x', api_key: 'k' }, 'providers.0.api_key is not how Vertex is called'],
  ])('stops the start when it is wrong: %o', (provider, sentence) => {
    expect(() => load(provider)).toThrow(sentence);
  });
});
