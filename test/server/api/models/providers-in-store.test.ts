import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aServer } from '../a-server.ts';

const secretKey = Buffer.alloc(32, 7).toString('base64');
const secret = 'sk-proj-abcdefghijklmnop-0001';
const next = 'sk-proj-abcdefghijklmnop-0002';

/** An OpenAI that repeats the key it was called with, as some do. */
async function anUpstream() {
  const seen: string[] = [];
  let refuse = false;
  const server = createServer((request, response) => {
    const key = request.headers.authorization ?? '';
    seen.push(key);
    response.setHeader('content-type', 'application/json');
    if (refuse) {
      response.statusCode = 401;
      response.end(JSON.stringify({ error: { message: `Incorrect API key provided: ${key.slice(7)}` } }));
    } else if (request.url?.endsWith('/models')) response.end('{"data":[]}');
    else
      response.end(
        JSON.stringify({
          id: 'c',
          object: 'chat.completion',
          model: 'm',
          choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
          usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
        }),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return {
    baseUrl,
    seen,
    refuseAll: () => {
      refuse = true;
    },
  };
}

const setting = (baseUrl: string) => ({
  kind: 'openai-compatible',
  baseUrl,
  models: [{ id: 'small' }],
  keys: [{ secret }],
  revision: 0,
});

async function ask({ base, open }: Awaited<ReturnType<typeof aServer>>, model: string) {
  const response = await fetch(`${base}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${open.installation.firstKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] }),
  });
  return { status: response.status, text: await response.text() };
}

describe('providers made in the studio', () => {
  it('serve the next request, with a new key from the one after its rotation on, and not when they are disabled', async () => {
    const upstream = await anUpstream();
    const server = await aServer({ config: { secretKey, allowPrivateUpstreams: true } });
    expect(server.open.installation.providers.sandboxStandsIn).toBe(true);
    const made = await server.call('PUT', '/api/providers/mine', setting(upstream.baseUrl));
    expect(made.status).toBe(200);
    expect(made.body).toMatchObject({ id: 'mine', origin: 'studio', state: 'ready', models: 1 });
    expect(server.open.installation.providers.sandboxStandsIn).toBe(false);
    expect((await ask(server, 'mine/small')).status).toBe(200);
    await server.call('POST', '/api/providers/mine/keys/rotate', { secret: next });
    expect((await ask(server, 'mine/small')).status).toBe(200);
    expect(upstream.seen).toEqual([`Bearer ${secret}`, `Bearer ${next}`]);
    const { stored } = (await server.call('GET', '/api/providers')).body.providers.find(
      ({ id }: { id: string }) => id === 'mine',
    );
    const { keys: _, updatedAt: _at, updatedBy: _by, revision, ...fields } = stored;
    const off = await server.call('PUT', '/api/providers/mine', { ...fields, revision, disabled: true });
    expect(off.body.state).toBe('disabled');
    expect((await ask(server, 'mine/small')).status).toBe(404);
    expect((await server.call('DELETE', '/api/providers/mine')).status).toBe(200);
    expect((await server.call('DELETE', '/api/providers/mine')).body.error.code).toBe('provider_missing');
  });

  it('never show a key: not in an answer, the store, the audit, a log, or what the provider says', async () => {
    const upstream = await anUpstream();
    const lines: string[] = [];
    const logger = pino({ level: 'trace' }, { write: (line) => void lines.push(line) });
    const server = await aServer({ config: { secretKey, allowPrivateUpstreams: true }, logger });
    const answers = [
      await server.call('PUT', '/api/providers/mine', setting(upstream.baseUrl)),
      await server.call('POST', '/api/providers/mine/keys', { secret: next }),
    ];
    upstream.refuseAll();
    answers.push(
      await server.call('POST', '/api/providers/mine/check'),
      await server.call('GET', '/api/providers'),
    );
    const asked = await ask(server, 'mine/small');
    const { store } = server.open.installation;
    const audit = await store.audit.page({ limit: 100 });
    const everything = JSON.stringify([answers.map(({ body }) => body), asked, store.read(), audit, lines]);
    expect(everything).toContain('sk-p…0001');
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain(next);
  });

  it.each([
    'http://127.0.0.1:9000/v1',
    'http://169.254.169.254/latest',
    'http://[::1]:9000/v1',
    'http://localhost:9000/v1',
    'http://10.0.0.5/v1',
    'http://0x7f000001/v1',
  ])('are not made with an address of our own networks: %s', async (baseUrl) => {
    const { call } = await aServer({ config: { secretKey } });
    const refused = await call('PUT', '/api/providers/mine', setting(baseUrl));
    expect([refused.status, refused.body.error.code]).toEqual([400, 'private_address']);
    expect(refused.body.error.message).toContain('WAYBILL_ALLOW_PRIVATE_UPSTREAMS');
  });

  it('leave alone what file, environment and sandbox have', async () => {
    const { call } = await aServer({ config: { secretKey, providerKeys: { OPENAI_API_KEY: 'sk-test' } } });
    const body = { kind: 'openai', keys: [{ secret }], revision: 0 };
    expect((await call('PUT', '/api/providers/openai', body)).body.error.code).toBe('managed_by_file');
    expect((await call('PUT', '/api/providers/sandbox', body)).body.error.code).toBe('managed_by_file');
    const mistaken = await call('PUT', '/api/providers/mine', { ...body, kind: 'azure-openai' });
    expect(mistaken.body.error.fields).toMatchObject([{ field: 'baseUrl' }]);
    const { body: listed } = await call('GET', '/api/providers');
    expect(listed.choices.length).toBeGreaterThan(20);
  });

  it('are changed from the revision that is there', async () => {
    const { call } = await aServer({ config: { secretKey } });
    const body = { kind: 'anthropic', keys: [{ secret }], revision: 0 };
    await call('PUT', '/api/providers/claude', body);
    const stale = await call('PUT', '/api/providers/claude', { ...body, keys: [] });
    expect(stale.body.error).toMatchObject({ code: 'revision_conflict', revision: 1 });
  });
});
