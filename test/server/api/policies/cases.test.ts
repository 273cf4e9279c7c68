import { describe, expect, it } from 'vitest';
import { aDraft, aServer, aStoreWithDraft } from '../a-server.ts';

const right = {
  name: 'goes to the small model',
  signals: { 'request.input_tokens': 10 },
  expect: { target: 'openai/gpt-5-mini' },
};
const wrong = { name: 'is refused', signals: {}, expect: { refused: 'no_budget' } };

describe('the cases of a policy', () => {
  it('are none at first, then saved with a revision and played on the draft', async () => {
    const { call } = await aServer({ store: await aStoreWithDraft() });
    expect((await call('GET', '/api/policies/draft/cases')).body).toEqual({
      cases: [],
      revision: 0,
      results: [],
    });
    const saved = await call('PUT', '/api/policies/draft/cases', { cases: [right, wrong], revision: 0 });
    expect(saved.body).toMatchObject({
      revision: 1,
      results: [
        { passed: true, target: 'openai/gpt-5-mini', differences: [] },
        { passed: false, differences: ['The refusal is none, expected no_budget.'] },
      ],
    });
    await call('PUT', '/api/policies/draft', { policy: aDraft('openai/gpt-5.5'), revision: 1 });
    const { body } = await call('GET', '/api/policies/draft/cases');
    expect(body.results[0]).toMatchObject({
      passed: false,
      differences: ['The first target is openai/gpt-5.5, expected openai/gpt-5-mini.'],
    });
  });

  it('are not lost to somebody who saves at the same time', async () => {
    const { call } = await aServer({ store: await aStoreWithDraft() });
    await call('PUT', '/api/policies/draft/cases', { cases: [right], revision: 0 });
    const stale = await call('PUT', '/api/policies/draft/cases', { cases: [], revision: 0 });
    expect([stale.status, stale.body.error.revision]).toEqual([409, 1]);
  });

  it('say which signal cannot be read, and refuse one that expects nothing', async () => {
    const { call } = await aServer({ store: await aStoreWithDraft() });
    const odd = { ...right, signals: { 'request.input_tokens': 'many' } };
    const { body } = await call('PUT', '/api/policies/draft/cases', { cases: [odd], revision: 0 });
    expect(body.results[0].passed).toBe(false);
    expect(body.results[0].differences[0]).toContain('request.input_tokens');
    const empty = await call('PUT', '/api/policies/draft/cases', {
      cases: [{ ...right, expect: {} }],
      revision: 1,
    });
    expect(empty.body.error.message).toContain('expects nothing');
  });

  it('belong to a policy that exists', async () => {
    const { call } = await aServer();
    expect((await call('GET', '/api/policies/nothing/cases')).status).toBe(404);
  });
});
