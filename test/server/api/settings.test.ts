import { describe, expect, it } from 'vitest';
import { loadConfig } from '#server/config/config.ts';
import { aServer, aStoreWithDraft } from './a-server.ts';

const file = {
  ...loadConfig({}).config.file,
  keys: [{ id: 'ci', team: 'search', project: 'ranking', tags: ['batch'], secret: 'wb-0123456789abcdef' }],
  deployments: [{ alias: 'claude-*', policy: 'draft', version: 1 }],
};

describe('the first start', () => {
  it('makes a key, the sample policy and its alias; the next start makes nothing', async () => {
    const first = await aServer();
    const { store, keys, firstKey } = first.open.installation;
    expect(keys.authenticate(firstKey ?? '')).toEqual({
      key: 'first',
      team: 'default',
      project: '',
      tags: [],
    });
    expect((await first.call('GET', '/api/status')).body).toMatchObject({
      firstKey,
      openaiBaseUrl: `${first.base}/v1`,
    });
    expect((await first.call('GET', '/api/deployments')).body.deployments).toEqual([
      { alias: 'auto', policy: 'support', version: null, origin: 'studio' },
    ]);
    const changes = store.read().audit.sequence;
    const second = await aServer({ store });
    expect(second.open.installation.firstKey).toBeNull();
    expect(store.read().audit.sequence).toBe(changes);
  });

  it('makes no sample without the sandbox, and no key where the config file has one', async () => {
    const { call } = await aServer({ config: { sandbox: false, file } });
    expect((await call('GET', '/api/policies')).body.policies).toEqual([]);
    expect((await call('GET', '/api/keys')).body.keys).toMatchObject([{ id: 'ci', origin: 'file' }]);
  });
});

describe('keys', () => {
  it('work from their creation to their revocation, and are never shown again', async () => {
    const { call, open } = await aServer();
    const made = await call('POST', '/api/keys', { id: 'ci', team: 'search', tags: ['batch'] });
    expect(made.status).toBe(201);
    expect(made.body.secret).toMatch(/^wb-[0-9A-Za-z]{40}$/);
    const { keys, store } = open.installation;
    expect(keys.authenticate(made.body.secret)).toEqual({
      key: 'ci',
      team: 'search',
      project: '',
      tags: ['batch'],
    });
    expect(JSON.stringify(store.read())).not.toContain(made.body.secret);
    const listed = (await call('GET', '/api/keys')).body.keys.find(({ id }: { id: string }) => id === 'ci');
    expect(listed).toMatchObject({ id: 'ci', prefix: made.body.secret.slice(0, 9), origin: 'studio' });
    expect(listed).not.toHaveProperty('secret');
    expect(JSON.stringify(await store.audit.page({ limit: 100 }))).not.toMatch(/sha256/i);
    expect((await call('DELETE', '/api/keys/ci')).body).toEqual({});
    expect(keys.authenticate(made.body.secret)).toBeUndefined();
  });

  it('have ids of their own', async () => {
    const { call } = await aServer({ config: { file } });
    await call('POST', '/api/keys', { id: 'one' });
    expect((await call('POST', '/api/keys', { id: 'one' })).body.error.code).toBe('key_exists');
    expect((await call('POST', '/api/keys', { id: 'ci' })).body.error.code).toBe('key_exists');
    expect((await call('POST', '/api/keys', { id: 'No!' })).status).toBe(400);
  });

  it('of the config file work beside the others and are managed there', async () => {
    const { call, open } = await aServer({ config: { file } });
    expect(open.installation.keys.authenticate('wb-0123456789abcdef')).toMatchObject({
      key: 'ci',
      team: 'search',
    });
    expect((await call('DELETE', '/api/keys/ci')).body.error.code).toBe('managed_by_file');
    expect((await call('DELETE', '/api/keys/none')).body.error.code).toBe('key_missing');
  });
});

describe('deployments', () => {
  it('point an alias at a published policy, newest or fixed', async () => {
    const { call, open } = await aServer({ store: await aStoreWithDraft() });
    const fixed = await call('PUT', '/api/deployments/stable', { policy: 'draft', version: 1 });
    expect(fixed.body).toEqual({ alias: 'stable', policy: 'draft', version: 1, origin: 'studio' });
    expect(open.installation.plans.resolve('stable')).toMatchObject({ kind: 'policy', version: 1 });
    await call('DELETE', '/api/deployments/stable');
    expect(open.installation.plans.resolve('stable').kind).toBe('unknown');
  });

  it('take patterns', async () => {
    const { call, open } = await aServer({ store: await aStoreWithDraft() });
    await call('PUT', `/api/deployments/${encodeURIComponent('gpt-*')}`, { policy: 'draft' });
    expect(open.installation.plans.resolve('gpt-4o')).toMatchObject({ kind: 'policy', policyId: 'draft' });
  });

  it('never point at what cannot serve', async () => {
    const { call } = await aServer({ store: await aStoreWithDraft() });
    await call('POST', '/api/policies', { name: 'New' });
    const code = async (alias: string, body: object) =>
      (await call('PUT', `/api/deployments/${alias}`, body)).body.error.code;
    expect(await code('a', { policy: 'new' })).toBe('not_published');
    expect(await code('a', { policy: 'draft', version: 2 })).toBe('not_published');
    expect(await code('a', { policy: 'nothing' })).toBe('policy_missing');
    expect(await code('policy%2Fdraft', { policy: 'draft' })).toBe('invalid_request');
    expect((await call('DELETE', '/api/deployments/none')).body.error.code).toBe('alias_missing');
  });

  it('of the config file are shown as such and managed there', async () => {
    const { call } = await aServer({ store: await aStoreWithDraft(), config: { file } });
    expect((await call('GET', '/api/deployments')).body.deployments).toContainEqual({
      alias: 'claude-*',
      policy: 'draft',
      version: 1,
      origin: 'file',
    });
    const path = `/api/deployments/${encodeURIComponent('claude-*')}`;
    expect((await call('PUT', path, { policy: 'draft' })).body.error.code).toBe('managed_by_file');
    expect((await call('DELETE', path)).body.error.code).toBe('managed_by_file');
    expect((await call('GET', '/api/policies/draft')).body.aliases).toEqual(['claude-*', 'auto']);
  });
});

describe('models', () => {
  it('come with their prices and who serves them', async () => {
    const { call } = await aServer({
      config: { providerKeys: { OPENAI_API_KEY: 'sk-test' } },
    });
    const { models } = (await call('GET', '/api/models')).body;
    const find = (id: string) => models.find((model: { id: string }) => model.id === id);
    expect(find('openai/gpt-5-mini')).toMatchObject({ priceInput: 0.25, priceOutput: 2, served: 'provider' });
    expect(find('anthropic/claude-opus-5')).toMatchObject({ served: 'none' });
    const sandboxed = (await (await aServer()).call('GET', '/api/models')).body.models;
    expect(sandboxed.every(({ served }: { served: string }) => served === 'sandbox')).toBe(true);
  });
});

describe('live traffic', () => {
  it('is told to listeners as it happens', async () => {
    const { base, open } = await aServer();
    const leave = new AbortController();
    const response = await fetch(`${base}/api/traffic`, { signal: leave.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toBe(': listening\n\n');
    const event = {
      id: 'r-1',
      team: 'search',
      policy: 'support',
      version: 1,
      path: 'a>b',
      target: 'openai/gpt-5-mini',
      status: 'served',
      costNanoUsd: 5,
      latencyMs: 12.5,
      at: 1,
      sandbox: true,
    } as const;
    open.installation.feed.publish(event);
    expect((await reader.read()).value).toBe(`event: record\nid: r-1\ndata: ${JSON.stringify(event)}\n\n`);
    leave.abort();
  });
});
