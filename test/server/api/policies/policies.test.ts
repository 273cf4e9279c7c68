import { describe, expect, it } from 'vitest';
import { aDraft, aServer, aStoreWithDraft } from '../a-server.ts';

describe('policies over HTTP', () => {
  it('are listed by name with what is published and what is wrong with them', async () => {
    const { call } = await aServer({ store: await aStoreWithDraft() });
    await call('POST', '/api/policies', { name: 'A new one' });
    const { body } = await call('GET', '/api/policies');
    expect(body.policies).toMatchObject([
      { id: 'a-new-one', nodes: 0, published: null, aliases: [], errors: 1, origin: 'studio' },
      { id: 'draft', nodes: 1, published: { version: 1 }, aliases: ['auto'], errors: 0 },
    ]);
  });

  it('get an id from their name, with a number where it is taken', async () => {
    const { call } = await aServer();
    const first = await call('POST', '/api/policies', { name: '2. Réponses  & Code!' });
    const second = await call('POST', '/api/policies', { name: 'Reponses code' });
    const third = await call('POST', '/api/policies', { name: '漢字' });
    expect([first, second, third].map(({ status, body }) => [status, body.policy.id])).toEqual([
      [201, 'reponses-code'],
      [201, 'reponses-code-2'],
      [201, 'policy'],
    ]);
  });

  it('can be created as a copy of a document, which takes the new id and name', async () => {
    const { call } = await aServer();
    const { body } = await call('POST', '/api/policies', { name: 'Copy', id: 'copy', policy: aDraft() });
    expect(body.policy).toEqual({ ...aDraft(), id: 'copy', name: 'Copy' });
    expect((await call('POST', '/api/policies', { name: 'Copy', id: 'copy' })).body.error.code).toBe(
      'policy_exists',
    );
  });

  it('are saved with a revision, and a stale one is told the present one', async () => {
    const { call } = await aServer({ store: await aStoreWithDraft() });
    const policy = aDraft('openai/gpt-5.5');
    const saved = await call('PUT', '/api/policies/draft', { policy, revision: 1 });
    expect(saved.body).toMatchObject({ revision: 2, policy, versions: [{ version: 1 }] });
    const stale = await call('PUT', '/api/policies/draft', { policy, revision: 1 });
    expect(stale.status).toBe(409);
    expect(stale.body.error).toMatchObject({ code: 'revision_conflict', revision: 2 });
  });

  it('are saved by one of two who save at the same time', async () => {
    const { call } = await aServer({ store: await aStoreWithDraft() });
    const answers = await Promise.all(
      ['a', 'b'].map((name) =>
        call('PUT', '/api/policies/draft', { policy: { ...aDraft(), name }, revision: 1 }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('keep their id', async () => {
    const { call } = await aServer({ store: await aStoreWithDraft() });
    const answer = await call('PUT', '/api/policies/draft', {
      policy: { ...aDraft(), id: 'other' },
      revision: 1,
    });
    expect([answer.status, answer.body.error.code]).toEqual([400, 'invalid_request']);
  });

  it('are published as the next version, and serve the request that comes after', async () => {
    const { call, open } = await aServer({ store: await aStoreWithDraft() });
    await call('PUT', '/api/policies/draft', { policy: aDraft('openai/gpt-5.5'), revision: 1 });
    const published = await call('POST', '/api/policies/draft/publish', { revision: 2, note: 'better' });
    expect(published.body.versions).toMatchObject([
      { version: 2, note: 'better', author: 'local' },
      { version: 1 },
    ]);
    expect(open.installation.plans.resolve('auto')).toMatchObject({ kind: 'policy', version: 2 });
    expect((await call('GET', '/api/policies/draft/versions/1')).body.policy).toEqual(aDraft());
  });

  it('are not published twice with the same meaning', async () => {
    const { call } = await aServer({ store: await aStoreWithDraft() });
    const moved = { ...aDraft(), name: 'Renamed', layout: { only: [10, 20] } };
    await call('PUT', '/api/policies/draft', { policy: moved, revision: 1 });
    const answer = await call('POST', '/api/policies/draft/publish', { revision: 2 });
    expect([answer.status, answer.body.error.code]).toEqual([409, 'nothing_to_publish']);
  });

  it('are not published with errors, nor from a stale revision', async () => {
    const { call } = await aServer();
    await call('POST', '/api/policies', { name: 'Empty' });
    const invalid = await call('POST', '/api/policies/empty/publish', { revision: 1 });
    expect(invalid.status).toBe(422);
    expect(invalid.body.error).toMatchObject({
      code: 'policy_invalid',
      diagnostics: [{ code: 'policy_empty' }],
    });
    const stale = await call('POST', '/api/policies/empty/publish', { revision: 7 });
    expect(stale.body.error).toMatchObject({ code: 'revision_conflict', revision: 1 });
  });

  it('are deleted when no alias points at them; their versions stay', async () => {
    const { call } = await aServer({ store: await aStoreWithDraft() });
    const used = await call('DELETE', '/api/policies/draft');
    expect([used.status, used.body.error.code]).toEqual([409, 'policy_in_use']);
    await call('DELETE', '/api/deployments/auto');
    expect((await call('DELETE', '/api/policies/draft')).status).toBe(200);
    expect((await call('GET', '/api/policies/draft')).status).toBe(404);
    expect((await call('GET', '/api/policies/draft/versions/1')).status).toBe(200);
  });

  it('are told from ones that do not exist', async () => {
    const { call } = await aServer({ store: await aStoreWithDraft() });
    const { status, body } = await call('GET', '/api/policies/drift');
    expect(status).toBe(404);
    expect(body.error).toEqual({
      code: 'policy_missing',
      message: 'There is no policy "drift". There are: draft.',
    });
    expect((await call('GET', '/api/policies/draft/versions/9')).body.error.code).toBe('version_missing');
  });

  it('leave an audit entry with every change', async () => {
    const { call, open } = await aServer({ store: await aStoreWithDraft() });
    await call('PUT', '/api/policies/draft', { policy: aDraft('openai/gpt-5.5'), revision: 1 });
    await call('POST', '/api/policies/draft/publish', { revision: 2 });
    const { entries } = await open.installation.store.audit.page({ limit: 100 });
    const actions = entries.toReversed().map(({ actor, action }) => [actor, action]);
    expect(actions.slice(1)).toEqual([
      ['local', 'policy.write'],
      ['local', 'policy.publish'],
    ]);
  });

  it('are checked as text, with line and column', async () => {
    const { call } = await aServer();
    const broken = await call('POST', '/api/check', { text: '{\n  "format": 1,\n  "id": }' });
    expect(broken.body).toMatchObject({ hash: null, diagnostics: [{ code: 'json_syntax', line: 3 }] });
    const text = JSON.stringify(aDraft('openai/gpt-nonsense'));
    const unknown = await call('POST', '/api/check', { text });
    expect(unknown.body.diagnostics).toMatchObject([
      { code: 'model_unknown', severity: 'warning', node: 'only' },
    ]);
    expect(unknown.body.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('that ship with Waybill are offered as templates, each free of errors', async () => {
    const { call } = await aServer();
    const { templates } = (await call('GET', '/api/templates')).body;
    expect(templates.map(({ id }: { id: string }) => id)).toContain('support');
    const { readdirSync } = await import('node:fs');
    const files = readdirSync('policies').filter((name) => name.endsWith('.policy.json'));
    expect(templates).toHaveLength(files.length);
  });
});
