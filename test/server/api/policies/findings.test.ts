import { describe, expect, it } from 'vitest';
import { writePolicy } from '#engine/policy/index.ts';
import { loadConfig } from '#server/config/config.ts';
import { aPolicy, calls } from '../../../engine/builders.ts';
import { aServer, aStoreWithDraft } from '../a-server.ts';

const shadowed = aPolicy(
  {
    size: {
      kind: 'condition',
      cases: [
        { id: 'some', when: 'request.input_tokens > 10', to: 'mini' },
        { id: 'more', when: 'request.input_tokens > 90', to: 'large' },
      ],
      else: 'large',
    },
    mini: calls('openai/gpt-5-mini'),
    large: calls('openai/gpt-5.5'),
  },
  { id: 'draft', name: 'Draft' },
);

describe('findings in the API', () => {
  it('come from /api/check with their places and hints', async () => {
    const server = await aServer();
    const text = writePolicy(shadowed);
    const { body } = await server.call('POST', '/api/check', { text });
    const [found] = body.diagnostics;
    expect(found).toMatchObject({ code: 'case_shadowed', severity: 'warning', node: 'size', port: 'more' });
    expect(found.hint).toContain('Put it higher');
    expect(text.split('\n')[found.line - 1]).toContain('request.input_tokens > 90');
  });

  it('do not stop publishing as long as they are warnings', async () => {
    const server = await aServer({ store: await aStoreWithDraft() });
    await server.call('PUT', '/api/policies/draft', { policy: shadowed, revision: 1 });
    const { status } = await server.call('POST', '/api/policies/draft/publish', { revision: 2, note: '' });
    expect(status).toBe(200);
  });

  it('stop a policy that leads a team of zero retention to a model that may keep', async () => {
    const { config } = loadConfig({ PORT: '0' });
    const file = { ...config.file, teams: [{ id: 'vault', name: 'Vault', retention: 'zero' as const }] };
    const server = await aServer({ config: { file }, store: await aStoreWithDraft() });
    const { status, body } = await server.call('POST', '/api/policies/draft/publish', {
      revision: 1,
      note: '',
    });
    expect(status).toBe(422);
    expect(body.error.message).toContain('Team "vault" asks for zero retention');
    expect(body.error.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'retention_path', node: 'only' }),
    );
  });
});
