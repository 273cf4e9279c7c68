import { describe, expect, it } from 'vitest';
import { aDraft, aServer, aStoreWithDraft } from '../api/a-server.ts';

const at = '/api/policies/draft';
const canary = { mode: 'canary', steps: [{ share: 0.5, minutes: 100 }], guards: {}, min_requests: 10 };

/** Version 1 calls the small model, version 2 the large one. */
async function aServerWithTwo(rollout?: object) {
  const server = await aServer({ store: await aStoreWithDraft() });
  await server.call('PUT', at, { policy: aDraft('openai/gpt-5.5'), revision: 1 });
  const asked = { revision: 2, note: 'Larger', ...(rollout === undefined ? {} : { rollout }) };
  expect((await server.call('POST', `${at}/publish`, asked)).status).toBe(200);
  const state = () => server.open.installation.store.read();
  const back = (body: object) =>
    server.call('POST', `${at}/rollback`, { from: 2, reason: 'Dearer', ...body });
  return { server, state, back };
}

describe('going back to an earlier version', () => {
  it('makes it the newest at once, as it was, with the reason in the audit', async () => {
    const { server, state, back } = await aServerWithTwo();
    const { status, body } = await back({ version: 1 });
    expect(status).toBe(200);
    expect(body.versions[0]).toMatchObject({ version: 3, note: 'Back to version 1: Dearer' });
    const [first, , third] = state().versions;
    expect([third?.hash, third?.policy, third?.pools]).toEqual([first?.hash, first?.policy, first?.pools]);
    expect(state().deployments).toEqual([{ alias: 'auto', policyId: 'draft', version: null }]);
    const { entries } = (await server.call('GET', '/api/audit?limit=1')).body;
    expect(entries[0]).toMatchObject({
      action: 'policy.roll_back',
      subject: 'draft',
      reason: 'Dearer',
      after: { version: 3, back_to: 1 },
    });
  });

  it('leaves the draft as it is, and is taken back by publishing it', async () => {
    const { server, state, back } = await aServerWithTwo();
    await back({ version: 1 });
    expect(state().policies[0]?.policy).toEqual(aDraft('openai/gpt-5.5'));
    const { body } = await server.call('POST', `${at}/publish`, { revision: 2 });
    expect(body.versions[0].hash).toBe(state().versions[1]?.hash);
  });

  it('moves aliases along that are held at the version that is left, and no others', async () => {
    const { server, state, back } = await aServerWithTwo();
    await server.call('PUT', '/api/deployments/new', { policy: 'draft', version: 2 });
    await server.call('PUT', '/api/deployments/old', { policy: 'draft', version: 1 });
    await back({ version: 1 });
    const held = Object.fromEntries(state().deployments.map(({ alias, version }) => [alias, version]));
    expect(held).toEqual({ auto: null, new: 3, old: 1 });
  });

  it('ends a rollout of the policy', async () => {
    const { state, back } = await aServerWithTwo(canary);
    expect(state().deployments[0]?.rollout?.candidate.version).toBe(2);
    await back({ version: 1 });
    expect(state().deployments).toEqual([{ alias: 'auto', policyId: 'draft', version: null }]);
    expect(state().rollouts[0]).toMatchObject({ outcome: 'rolled_back', reason: 'Dearer', by: 'local' });
  });

  it('is refused without a reason, to a version that is not there or the same, and on old knowledge', async () => {
    const { back } = await aServerWithTwo();
    const codes = async (body: object) => {
      const answer = await back(body);
      return [answer.status, answer.body.error.code];
    };
    expect(await codes({ version: 1, reason: ' ' })).toEqual([400, 'invalid_request']);
    expect(await codes({ version: 9 })).toEqual([404, 'version_missing']);
    expect(await codes({ version: 2 })).toEqual([409, 'nothing_to_publish']);
    expect(await codes({ version: 1, from: 1 })).toEqual([409, 'newer_version']);
  });
});

describe('an alias that is held since its candidate was taken back', () => {
  it('follows again when the next version is published, and not before', async () => {
    const { server, state } = await aServerWithTwo(canary);
    await server.call('POST', '/api/deployments/auto/rollout/end', { outcome: 'rolled_back' });
    expect(state().deployments[0]?.version).toBe(1);
    await server.call('PUT', at, { policy: aDraft('openai/gpt-5-nano'), revision: 2 });
    await server.call('POST', `${at}/publish`, { revision: 3, note: 'Mended' });
    expect(state().deployments).toEqual([{ alias: 'auto', policyId: 'draft', version: null }]);
  });
});
