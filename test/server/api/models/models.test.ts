import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '#server/config/config.ts';
import { openConfigStore } from '#server/store/lowdb/open-config-store.ts';
import { aServer, aStoreWithDraft, type TestServer } from '../a-server.ts';

const llama = {
  name: 'Llama here',
  context: 128_000,
  max_output: 8_000,
  input: ['text', 'image'],
  tools: true,
  quality: 42,
  tokens_per_second: 80,
  price_usd_per_million: {
    input: '0.10',
    output: 0.4,
    cache_read: 0.01,
    modes: { batch: { input: 0.05, output: 0.2 } },
  },
};
const place = (id: string) => `/api/models/${encodeURIComponent(id)}`;

async function listed(server: TestServer, id: string) {
  const { body } = await server.call('GET', '/api/models');
  return body.models.find((model: { id: string }) => model.id === id);
}

describe('the catalogue over the API', () => {
  it('tells a model’s price by class, tier, mode and time, with date and source', async () => {
    const server = await aServer();
    const { body } = await server.call('GET', place('openai/gpt-5.6-luna'));
    expect(body).toMatchObject({
      origin: 'shipped',
      price: {
        source: expect.stringContaining('genai-prices'),
        date: '2026-09-23',
        calls: { web_search: 10, file_search: 2.5 },
        regionalPercent: 10,
      },
      qualityOf: { source: expect.stringContaining('pi-catalog') },
    });
    const rows = body.price.rows.map((row: { mode: string; when: string; aboveInputTokens: number }) => [
      row.mode,
      row.when,
      row.aboveInputTokens,
    ]);
    expect(rows.slice(0, 4)).toEqual([
      ['standard', '', 0],
      ['standard', '', 271_999],
      ['standard', 'until 2026-07-30', 0],
      ['standard', 'until 2026-07-30', 271_999],
    ]);
    expect(body.price.rows[0].rates).toMatchObject({ input: 0.2, output: 1.2, cache_write: 0.25 });
  });

  it('says which policies use a model', async () => {
    const server = await aServer({ store: await aStoreWithDraft() });
    const { body } = await server.call('GET', place('openai/gpt-5-mini'));
    expect(body.usedBy).toEqual([{ policy: 'draft', name: 'Draft', nodes: ['only'], published: true }]);
    expect((await server.call('GET', place('openai/gpt-5'))).body.usedBy).toEqual([]);
  });

  it('names the nearest model where one is missing', async () => {
    const server = await aServer();
    const { status, body } = await server.call('GET', place('openai/gpt-5-minni'));
    expect([status, body.error.code]).toEqual([404, 'model_missing']);
    expect(body.error.message).toContain('Did you mean "openai/gpt-5-mini"?');
  });
});

describe('a model stated in the studio', () => {
  it('is in the catalogue and in costs at once, and on record', async () => {
    const server = await aServer();
    const { status, body } = await server.call('PUT', place('local/llama'), llama);
    expect([status, body.origin, body.custom]).toEqual([200, 'studio', { id: 'local/llama', ...llama }]);
    expect(await listed(server, 'local/llama')).toMatchObject({
      name: 'Llama here',
      provider: 'local',
      context: 128_000,
      priceInput: 0.1,
      priceCacheRead: 0.01,
      quality: 42,
      input: ['text', 'image'],
    });
    const { store, priceBook } = server.open.installation;
    expect(priceBook.version).toContain('+overrides-');
    expect(store.read().audit.last).toMatchObject({
      action: 'model.create',
      subject: 'local/llama',
      before: null,
      after: { id: 'local/llama' },
    });
  });

  it('puts another price in the place of a shipped one, for the very next request, and takes it back', async () => {
    const server = await aServer({ store: await aStoreWithDraft() });
    const trial = () =>
      server.call('POST', '/api/decide', {
        reference: { kind: 'version', id: 'draft', version: null },
        dialect: 'openai-chat',
        request: { model: 'x', messages: [{ role: 'user', content: 'hello' }] },
      });
    const id = 'openai/gpt-5-mini';
    const before = (await server.call('GET', place(id))).body;
    await server.call('PUT', place(id), { price_usd_per_million: { input: 100, output: 100 } });
    const dear = (await server.call('GET', place(id))).body;
    expect([dear.priceInput, dear.priceCacheRead, dear.context]).toEqual([100, 100, before.context]);
    expect(dear.price.source).toBe('override');
    await server.call('PUT', place(id), { price_usd_per_million: null });
    expect((await listed(server, id)).priceInput).toBeNull();
    expect((await server.call('DELETE', place(id))).status).toBe(200);
    expect(await listed(server, id)).toMatchObject({ priceInput: before.priceInput, origin: 'shipped' });
    expect((await server.call('DELETE', place(id))).status).toBe(404);
    expect((await trial()).status).toBeLessThan(500);
  });

  it('names every field that is wrong and what would be right, and keeps nothing', async () => {
    const server = await aServer();
    const wrong = { context: -1, quality: 200, price_usd_per_million: { input: 'cheap', output: 1 } };
    const { status, body } = await server.call('PUT', place('local/llama'), wrong);
    expect([status, body.error.code]).toEqual([400, 'invalid_request']);
    expect(
      Object.fromEntries(
        body.error.fields.map((one: { field: string; message: string }) => [one.field, one.message]),
      ),
    ).toEqual({
      context: 'must be 1 or more',
      quality: 'must be at most 100',
      'price_usd_per_million.input': expect.stringContaining('USD per million tokens'),
    });
    const named = await server.call('PUT', place('llama'), {});
    expect(named.body.error.fields).toEqual([
      { field: 'id', message: expect.stringContaining('<provider>/<model>') },
    ]);
    expect(await listed(server, 'local/llama')).toBeUndefined();
  });

  it('is still there after a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'waybill-models-'));
    const first = await openConfigStore({ folder, clock: Date.now });
    const server = await aServer({ store: first });
    await server.call('PUT', place('local/llama'), llama);
    await first.close();
    const again = await aServer({ store: await openConfigStore({ folder, clock: Date.now }) });
    expect(await listed(again, 'local/llama')).toMatchObject({ origin: 'studio', priceInput: 0.1 });
  });

  it('does not change what the config file states', async () => {
    const file = {
      ...loadConfig({}).config.file,
      catalogue: {
        replace: false,
        models: [{ id: 'local/llama', price_usd_per_million: { input: 1, output: 2 } }],
      },
    };
    const server = await aServer({ config: { file } });
    expect(await listed(server, 'local/llama')).toMatchObject({ origin: 'file', priceInput: 1 });
    const { status, body } = await server.call('PUT', place('local/llama'), llama);
    expect([status, body.error.code]).toEqual([409, 'managed_by_file']);
    expect((await server.call('DELETE', place('local/llama'))).status).toBe(409);
  });
});

describe('a config file', () => {
  it('may put its own catalogue in the place of the shipped one', async () => {
    const file = {
      ...loadConfig({}).config.file,
      catalogue: {
        replace: true,
        models: [{ id: 'local/llama', price_usd_per_million: { input: 1, output: 2 } }],
      },
    };
    const server = await aServer({ config: { file } });
    const { body } = await server.call('GET', '/api/models');
    expect(body.models.map(({ id }: { id: string }) => id)).toEqual(['local/llama']);
    expect(body.priceBook).toMatch(/^own-2026-11-22\+overrides-/);
  });

  it('knows the models of a provider that goes by another name, at their prices', async () => {
    const { file } = loadConfig({}).config;
    const provider = {
      id: 'azure-eu',
      kind: 'azure-openai',
      baseUrl: 'https://eu.example.com',
      apiKey: 'secret',
      retention: 'zero',
      region: 'eu',
      models: [],
    } as const;
    const server = await aServer({ config: { file: { ...file, providers: [provider] } } });
    const [copy, original] = await Promise.all([
      listed(server, 'azure-eu/gpt-5-mini'),
      listed(server, 'azure/gpt-5-mini'),
    ]);
    expect(copy).toMatchObject({
      served: 'provider',
      priceInput: original.priceInput,
      context: original.context,
    });
    const snapshot = await server.call('GET', place('azure-eu/gpt-5-mini-2025-08-07'));
    expect(snapshot.body.id).toBe('azure-eu/gpt-5-mini');
  });
});
