import { describe, expect, it } from 'vitest';
import { aServer, aStoreWithDraft } from '../a-server.ts';

describe('who has a draft open', () => {
  const path = '/api/policies/draft/presence';

  it('is told to every other tab with the node it is at, until it leaves', async () => {
    const { call } = await aServer({ store: await aStoreWithDraft() });
    const first = await call('POST', path, { tab: 'one', node: null });
    expect(first.body).toEqual({ revision: 1, others: [] });
    await call('POST', path, { tab: 'one', node: 'only' });
    const second = await call('POST', path, { tab: 'two', node: null });
    expect(second.body.others).toEqual([{ tab: 'one', who: 'local', isYou: true, node: 'only' }]);
    await call('POST', path, { tab: 'one', node: null, leaving: true });
    expect((await call('POST', path, { tab: 'two', node: null })).body.others).toEqual([]);
  });

  it('tells the draft’s revision, so that a tab learns of a colleague’s save, and knows no policy that is not there', async () => {
    const { call } = await aServer({ store: await aStoreWithDraft() });
    const { body } = await call('GET', '/api/policies/draft');
    await call('PUT', '/api/policies/draft', { policy: body.policy, revision: 1 });
    expect((await call('POST', path, { tab: 'one', node: null })).body.revision).toBe(2);
    expect((await call('POST', '/api/policies/gone/presence', { tab: 'one', node: null })).status).toBe(404);
  });
});
