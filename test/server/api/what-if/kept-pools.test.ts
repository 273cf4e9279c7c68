import { describe, expect, it } from 'vitest';
import { Policy } from '#engine/policy/index.ts';
import type { ConfigStore, Configuration } from '#server/store/config-store.ts';
import { ConfigurationShape } from '#server/store/configuration.ts';
import { makeMemoryConfigStore } from '#server/store/memory/make-memory-config-store.ts';
import { aServer, aStoreWithDraft, type TestServer } from '../a-server.ts';

/** Takes the cheaper of the two for every request. */
const pooled = Policy.parse({
  format: 1,
  id: 'draft',
  name: 'Draft',
  entry: 'cheapest',
  nodes: {
    cheapest: {
      kind: 'pool',
      candidates: ['openai/gpt-5-mini', 'anthropic/claude-opus-5'],
      objective: 'cost',
      attempts: 1,
    },
  },
});
const ask = {
  request: { dialect: 'openai-chat', body: { model: 'auto', messages: [{ role: 'user', content: 'Hi' }] } },
};

async function decides(server: TestServer, reference: object): Promise<string> {
  const { body } = await server.call('POST', '/api/decide', { policy: reference, ...ask });
  return body.attempts[0].target;
}

async function serves(server: TestServer, model: string): Promise<string | null> {
  const { body } = await server.call('POST', '/api/keys', {
    id: `k${model.length}`,
    team: 't',
    project: '',
    tags: [],
  });
  const { headers } = await server.call(
    'POST',
    '/v1/chat/completions',
    { model, messages: [{ role: 'user', content: 'Hi' }] },
    { authorization: `Bearer ${body.secret}` },
  );
  return headers.get('x-waybill-target');
}

/** The catalogue of tomorrow: what was dear is cheap. */
async function makeOpusCheap({ open }: TestServer): Promise<void> {
  const { store } = open.installation;
  await store.update({ actor: 'test', action: 'model', subject: '', before: null, after: null }, (state) => ({
    ...state,
    models: [
      {
        model: { id: 'anthropic/claude-opus-5', price_usd_per_million: { input: 0.001, output: 0.001 } },
        updatedAt: '2026-11-22T00:00:00Z',
        updatedBy: 'test',
      },
    ],
  }));
}

async function aPooledServer(): Promise<TestServer> {
  const server = await aServer({ store: await aStoreWithDraft() });
  await server.call('PUT', '/api/policies/draft', { policy: pooled, revision: 1 });
  await server.call('POST', '/api/policies/draft/publish', { revision: 2 });
  return server;
}

async function aStoreWith(state: Configuration): Promise<ConfigStore> {
  const store = makeMemoryConfigStore();
  await store.update({ actor: 'test', action: 'seed', subject: '', before: null, after: null }, () => state);
  return store;
}

describe('a published version with a pool', () => {
  it('decides with the candidates of its day when the catalogue has changed, and a draft with today’s', async () => {
    const server = await aPooledServer();
    expect(await decides(server, { id: 'draft' })).toBe('openai/gpt-5-mini');
    await makeOpusCheap(server);
    expect(await decides(server, { id: 'draft', version: 2 })).toBe('openai/gpt-5-mini');
    expect(await decides(server, { id: 'draft' })).toBe('anthropic/claude-opus-5');
    expect(await serves(server, 'auto')).toBe('openai/gpt-5-mini');
  });

  it('replays what it decided to the letter, also after a restart with another catalogue', async () => {
    const server = await aPooledServer();
    await serves(server, 'auto');
    await makeOpusCheap(server);
    const stored = JSON.parse(JSON.stringify(server.open.installation.store.read()));
    const restarted = await aServer({ store: await aStoreWith(ConfigurationShape.parse(stored)) });
    const [record] = (await server.call('GET', '/api/records')).body.records;
    restarted.log.append({ ...record });
    const { body } = await restarted.call('GET', `/api/records/${record.id}`);
    expect(body.replay).toMatchObject({ targets: ['openai/gpt-5-mini'], identical: true });
  });

  it('can be published again to take today’s candidates, and only then', async () => {
    const server = await aPooledServer();
    const publish = () => server.call('POST', '/api/policies/draft/publish', { revision: 2 });
    expect((await publish()).body.error.code).toBe('nothing_to_publish');
    await makeOpusCheap(server);
    expect((await publish()).body.versions[0]).toMatchObject({ version: 3 });
    expect(await serves(server, 'auto')).toBe('anthropic/claude-opus-5');
    expect(await serves(server, 'policy/draft@2')).toBe('openai/gpt-5-mini');
  });

  it('is simulated with its own candidates', async () => {
    const server = await aPooledServer();
    await serves(server, 'auto');
    await makeOpusCheap(server);
    const simulate = async (candidate: object) => {
      const { body } = await server.call('POST', '/api/simulate', { candidate });
      return body.changed;
    };
    expect(await simulate({ id: 'draft', version: 2 })).toBe(0);
    expect(await simulate({ id: 'draft' })).toBe(1);
  });

  it('says that it keeps them; one of an older release takes the present ones', async () => {
    const server = await aPooledServer();
    const read = async (version: number) =>
      (await server.call('GET', `/api/policies/draft/versions/${version}`)).body.pools;
    expect([await read(1), await read(2)]).toEqual(['none', 'kept']);
    const { store } = server.open.installation;
    const state = store.read();
    const versions = state.versions.map(({ pools: _, ...one }) => one);
    const older = await aServer({ store: await aStoreWith({ ...state, versions }) });
    expect((await older.call('GET', '/api/policies/draft/versions/2')).body.pools).toBe('present');
    expect(await decides(older, { id: 'draft', version: 2 })).toBe('openai/gpt-5-mini');
  });
});
