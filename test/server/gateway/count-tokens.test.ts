import Anthropic from '@anthropic-ai/sdk';
import { describe, expect, it } from 'vitest';
import { aContext } from '../support/context.ts';
import { testSecret } from '../support/fakes.ts';
import { aGateway, anUpstream, sendJson } from '../support/servers.ts';

const opus = 'anthropic/claude-opus-5';
const question = { model: opus, messages: [{ role: 'user' as const, content: 'a'.repeat(400) }] };

async function anInstallation(answer: Parameters<typeof anUpstream>[0]) {
  const upstream = await anUpstream(answer);
  const context = aContext({ upstreams: [{ id: 'anthropic', kind: 'anthropic', baseUrl: upstream.url }] });
  return { upstream, context, ...(await aClient(context)) };
}

async function aClient(context: ReturnType<typeof aContext>, apiKey = testSecret) {
  const url = await aGateway(context);
  return { url, client: new Anthropic({ baseURL: url, apiKey, maxRetries: 0 }) };
}

describe('counting tokens', () => {
  it('asks Anthropic for a model of Anthropic, under the model’s name there', async () => {
    const { upstream, client, context } = await anInstallation((res) =>
      sendJson(res, 200, { input_tokens: 42 }),
    );
    const { data, response } = await client.messages.countTokens(question).withResponse();
    expect(data.input_tokens).toBe(42);
    expect(response.headers.get('x-waybill-estimated')).toBeNull();
    expect(upstream.seen[0]?.url).toBe('/v1/messages/count_tokens');
    expect(JSON.parse(upstream.seen[0]?.body ?? '')).toEqual({ ...question, model: 'claude-opus-5' });
    expect(context.log.records).toEqual([]);
  });

  it('estimates for every other model, and says so', async () => {
    const context = aContext({
      policies: { auto: { entry: 'm', nodes: { m: { kind: 'model', target: 'openai/gpt-5-mini' } } } },
    });
    const { client } = await aClient(context);
    const { data, response } = await client.messages
      .countTokens({ ...question, model: 'auto' })
      .withResponse();
    // 400 characters at four a token, and four for the message.
    expect(data.input_tokens).toBe(104);
    expect(response.headers.get('x-waybill-estimated')).toBe('true');
    expect(response.headers.get('x-waybill-target')).toBe('openai/gpt-5-mini');
    expect(context.log.records).toEqual([]);
  });

  it('estimates when Anthropic does not get to it', async () => {
    const { client } = await anInstallation((res) => sendJson(res, 529, { type: 'error', error: {} }));
    const { data, response } = await client.messages.countTokens(question).withResponse();
    expect(data.input_tokens).toBe(104);
    expect(response.headers.get('x-waybill-estimated')).toBe('true');
  });

  it('passes on what Anthropic finds wrong with the body', async () => {
    const error = { type: 'invalid_request_error', message: 'messages: roles must alternate' };
    const { client } = await anInstallation((res) => sendJson(res, 400, { type: 'error', error }));
    await expect(client.messages.countTokens(question)).rejects.toThrow('roles must alternate');
  });

  it('wants a key, a body and a model that exist', async () => {
    const context = aContext({});
    const { client: stranger } = await aClient(context, 'sk-other');
    await expect(stranger.messages.countTokens(question)).rejects.toMatchObject({ status: 401 });
    const { client } = await aClient(context);
    await expect(client.messages.countTokens({ ...question, model: 'nobody' })).rejects.toMatchObject({
      status: 404,
      error: { type: 'error', error: { code: 'model_not_found' } },
    });
    await expect(client.messages.countTokens({ ...question, messages: [] })).rejects.toMatchObject({
      status: 400,
    });
  });
});
