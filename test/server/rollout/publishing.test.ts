import { describe, expect, it, onTestFinished } from 'vitest';
import { publishWhenDue } from '#server/rollout/publish-when-due.ts';
import { aDraft, aServer, aStoreWithDraft } from '../api/a-server.ts';
import { silent } from '../store/builders.ts';

const token = 'the-admin-token-of-ann';
const asAdmin = { authorization: `Bearer ${token}` };

/** Two servers with one configuration: on the one everybody is `local`, on the other `admin`. */
async function twoPeople() {
  const store = await aStoreWithDraft();
  const ben = await aServer({ store });
  const other = await aServer({ store, config: { adminToken: token } });
  const ann = {
    call: (method: string, path: string, body?: unknown) => other.call(method, path, body, asAdmin),
  };
  await ben.call('PUT', '/api/policies/draft', { policy: aDraft('openai/gpt-5.5'), revision: 1 });
  return { store, ben, ann };
}

const publish = '/api/policies/draft/publish';
const later = () => new Date(Date.now() + 3_600_000).toISOString();

describe('a policy that needs a second person', () => {
  it('is published as it was proposed when somebody else approves, and not by its author', async () => {
    const { store, ben, ann } = await twoPeople();
    expect((await ann.call('PUT', '/api/publishing', { approval: ['dr*'] })).status).toBe(200);
    const { body } = await ben.call('POST', publish, { revision: 2, note: 'Better' });
    expect(body.proposal).toMatchObject({ state: 'waiting', author: 'local', note: 'Better' });
    expect(body.versions).toHaveLength(1);
    const decide = `/api/proposals/${body.proposal.id}/decide`;
    const own = await ben.call('POST', decide, { decision: 'approve' });
    expect([own.status, own.body.error.code]).toEqual([403, 'own_proposal']);
    // Edits after the proposal are not published with it.
    await ben.call('PUT', '/api/policies/draft', { policy: aDraft('openai/gpt-5-nano'), revision: 2 });
    expect((await ann.call('GET', '/api/proposals')).body.proposals[0]).toMatchObject({
      mayApprove: true,
      mayWithdraw: false,
    });
    const approved = await ann.call('POST', decide, { decision: 'approve', reason: 'Looks right.' });
    expect(approved.body).toMatchObject({ state: 'published', version: 2, decidedBy: 'admin' });
    expect(store.read().versions.at(-1)).toMatchObject({ version: 2, author: 'local', note: 'Better' });
    expect(store.read().versions.at(-1)?.policy).toEqual(aDraft('openai/gpt-5.5'));
    expect((await ann.call('POST', decide, { decision: 'approve' })).body.error.code).toBe(
      'proposal_decided',
    );
  });

  it('stays as it is when it is rejected with a reason, or taken back', async () => {
    const { store, ben, ann } = await twoPeople();
    await ann.call('PUT', '/api/publishing', { approval: ['draft'] });
    const first = (await ben.call('POST', publish, { revision: 2 })).body.proposal.id;
    expect((await ben.call('POST', publish, { revision: 2 })).body.error.code).toBe('proposal_open');
    const decide = (who: typeof ann, id: string, body: object) =>
      who.call('POST', `/api/proposals/${id}/decide`, body);
    expect((await decide(ann, first, { decision: 'reject' })).status).toBe(400);
    expect((await decide(ann, first, { decision: 'withdraw' })).body.error.code).toBe('not_own_proposal');
    const rejected = await decide(ann, first, { decision: 'reject', reason: 'Too dear.' });
    expect(rejected.body).toMatchObject({ state: 'rejected', reason: 'Too dear.' });
    const second = (await ben.call('POST', publish, { revision: 2 })).body.proposal.id;
    expect((await decide(ben, second, { decision: 'withdraw' })).body.state).toBe('withdrawn');
    expect(store.read().versions).toHaveLength(1);
  });
});

describe('a scheduled publication', () => {
  it('waits for its time, also across a restart, and is published once', async () => {
    const { store, ben } = await twoPeople();
    const due = later();
    const { body } = await ben.call('POST', publish, { revision: 2, due });
    expect(body.proposal).toMatchObject({ state: 'scheduled', due });
    await ben.open.installation.schedule.look();
    expect(store.read().versions).toHaveLength(1);
    const restarted = publishWhenDue({
      store,
      clock: () => Date.parse(due),
      logger: silent,
      requireSound: () => {},
      poolsOf: () => ({}),
    });
    onTestFinished(() => restarted.close());
    await Promise.all([restarted.look(), restarted.look()]);
    await restarted.look();
    expect(store.read().versions.map(({ version }) => version)).toEqual([1, 2]);
    expect(store.read().proposals[0]).toMatchObject({ state: 'published', version: 2 });
  });

  it('is taken back before its time, and cannot be set in the past', async () => {
    const { ben } = await twoPeople();
    const past = await ben.call('POST', publish, { revision: 2, due: '2020-01-01T00:00:00Z' });
    expect(past.status).toBe(400);
    const { proposal } = (await ben.call('POST', publish, { revision: 2, due: later() })).body;
    const taken = await ben.call('POST', `/api/proposals/${proposal.id}/decide`, { decision: 'withdraw' });
    expect(taken.body.state).toBe('withdrawn');
  });
});

describe('the gate', () => {
  it('stops a draft whose cases fail, unless somebody says why', async () => {
    const { ben } = await twoPeople();
    const cases = [{ name: 'stays small', signals: {}, expect: { target: 'openai/gpt-5-mini' } }];
    const written = await ben.call('PUT', '/api/policies/draft/cases', { cases, revision: 0 });
    expect(written.body.results[0].passed).toBe(false);
    const stopped = await ben.call('POST', publish, { revision: 2 });
    expect(stopped.body.error).toMatchObject({ code: 'cases_fail' });
    expect(stopped.body.error.message).toContain('stays small');
    const done = await ben.call('POST', publish, { revision: 2, cases_override: 'The case is old.' });
    expect(done.body.versions[0].version).toBe(2);
  });

  it('holds a kept what-if against the limits, and says the figures', async () => {
    const server = await aServer({ records: 300 });
    const { policy, revision } = (await server.call('GET', '/api/policies/support')).body;
    const nodes: Readonly<Record<string, { readonly kind: string }>> = policy.nodes;
    const entry = Object.keys(nodes).find((id) => nodes[id]?.kind === 'model');
    const draft = { ...policy, entry };
    await server.call('PUT', '/api/policies/support', { policy: draft, revision });
    const kept = await server.call('POST', '/api/simulations', {
      candidate: { policy: draft },
      baseline: { id: 'support', version: 1 },
      from: 0,
    });
    expect(kept.body.changed).toBeGreaterThan(0);
    const asked = { revision: revision + 1, simulation: kept.body.id };
    const path = '/api/policies/support/publish';
    const stopped = await server.call('POST', path, { ...asked, limits: { changed: 0 } });
    expect([stopped.status, stopped.body.error.code]).toEqual([409, 'limit_exceeded']);
    expect(stopped.body.error.message).toContain(`${kept.body.changed} of ${kept.body.records} requests`);
    expect((await server.call('POST', path, { ...asked, limits: { changed: 1 } })).status).toBe(200);
  });

  it('takes limits only with the what-if that they are held against', async () => {
    const { ben } = await twoPeople();
    const { body } = await ben.call('POST', publish, { revision: 2, limits: { changed: 0.1 } });
    expect(body.error.code).toBe('limits_need_simulation');
  });
});
