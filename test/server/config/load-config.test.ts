import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '#server/config/config.ts';
import { aFolder } from '../store/builders.ts';

function withFile(
  content: unknown,
  environment: Record<string, string> = {},
): ReturnType<typeof loadConfig> & { readonly path: string } {
  const path = join(aFolder(), 'waybill.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return { ...loadConfig({ WAYBILL_CONFIG: path, ...environment }), path };
}

describe('settings', () => {
  it('need nothing: port 4800 on this machine, sandbox on', () => {
    const { config, warnings } = loadConfig({});
    expect(config).toMatchObject({ port: 4800, host: '127.0.0.1', adminToken: null, sandbox: true });
    expect(config.dataFolder).toBe(join(process.cwd(), '.waybill'));
    expect(config.file).toEqual({ providers: [], teams: [], keys: [], policies: null, deployments: [] });
    expect(warnings).toEqual([]);
  });

  it('take an empty variable for one that is not set', () => {
    expect(loadConfig({ PORT: '', HOST: ' ', WAYBILL_ADMIN_TOKEN: '' }).config.port).toBe(4800);
  });

  it('trust no proxy but those named; the variable goes before the config file', () => {
    const file = { trusted_proxies: ['192.0.2.7', 'fd00::/8'] };
    const variable = { WAYBILL_TRUSTED_PROXIES: '10.0.0.0/8, 127.0.0.1' };
    expect(loadConfig({}).config.trustedProxies).toEqual([]);
    expect(withFile(file).config.trustedProxies).toEqual(['192.0.2.7/32', 'fd00::/8']);
    expect(withFile(file, variable).config.trustedProxies).toEqual(['10.0.0.0/8', '127.0.0.1/32']);
    expect(() => withFile({ trusted_proxies: ['nginx'] })).toThrow('trusted_proxies.0 "nginx" is no address');
  });

  it('collect the keys of providers', () => {
    const { providerKeys } = loadConfig({ OPENAI_API_KEY: 'sk-1', GEMINI_API_KEY: '', PATH: '/bin' }).config;
    expect(providerKeys).toEqual({ OPENAI_API_KEY: 'sk-1' });
  });

  it.each([
    [{ PORT: '4800x' }, 'PORT is "4800x". It must be a whole number from 0 to 65535, such as 4800.'],
    [{ PORT: '70000' }, 'PORT is "70000"'],
    [{ WAYBILL_SANDBOX: 'no' }, 'WAYBILL_SANDBOX is "no". It must be "on" or "off".'],
    [{ REDIS_URL: 'redis://127.0.0.1:6379' }, 'DATABASE_URL is not'],
    [{ DATABASE_URL: 'mysql://x' }, 'It must look like postgresql://'],
    [{ HOST: '0.0.0.0' }, 'WAYBILL_ADMIN_TOKEN is not set'],
    [{ WAYBILL_TRUSTED_PROXIES: '10.0.0.0/8, nginx' }, '"nginx" is no address or network'],
    [{ WAYBILL_TRUSTED_PROXIES: '10.0.0.0/33' }, 'it must look like 10.0.0.0/8'],
    [{ WAYBILL_TRUSTED_PROXIES: '::/0' }, '"::/0" is every address'],
    [{ WAYBILL_CONFIG: '/nowhere.json' }, 'WAYBILL_CONFIG names /nowhere.json, which cannot be read'],
  ])('stop the start when bad: %o', (environment, sentence) => {
    expect(() => loadConfig(environment)).toThrow(sentence);
  });

  it('may leave this machine with an admin token', () => {
    const { config } = loadConfig({ HOST: '0.0.0.0', WAYBILL_ADMIN_TOKEN: 'secret' });
    expect(config.adminToken).toBe('secret');
  });
});

describe('the config file', () => {
  it('says everything that the outside contract shows', () => {
    const { config, path } = withFile(
      {
        providers: [
          { id: 'openai', kind: 'openai', api_key_env: 'OPENAI_API_KEY', retention: 'zero', region: 'us' },
          {
            id: 'local',
            kind: 'openai-compatible',
            base_url: 'http://127.0.0.1:9000/v1/',
            api_key: 'none',
            models: [
              {
                id: 'llama',
                context: 128_000,
                price_usd_per_million: { input: 0.1, output: '0.40', cache_read: 0.01 },
              },
            ],
          },
        ],
        teams: [{ id: 'search', name: 'Search' }],
        keys: [
          { id: 'ci', team: 'search', project: 'ranking', secret: 'wb-0123456789abcdef', tags: ['batch'] },
        ],
        policies: 'policies',
        deployments: [
          { alias: 'auto', policy: 'support' },
          { alias: 'claude-*', policy: 'coding', version: 3 },
        ],
      },
      { OPENAI_API_KEY: 'sk-1' },
    );
    expect(config.file).toEqual({
      providers: [
        {
          id: 'openai',
          kind: 'openai',
          baseUrl: 'https://api.openai.com/v1',
          apiKey: 'sk-1',
          retention: 'zero',
          region: 'us',
          models: [],
        },
        {
          id: 'local',
          kind: 'openai-compatible',
          baseUrl: 'http://127.0.0.1:9000/v1',
          apiKey: 'none',
          retention: 'unknown',
          region: null,
          models: [
            {
              id: 'llama',
              context: 128_000,
              priceUsdPerMillion: { input: 0.1, output: '0.40', cache_read: 0.01 },
            },
          ],
        },
      ],
      teams: [{ id: 'search', name: 'Search' }],
      keys: [
        { id: 'ci', team: 'search', project: 'ranking', tags: ['batch'], secret: 'wb-0123456789abcdef' },
      ],
      policies: join(path, '..', 'policies'),
      deployments: [
        { alias: 'auto', policy: 'support', version: null },
        { alias: 'claude-*', policy: 'coding', version: 3 },
      ],
    });
  });

  it('leaves a provider out whose key is not there, and says so', () => {
    const { config, warnings } = withFile({
      providers: [{ id: 'openai', kind: 'openai', api_key_env: 'OPENAI_API_KEY' }],
    });
    expect(config.file.providers).toEqual([]);
    expect(warnings).toEqual(['Provider openai is left out: OPENAI_API_KEY is not set.']);
  });

  it('says who may spend what: budgets of its own, of teams and of keys, limits and scopes', () => {
    const { config, warnings } = withFile({
      teams: [{ id: 'search', budget: { usd: 500, window: 'month' }, retention: 'zero', concurrency: 8 }],
      keys: [
        {
          id: 'ci',
          team: 'search',
          secret: 'wb-0123456789abcdef',
          rpm: 600,
          tpm: 90_000,
          budget: { usd: 0.1, window: 'day' },
          models: ['openai/*'],
          aliases: ['auto'],
          regions: ['eu'],
          expires_at: '2027-01-01T00:00:00Z',
        },
      ],
      budgets: [
        {
          id: 'all',
          scope: { organisation: true },
          usd: 1e6,
          window: 'year',
          kind: 'rolling',
          enforcement: 'soft',
          when_store_down: 'allow',
        },
        {
          id: 'ranking',
          scope: { team: 'search', project: 'ranking' },
          usd: 1,
          window: 'quarter',
          zone: 'Asia/Tokyo',
        },
      ],
    });
    expect(warnings).toEqual([]);
    const usual = { kind: 'calendar', zone: 'UTC', enforcement: 'hard', whenStoreDown: 'refuse' };
    expect(config.file.budgets).toEqual([
      {
        ...usual,
        id: 'all',
        scope: { kind: 'organisation' },
        limit: 1e15,
        window: 'year',
        kind: 'rolling',
        enforcement: 'soft',
        whenStoreDown: 'allow',
      },
      {
        ...usual,
        id: 'ranking',
        scope: { kind: 'project', team: 'search', id: 'ranking' },
        limit: 1e9,
        window: 'quarter',
        zone: 'Asia/Tokyo',
      },
      { ...usual, id: 'team:search', scope: { kind: 'team', id: 'search' }, limit: 500e9, window: 'month' },
      { ...usual, id: 'key:ci', scope: { kind: 'key', id: 'ci' }, limit: 100_000_000, window: 'day' },
    ]);
    expect(config.file.teams).toEqual([{ id: 'search', name: 'search', retention: 'zero', concurrency: 8 }]);
    expect(config.file.keys).toMatchObject([
      { rpm: 600, tpm: 90_000, models: ['openai/*'], aliases: ['auto'], expiresAt: '2027-01-01T00:00:00Z' },
    ]);
  });

  it.each([
    ['{ "keys": [', 'is not JSON'],
    [{ kies: [] }, 'the file has no setting called "kies". Remove it or correct its name.'],
    [{ keys: [{ id: 'ci', secret: 'short' }] }, 'keys.0.secret must have at least 16 characters.'],
    [
      { providers: [{ id: 'x', kind: 'openai-compatible' }] },
      'providers.0.base_url is missing: an openai-compatible',
    ],
    [
      {
        providers: [
          { id: 'x', kind: 'openai', models: [{ id: 'm', price_usd_per_million: { input: -1, output: 1 } }] },
        ],
      },
      'providers.0.models.0.price_usd_per_million.input must be USD per million tokens',
    ],
    [{ providers: [{ id: 'x', kind: 'gemni' }] }, 'providers.0.kind must be'],
    [{ providers: [{ kind: 'openai' }] }, 'providers.0.id is missing.'],
    [
      { budgets: [{ id: 'a', scope: { team: 'a' }, usd: -1, window: 'day' }] },
      'budgets.0.usd must be 0 or more',
    ],
    [
      { budgets: [{ id: 'a', scope: { tem: 'a' }, usd: 1, window: 'day' }] },
      'budgets.0.scope must be one of { "org',
    ],
    [
      { budgets: [{ id: 'a', scope: { team: 'a' }, usd: 1, window: 'day', zone: 'Mars' }] },
      'budgets.0.zone must be a time zone such as Europe/Berlin or UTC',
    ],
    [{ teams: [{ id: 'a' }, { id: 'a' }] }, 'teams.1.id "a" stands twice in "teams"'],
    [
      {
        keys: [
          { id: 'a', secret: 'wb-0123456789abcdef' },
          { id: 'b', secret: 'wb-0123456789abcdef' },
        ],
      },
      'keys.1.secret is the same as that of "a"',
    ],
  ])('stops the start when it is wrong: %o', (content, sentence) => {
    expect(() => withFile(content)).toThrow(sentence);
  });
});
