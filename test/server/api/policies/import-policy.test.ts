import { describe, expect, it } from 'vitest';
import { aServer } from '../a-server.ts';

describe('importing a policy over HTTP', () => {
  const text =
    'model_list:\n  - model_name: m\n    litellm_params: { model: openai/gpt-4o, api_key: sk-secret, rpm: 5 }\n';

  it('answers the policy and what was left behind, and saves nothing', async () => {
    const { call } = await aServer();
    const before = (await call('GET', '/api/policies')).body;
    const { status, body } = await call('POST', '/api/policies/import', { text });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      format: 'litellm',
      models: [{ name: 'gpt-4o', target: 'openai/gpt-4o', how: 'exact' }],
    });
    expect(JSON.stringify(body)).not.toContain('sk-secret');
    expect((await call('GET', '/api/policies')).body).toEqual(before);
    const created = await call('POST', '/api/policies', { name: 'Mine', policy: body.policy });
    expect(created.status).toBe(201);
  });

  it('says what is wrong, and where', async () => {
    const { call } = await aServer();
    const bad = await call('POST', '/api/policies/import', { text: '{ "strategy": ' });
    expect([bad.status, bad.body.error.code]).toEqual([422, 'not_importable']);
    expect(bad.body.error.message).toMatch(/It is not JSON.*line 1/);
  });
});
