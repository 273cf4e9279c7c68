import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { testSecret } from '../support/fakes.ts';
import { sendJson } from '../support/servers.ts';
import { aProvider, sendWire } from './support.ts';

const ask = { model: 'up/my-deployment', messages: [{ role: 'user' as const, content: 'Hello' }] };

describe('Azure OpenAI', () => {
  it('is called by its v1 API where no version is said, the deployment standing for the model', async () => {
    const { openai, upstream, sent } = await aProvider({ kind: 'azure-openai' }, (res) =>
      sendWire(res, 'azure/text.json'),
    );
    const answer = await openai.chat.completions.create(ask);
    expect(answer.choices[0]?.message.content).toBe('Bonjour.');
    expect(upstream.seen[0]).toMatchObject({
      url: '/openai/v1/chat/completions',
      headers: { 'api-key': 'sk-upstream' },
    });
    expect(upstream.seen[0]?.headers.authorization).toBeUndefined();
    expect(sent().model).toBe('my-deployment');
  });

  it.each(['', '/openai', '/openai/v1/'])('takes an endpoint that ends in "%s"', async (path) => {
    const { openai, upstream } = await aProvider({ kind: 'azure-openai', path }, (res) =>
      sendWire(res, 'azure/text.json'),
    );
    await openai.chat.completions.create(ask);
    expect(upstream.seen[0]?.url).toBe('/openai/v1/chat/completions');
  });

  it('is called by deployment URLs where a version is said', async () => {
    const setting = { kind: 'azure-openai', apiVersion: '2024-10-21' } as const;
    const { openai, url, upstream } = await aProvider(setting, (res, { url: path }) =>
      path.includes('responses')
        ? sendJson(res, 200, { id: 'r', object: 'response', status: 'completed', output: [] })
        : sendWire(res, 'azure/text.json'),
    );
    await openai.chat.completions.create(ask);
    const withQuery = new OpenAI({
      baseURL: `${url}/v1`,
      apiKey: testSecret,
      maxRetries: 0,
      defaultQuery: { trace: '1' },
    });
    await withQuery.chat.completions.create(ask);
    await openai.responses.create({ model: ask.model, input: 'Hi' });
    expect(upstream.seen.map((seen) => seen.url)).toEqual([
      '/openai/deployments/my-deployment/chat/completions?api-version=2024-10-21',
      '/openai/deployments/my-deployment/chat/completions?trace=1&api-version=2024-10-21',
      '/openai/responses?api-version=2024-10-21',
    ]);
  });

  it('streams its bytes, filter results and all, without the usage nobody asked for', async () => {
    const { openai, context } = await aProvider({ kind: 'azure-openai' }, (res) =>
      sendWire(res, 'azure/text.sse'),
    );
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of await openai.chat.completions.create({ ...ask, stream: true }))
      chunks.push(chunk);
    expect(chunks[0]).toHaveProperty('prompt_filter_results');
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe('Bonjour.');
    expect(chunks.some((chunk) => chunk.usage != null)).toBe(false);
    expect(await context.log.next()).toMatchObject({ 'usage.input_tokens': 10, 'usage.output_tokens': 5 });
  });
});
