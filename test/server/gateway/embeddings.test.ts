import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { aContext, type ContextWishes } from '../support/context.ts';
import { testSecret } from '../support/fakes.ts';
import { aGateway, anUpstream, sendJson } from '../support/servers.ts';
import { aDirectoryOf } from '../support/speaking-provider.ts';

const small = 'openai/text-embedding-3-small';

/** An embedding as OpenAI answers it, its numbers as the client asked for them. */
function anEmbedding(embedding: unknown) {
  return {
    object: 'list',
    data: [{ object: 'embedding', index: 0, embedding }],
    model: 'text-embedding-3-small',
    usage: { prompt_tokens: 8, total_tokens: 8 },
  };
}

const base64 = Buffer.from(new Float32Array([0.5, -1, 0.25]).buffer).toString('base64');

async function anInstallation(answer: Parameters<typeof anUpstream>[0], wishes: ContextWishes = {}) {
  const upstream = await anUpstream(answer);
  const providers = aDirectoryOf('openai', upstream.url, ['openai-chat', 'openai-embeddings']);
  const context = aContext({ providers, ...wishes });
  const url = await aGateway(context);
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: testSecret, maxRetries: 0 });
  return { upstream, context, url, client };
}

describe('embeddings', () => {
  it('come back to OpenAI’s client, which asks for base64 and reads numbers', async () => {
    const { client, upstream, context } = await anInstallation((res) =>
      sendJson(res, 200, anEmbedding(base64)),
    );
    const { data, usage } = await client.embeddings.create({ model: small, input: ['one', 'two'] });
    expect(data[0]?.embedding).toEqual([0.5, -1, 0.25]);
    expect(usage.total_tokens).toBe(8);
    expect(upstream.seen[0]?.url).toBe('/v1/embeddings');
    expect(JSON.parse(upstream.seen[0]?.body ?? '')).toEqual({
      model: 'text-embedding-3-small',
      input: ['one', 'two'],
      encoding_format: 'base64',
    });
    expect(await context.log.next()).toMatchObject({
      'request.dialect': 'openai-embeddings',
      'request.stream': false,
      'outcome.status': 'served',
      'usage.input_tokens': 8,
      'usage.output_tokens': 0,
      'usage.source': 'provider',
      // Two cents per million tokens.
      'cost.nano_usd': 8 * 20,
    });
  });

  it('pass as floats to the last digit, and so does every other byte', async () => {
    const bytes =
      '{"object":"list", "data":[{"embedding":[1.0,-0.006929283495992422,1e-7]}], "usage":{"prompt_tokens":1}}';
    const { url, upstream } = await anInstallation((res) => {
      res.writeHead(200, { 'content-type': 'application/json' });
      res.end(bytes);
    });
    const sent = `{"model":"${small}","input":[[1,2],[3]], "dimensions":3,"user":"ann"}`;
    const response = await fetch(`${url}/v1/embeddings`, {
      method: 'POST',
      headers: { authorization: `Bearer ${testSecret}` },
      body: sent,
    });
    expect(await response.text()).toBe(bytes);
    expect(upstream.seen[0]?.body).toBe(sent.replace(small, 'text-embedding-3-small'));
  });

  it('are decided on by policies like any request, tokens included', async () => {
    const nodes = {
      size: {
        kind: 'condition',
        cases: [{ id: 'long', when: 'request.input_tokens > 2000', to: 'large' }],
        else: 'small',
      },
      small: { kind: 'model', target: small },
      large: { kind: 'model', target: 'openai/text-embedding-3-large' },
    };
    const { client, upstream, context } = await anInstallation(
      (res) => sendJson(res, 200, anEmbedding(base64)),
      {
        policies: { embed: { entry: 'size', nodes } },
      },
    );
    await client.embeddings.create({ model: 'embed', input: 'short' });
    await client.embeddings.create({ model: 'embed', input: Array.from({ length: 3_000 }, (_, at) => at) });
    expect(upstream.seen.map(({ body }) => JSON.parse(body).model)).toEqual([
      'text-embedding-3-small',
      'text-embedding-3-large',
    ]);
    await context.log.next();
    expect(await context.log.next()).toMatchObject({ 'decision.policy': 'embed' });
  });

  it.each(['openai/gpt-5-mini', 'anthropic/claude-opus-5'])(
    'are refused by %s, which makes none, with a word on what does',
    async (model) => {
      const upstream = await anUpstream((res) => sendJson(res, 500, {}));
      const dialects = model.startsWith('openai')
        ? (['openai-chat', 'openai-embeddings'] as const)
        : (['anthropic-messages'] as const);
      const providers = aDirectoryOf(model.slice(0, model.indexOf('/')), upstream.url, dialects);
      const { client, context } = await anInstallation(() => {}, { providers });
      const failure: unknown = await client.embeddings.create({ model, input: 'x' }).catch((e) => e);
      expect(failure).toMatchObject({ status: 400, code: 'invalid_request' });
      expect(String(failure)).toMatch(`${model} makes no embeddings. Choose`);
      expect(upstream.seen).toEqual([]);
      expect(await context.log.next()).toMatchObject({ 'outcome.error': 'invalid_request' });
    },
  );

  it('are refused by the sandbox, which cannot simulate any, and names nobody who cannot either', async () => {
    const url = await aGateway(aContext({}));
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: testSecret, maxRetries: 0 });
    const failure: unknown = await client.embeddings.create({ model: small, input: 'x' }).catch((e) => e);
    expect(failure).toMatchObject({ status: 400 });
    expect(String(failure)).toContain('with a key of OpenAI’s');
  });

  it('move on from a model that makes none, where the policy says so', async () => {
    const nodes = {
      any: { kind: 'fallback', try: ['chat', 'small'], on: ['invalid_request'] },
      chat: { kind: 'model', target: 'openai/gpt-5-mini' },
      small: { kind: 'model', target: small },
    };
    const { client, upstream } = await anInstallation((res) => sendJson(res, 200, anEmbedding(base64)), {
      policies: { any: { entry: 'any', nodes } },
    });
    await client.embeddings.create({ model: 'any', input: 'x' });
    expect(upstream.seen).toHaveLength(1);
  });

  it('of nothing are a mistake of the client', async () => {
    const { client } = await anInstallation(() => {});
    await expect(client.embeddings.create({ model: small, input: '' })).rejects.toMatchObject({
      status: 400,
      param: 'input',
    });
  });
});
