import { describe, expect, it } from 'vitest';
import type { ProviderSetting } from '#server/config/config.ts';
import { aServer } from '../api/a-server.ts';
import { aConfig } from '../support/context.ts';
import { anUpstream, sendJson } from '../support/servers.ts';

const plain = { retention: 'unknown', region: null, models: [], apiKey: 'sk-upstream-0000001' } as const;

async function aStudio(
  ...providers: (Pick<ProviderSetting, 'id' | 'kind' | 'baseUrl'> & Partial<ProviderSetting>)[]
) {
  const file = { ...aConfig().file, providers: providers.map((one) => ({ ...plain, ...one })) };
  return aServer({
    config: { file, sandbox: false, providerKeys: { GROQ_API_KEY: 'gsk_0123456789abcdef' } },
  });
}

const aws = { region: 'eu-west-1', credentials: null };

describe('a check of a provider’s key', () => {
  it.each([
    ['openai', '/v1', '/v1/models', 'authorization', 'Bearer sk-upstream-0000001'],
    ['anthropic', '', '/v1/models?limit=1', 'x-api-key', 'sk-upstream-0000001'],
    ['gemini', '/v1beta', '/v1beta/models?pageSize=1', 'x-goog-api-key', 'sk-upstream-0000001'],
    ['azure-openai', '', '/openai/v1/models', 'api-key', 'sk-upstream-0000001'],
    [
      'bedrock',
      '',
      '/foundation-models?byOutputModality=TEXT',
      'authorization',
      'Bearer sk-upstream-0000001',
    ],
    ['mistral', '/v1', '/v1/models', 'authorization', 'Bearer sk-upstream-0000001'],
    ['cohere', '/v2', '/v1/models?page_size=1', 'authorization', 'Bearer sk-upstream-0000001'],
  ] as const)('asks %s for its models', async (kind, path, asked, header, value) => {
    const upstream = await anUpstream((res) => sendJson(res, 200, { data: [] }));
    const { call } = await aStudio({ id: 'up', kind, baseUrl: upstream.url + path, aws });
    const { body } = await call('POST', '/api/providers/up/check', {});
    expect(body).toMatchObject({
      state: 'ok',
      checks: [{ key: 'sk-u…0001', state: 'ok', status: 200, message: '' }],
    });
    expect(upstream.seen[0]).toMatchObject({ method: 'GET', url: asked, headers: { [header]: value } });
  });

  it.each([
    [401, { error: { message: 'Incorrect API key provided.' } }, 'refused', 'Incorrect API key provided.'],
    [403, { message: 'User is not authorized.' }, 'refused', 'User is not authorized.'],
    [429, { error: { message: 'Slow down.' } }, 'ok', 'Slow down.'],
    [500, { error: 'broken' }, 'unreachable', 'broken'],
    [404, { detail: 'Not Found' }, 'unreachable', 'Not Found'],
  ])('says what the provider said with %d', async (status, answer, state, message) => {
    const upstream = await anUpstream((res) => sendJson(res, status, answer));
    const { call } = await aStudio({ id: 'up', kind: 'openai', baseUrl: `${upstream.url}/v1` });
    const { body } = await call('POST', '/api/providers/up/check', {});
    expect(body).toMatchObject({ state, checks: [{ state, status, message }] });
  });

  it('says where an address is no API’s, redirects, or nobody is', async () => {
    const html = await anUpstream((res, { url }) => {
      if (url.startsWith('/away')) return res.writeHead(302, { location: 'http://elsewhere/' }).end();
      res.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
    });
    const { call } = await aStudio(
      { id: 'html', kind: 'openai', baseUrl: html.url },
      { id: 'away', kind: 'openai', baseUrl: `${html.url}/away` },
      { id: 'nobody', kind: 'openai', baseUrl: 'http://127.0.0.1:1/v1' },
    );
    const messages = [];
    for (const id of ['html', 'away', 'nobody']) {
      const { body } = await call('POST', `/api/providers/${id}/check`, {});
      messages.push([body.state, body.checks[0].message]);
    }
    expect(messages).toEqual([
      ['unreachable', 'It answered 200 with text/html: is the base URL an API’s?'],
      ['unreachable', 'It redirects (302), which is not followed: correct the base URL.'],
      ['unreachable', expect.stringContaining('ECONNREFUSED')],
    ]);
  });

  it('asks with every key, and tells the worst', async () => {
    const upstream = await anUpstream((res, { headers }) =>
      sendJson(res, headers.authorization?.includes('good') === true ? 200 : 401, { data: [] }),
    );
    const keys = [
      { apiKey: 'sk-good-0000000001', weight: 2 },
      { apiKey: 'sk-evil-0000000002', weight: 1 },
    ];
    const { call } = await aStudio({ id: 'up', kind: 'openai', baseUrl: upstream.url, keys });
    const { body } = await call('POST', '/api/providers/up/check', {});
    expect(body).toMatchObject({
      state: 'refused',
      checks: [
        { key: 'sk-g…0001', state: 'ok' },
        { key: 'sk-e…0002', state: 'refused' },
      ],
    });
  });

  it('names the providers there are when asked for another', async () => {
    const { call } = await aStudio({ id: 'up', kind: 'openai', baseUrl: 'http://127.0.0.1:1' });
    const { status, body } = await call('POST', '/api/providers/nope/check', {});
    expect([status, body.error.message]).toEqual([
      404,
      'There is no provider "nope" here. There are: up, groq.',
    ]);
  });
});

describe('the list of providers', () => {
  it('shows where each is from and how its keys stand, and never a key', async () => {
    const upstream = await anUpstream((res) => sendJson(res, 401, {}));
    const { call } = await aStudio({ id: 'up', kind: 'openai', baseUrl: `${upstream.url}/v1` });
    const { body } = await call('GET', '/api/providers');
    expect(body.providers).toMatchObject([
      {
        id: 'up',
        kind: 'openai',
        preset: null,
        origin: 'file',
        state: 'ready',
        keys: [{ label: 'sk-u…0001', weight: 1, state: 'ready', until: null, reason: '' }],
      },
      {
        id: 'groq',
        kind: 'openai-compatible',
        preset: 'groq',
        baseUrl: 'https://api.groq.com/openai/v1',
        origin: 'environment',
        dialects: ['openai-chat', 'openai-responses'],
      },
    ]);
    expect(JSON.stringify(body)).not.toContain('gsk_0123456789abcdef');
  });
});
