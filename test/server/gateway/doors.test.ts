import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { aContext } from '../support/context.ts';
import { testSecret } from '../support/fakes.ts';
import { aGateway, anUpstream, sendJson } from '../support/servers.ts';
import { aDirectoryOf } from '../support/speaking-provider.ts';
import { aCompletion, postChat, postMessage } from '../support/wire.ts';

const policies = { auto: { entry: 'm', nodes: { m: { kind: 'model', target: 'openai/gpt-5-mini' } } } };
const bearer = { authorization: `Bearer ${testSecret}` };

async function anInstallation() {
  const upstream = await anUpstream((res) => sendJson(res, 200, aCompletion()));
  const context = aContext({ policies, providers: aDirectoryOf('openai', upstream.url, ['openai-chat']) });
  return { upstream, context, url: await aGateway(context) };
}

describe('keys', () => {
  it.each([
    ['bearer and x-api-key alike', { 'x-api-key': testSecret }, 200],
    ['bearer and x-goog-api-key alike', { 'x-goog-api-key': testSecret }, 200],
    ['an empty x-api-key beside the bearer', { 'x-api-key': '' }, 200],
    ['bearer and another x-api-key', { 'x-api-key': 'sk-other' }, 401],
    ['bearer and another x-goog-api-key', { 'x-goog-api-key': 'AIza' }, 401],
  ])('%s', async (_, headers, status) => {
    const { url, upstream } = await anInstallation();
    const response = await postChat(url, {}, { headers });
    expect(response.status).toBe(status);
    if (status === 200) return;
    expect(await response.json()).toMatchObject({
      error: { code: 'conflicting_keys', message: expect.stringContaining('Send one, or the same in all.') },
    });
    expect(upstream.seen).toEqual([]);
  });

  it('never reach an upstream', async () => {
    const { url, upstream } = await anInstallation();
    await postChat(url, {}, { headers: { 'x-api-key': testSecret } });
    expect(JSON.stringify(upstream.seen)).not.toContain(testSecret);
  });
});

describe('versions and queries', () => {
  it.each(['2023-06-01', '2099-01-01', 'anything'])('take anthropic-version %s', async (version) => {
    const { url } = await anInstallation();
    expect((await postMessage(url, {}, { headers: { 'anthropic-version': version } })).status).toBe(200);
  });

  it('keep a query byte by byte, but for a key in it', async () => {
    const { url, upstream } = await anInstallation();
    const ask = (query: string) =>
      fetch(`${url}/v1/chat/completions${query}`, {
        method: 'POST',
        headers: bearer,
        body: JSON.stringify({ model: 'auto', messages: [{ role: 'user', content: 'x' }] }),
      });
    await ask('?beta=true&x=%20a+b&flag');
    await ask(`?a=1&key=${testSecret}&%6Bey=x&b`);
    await ask('?');
    expect(upstream.seen.map((seen) => seen.url)).toEqual([
      '/v1/chat/completions?beta=true&x=%20a+b&flag',
      '/v1/chat/completions?a=1&b',
      '/v1/chat/completions',
    ]);
  });
});

describe('what is not kept here', () => {
  it('says where a stored response is', async () => {
    const { url } = await anInstallation();
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: testSecret, maxRetries: 0 });
    await expect(client.responses.retrieve('resp_1')).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining('The gateway keeps no responses'),
    });
  });
});

describe('the list of models', () => {
  it('is read by OpenAI’s client, and one of them', async () => {
    const { url } = await anInstallation();
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: testSecret });
    const ids = [];
    for await (const { id, object } of client.models.list()) ids.push([id, object]);
    expect(ids).toContainEqual(['auto', 'model']);
    expect(ids).toContainEqual(['openai/gpt-5-mini', 'model']);
    expect(await client.models.retrieve('openai/gpt-5-mini')).toMatchObject({ owned_by: 'openai' });
    await expect(client.models.retrieve('nobody')).rejects.toMatchObject({ status: 404 });
  });

  it('is read by Anthropic’s client, and one of them', async () => {
    const { url } = await anInstallation();
    const client = new Anthropic({ baseURL: url, apiKey: testSecret });
    const ids = [];
    for await (const { id, type } of client.models.list({ limit: 1_000 })) ids.push([id, type]);
    expect(ids).toContainEqual(['auto', 'model']);
    expect(await client.models.retrieve('auto')).toMatchObject({ id: 'auto', display_name: 'auto' });
  });
});

describe('counting tokens', () => {
  it.each([401, 403, 429, 500])(
    'estimates where the provider answers %i, with a line in the log',
    async (status) => {
      const lines: string[] = [];
      const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
      const upstream = await anUpstream((res) => sendJson(res, status, { type: 'error', error: {} }));
      const providers = aDirectoryOf('anthropic', upstream.url, ['anthropic-messages']);
      const url = await aGateway(aContext({ providers, logger }));
      const client = new Anthropic({ baseURL: url, apiKey: testSecret, maxRetries: 0 });
      const { data, response } = await client.messages
        .countTokens({
          model: 'anthropic/claude-opus-5',
          messages: [{ role: 'user', content: 'a'.repeat(400) }],
        })
        .withResponse();
      expect([data.input_tokens, response.headers.get('x-waybill-estimated')]).toEqual([104, 'true']);
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({
        target: 'anthropic/claude-opus-5',
        why: `answered ${status}`,
      });
    },
  );

  it('answers OpenAI’s client too', async () => {
    const { url } = await anInstallation();
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: testSecret });
    const { data, response } = await client.responses.inputTokens
      .count({ model: 'auto', input: 'a'.repeat(400) })
      .withResponse();
    expect(data).toEqual({ object: 'response.input_tokens', input_tokens: 104 });
    expect(response.headers.get('x-waybill-estimated')).toBe('true');
  });

  it('draws no chance: a count between two requests changes neither', async () => {
    const nodes = {
      split: {
        kind: 'split',
        arms: [
          { id: 'a', share: 0.5, to: 'm' },
          { id: 'b', share: 0.5, to: 'm' },
        ],
      },
      m: { kind: 'model', target: 'openai/gpt-5-mini' },
    };
    let drawn = 0;
    const draw = () => {
      drawn += 1;
      return 0.1;
    };
    const url = await aGateway(aContext({ policies: { split: { entry: 'split', nodes } }, draw }));
    const client = new Anthropic({ baseURL: url, apiKey: testSecret, maxRetries: 0 });
    await client.messages.countTokens({ model: 'split', messages: [{ role: 'user', content: 'x' }] });
    expect(drawn).toBe(0);
  });
});
