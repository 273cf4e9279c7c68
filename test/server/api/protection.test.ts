import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { aServer } from './a-server.ts';

/** `fetch` sets Host and Origin itself, so these go by hand. */
function statusOf(base: string, path: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${base}${path}`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('the API without an admin token', () => {
  it('answers scripts and pages of this machine', async () => {
    const { base } = await aServer();
    const { host } = new URL(base);
    expect(await statusOf(base, '/api/status', {})).toBe(200);
    expect(await statusOf(base, '/api/status', { host, origin: `http://${host}` })).toBe(200);
    expect(await statusOf(base, '/api/status', { host: 'localhost:1' })).toBe(200);
    expect(await statusOf(base, '/api/status', { host: '[::1]:1' })).toBe(200);
  });

  it('refuses names that are not this machine’s, and pages of other origins', async () => {
    const { base } = await aServer();
    const { host } = new URL(base);
    expect(await statusOf(base, '/api/status', { host: 'evil.example' })).toBe(403);
    expect(await statusOf(base, '/api/status', { host: '127.0.0.1.evil.example' })).toBe(403);
    expect(await statusOf(base, '/api/status', { host, origin: 'https://evil.example' })).toBe(403);
    expect(await statusOf(base, '/api/status', { host, origin: 'http://127.0.0.1:1' })).toBe(403);
    expect(await statusOf(base, '/api/status', { host, origin: 'null' })).toBe(403);
    expect(await statusOf(base, '/api/traffic', { host: 'evil.example' })).toBe(403);
  });
});

describe('the API with an admin token', () => {
  it('answers bearers of the token only', async () => {
    const { call, base } = await aServer({ config: { adminToken: 'the-token' } });
    expect((await call('GET', '/api/status')).body.error.code).toBe('not_authenticated');
    expect((await call('GET', '/api/status', undefined, { authorization: 'Bearer the-tokem' })).status).toBe(
      401,
    );
    expect((await call('GET', '/api/status', undefined, { authorization: 'bearer the-token' })).status).toBe(
      200,
    );
    expect(
      await statusOf(base, '/api/status', { host: 'gateway.example', authorization: 'Bearer the-token' }),
    ).toBe(200);
  });

  it('lets a browser in that opened the studio with it, and takes the token out of the address', async () => {
    const { call, base } = await aServer({ config: { adminToken: 'the-token' } });
    expect((await call('GET', '/?token=wrong')).status).toBe(401);
    const opened = await call('GET', '/?token=the-token');
    const cookie = opened.headers.get('set-cookie') ?? '';
    expect([opened.status, opened.headers.get('location')]).toEqual([303, '/']);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(cookie).not.toContain('the-token');
    const session = cookie.split(';')[0] ?? '';
    expect(await statusOf(base, '/api/status', { cookie: `other=1; ${session}` })).toBe(200);
    expect(await statusOf(base, '/api/status', { cookie: session, origin: 'https://evil.example' })).toBe(
      403,
    );
  });

  it('leaves health and readiness open', async () => {
    const { call } = await aServer({ config: { adminToken: 'the-token' } });
    expect((await call('GET', '/healthz')).body).toEqual({ status: 'ok' });
    expect((await call('GET', '/readyz')).body).toEqual({ ready: true, problems: [] });
  });
});

describe('the server', () => {
  it('answers HEAD / as agents ask it, and never frames or sniffs', async () => {
    const { call } = await aServer();
    const { status, headers } = await call('HEAD', '/');
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toContain("worker-src 'self' blob:");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('tells a wrong path, method or body from a fault of its own', async () => {
    const { call } = await aServer();
    expect((await call('GET', '/api/nonsense')).body.error.code).toBe('not_found');
    expect((await call('PUT', '/api/status', {})).status).toBe(404);
    expect((await call('POST', '/api/policies', '{"name": ')).body.error.code).toBe('invalid_request');
    const wrong = await call('POST', '/api/policies', { nam: 'x' });
    expect(wrong.status).toBe(400);
    expect(wrong.body.error.message).toMatch(/body\.name: .*; body: Unrecognized key: "nam"/);
    expect((await call('GET', '/api/records?limit=0')).body.error.message).toContain('query.limit');
  });

  it('describes its API, every call of it, and the policy document', async () => {
    const { call } = await aServer();
    const { calls } = await import('#server/contract/index.ts');
    const { body } = await call('GET', '/api/openapi.json');
    const described = Object.values<object>(body.paths).flatMap((methods) =>
      Object.values<{ operationId: string }>(methods as never).map(({ operationId }) => operationId),
    );
    expect(described.sort()).toEqual(Object.keys(calls).sort());
    expect(body.openapi).toBe('3.1.0');
    const schema = await call('GET', '/api/policy.schema.json');
    expect(schema.body.definitions.Policy.title).toBe('Waybill policy');
  });
});
