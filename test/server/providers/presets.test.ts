import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { defaultCatalogue } from '#engine/catalogue/index.ts';
import { makeProviderDirectory } from '#server/providers/make-provider-directory.ts';
import { presetNames, presetOf } from '#server/providers/presets.ts';
import { providerVariables } from '#server/providers/provider-variables.ts';
import { aConfig } from '../support/context.ts';
import { sendJson } from '../support/servers.ts';
import { aCompletion, postChat } from '../support/wire.ts';
import { aProvider } from './support.ts';

function withVariables(providerKeys: Record<string, string>) {
  const directory = makeProviderDirectory(
    aConfig({ providerKeys }),
    defaultCatalogue,
    pino({ level: 'silent' }),
  );
  onTestFinished(() => directory.close());
  return directory.list().filter(({ sandbox }) => !sandbox);
}

describe('every preset', () => {
  it.each(presetNames)('%s appears with its variable alone, and is called where it says', async (name) => {
    const { id, variable, holds, baseUrl, dialects } = presetOf(name);
    const value = holds === 'key' ? 'secret-key-0001' : 'http://127.0.0.1:9999/v1';
    const [provider, ...others] = withVariables({ [variable]: value });
    expect(others).toEqual([]);
    expect(provider).toMatchObject({ id, dialects, facts: { origin: 'environment' } });
    expect(provider?.facts.baseUrl).toBe(holds === 'key' ? baseUrl : value);
    expect(providerVariables).toContain(variable);
  });

  it.each(presetNames)('%s takes a translated request, with the length in its own field', async (name) => {
    const { lengthField, fields } = presetOf(name);
    const setting = { kind: 'openai-compatible', preset: name } as const;
    const { anthropic, sent } = await aProvider({ ...setting, path: '/v1' }, (res) =>
      sendJson(res, 200, aCompletion()),
    );
    const messages = [{ role: 'user' as const, content: 'Hi' }];
    const answer = await anthropic.messages.create({ model: 'up/some-model', max_tokens: 77, messages });
    expect(answer.content).toMatchObject([{ type: 'text', text: 'Hi.' }]);
    expect(sent()[lengthField]).toBe(77);
    for (const field of Object.keys(sent())) expect(fields.known ?? [field]).toContain(field);
  });

  it('says where it is from', () => {
    for (const name of presetNames) expect(presetOf(name).source).toMatch(/^https:\/\//);
  });
});

describe('a preset’s paths', () => {
  it('are OpenAI’s, one a dialect', async () => {
    const setting = { kind: 'openai-compatible', preset: 'vllm', path: '/v1', apiKey: null } as const;
    const { openai, upstream } = await aProvider(setting, (res, { url }) =>
      url.endsWith('embeddings')
        ? sendJson(res, 200, {
            object: 'list',
            model: 'e',
            data: [{ object: 'embedding', index: 0, embedding: [0.5] }],
            usage: { prompt_tokens: 1, total_tokens: 1 },
          })
        : sendJson(
            res,
            200,
            url.endsWith('responses')
              ? { id: 'r', object: 'response', status: 'completed', output: [] }
              : aCompletion(),
          ),
    );
    await openai.embeddings.create({ model: 'up/e', input: 'x', encoding_format: 'float' });
    await openai.completions.create({ model: 'up/c', prompt: 'x' });
    await openai.responses.create({ model: 'up/r', input: 'x' });
    expect(upstream.seen.map(({ url }) => url)).toEqual([
      '/v1/embeddings',
      '/v1/completions',
      '/v1/responses',
    ]);
    expect(upstream.seen[0]?.headers.authorization).toBeUndefined();
  });
});

describe('OpenAI’s beta header', () => {
  it.each([
    ['openai', 'assistants=v2', []],
    ['openai-compatible', undefined, ['openai-beta']],
  ] as const)('at a provider of kind %s', async (kind, passed, dropped) => {
    const { url, upstream, context } = await aProvider({ kind }, (res) => sendJson(res, 200, aCompletion()));
    await postChat(url, { model: 'up/m' }, { headers: { 'openai-beta': 'assistants=v2' } });
    expect(upstream.seen[0]?.headers['openai-beta']).toBe(passed);
    expect((await context.log.next())['outcome.dropped']).toEqual(dropped);
  });
});

describe('a preset’s efforts', () => {
  it.each([
    ['groq', 'up/openai/gpt-oss-120b', 'low'],
    ['groq', 'up/llama-3.3-70b-versatile', undefined],
    ['deepseek', 'up/deepseek-flash', 'low'],
    ['xai', 'up/grok-4-fast', undefined],
  ] as const)('of %s for %s', async (preset, model, effort) => {
    const { anthropic, sent, context } = await aProvider({ kind: 'openai-compatible', preset }, (res) =>
      sendJson(res, 200, aCompletion()),
    );
    await anthropic.messages.create({
      model,
      max_tokens: 3_000,
      thinking: { type: 'enabled', budget_tokens: 2_048 },
      messages: [{ role: 'user', content: 'Hi' }],
    });
    expect(sent().reasoning_effort).toBe(effort);
    expect((await context.log.next())['outcome.dropped']).toEqual(effort === undefined ? ['thinking'] : []);
  });
});

describe('the environment', () => {
  it('brings Gemini in its own dialect, and what needs two variables only with both', () => {
    expect(withVariables({ GEMINI_API_KEY: 'k', MISTRAL_API_KEY: 'k' })).toMatchObject([
      { id: 'google', facts: { kind: 'gemini' } },
      { id: 'mistral', facts: { kind: 'mistral' } },
    ]);
    expect(withVariables({ AZURE_OPENAI_API_KEY: 'k', AWS_REGION: 'eu-west-1' })).toEqual([]);
    expect(
      withVariables({
        AZURE_OPENAI_API_KEY: 'k',
        AZURE_OPENAI_ENDPOINT: 'https://x.openai.azure.com/',
        AWS_REGION: 'cn-north-1',
        AWS_BEARER_TOKEN_BEDROCK: 'k',
      }).map(({ id, facts }) => [id, facts.baseUrl]),
    ).toEqual([
      ['azure', 'https://x.openai.azure.com'],
      ['bedrock', 'https://bedrock-runtime.cn-north-1.amazonaws.com.cn'],
    ]);
  });
});
