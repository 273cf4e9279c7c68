import { describe, expect, it } from 'vitest';
import { type Policy, semanticHash } from '#engine/policy/index.ts';
import { aDraft, aServer } from '../a-server.ts';

const guard = (): Policy => ({
  ...aDraft(),
  id: 'guard',
  name: 'Guard',
  entry: 'on',
  nodes: { on: { kind: 'output', label: 'Goes on', to: null } },
});

/** The draft with one of its nodes standing for another policy. */
const taking = (id: string, of: string, version: number | null): Policy => ({
  ...aDraft(),
  id,
  name: id,
  groups: {
    taken: {
      name: of,
      nodes: Object.keys(aDraft().nodes),
      collapsed: true,
      subpolicy: { policy: of, version, hash: semanticHash(guard()), entry: 'on', nodes: {} },
    },
  },
});

async function withPolicies(...policies: readonly Policy[]) {
  const server = await aServer();
  for (const policy of policies) {
    const { id, name } = policy;
    const made = await server.call('POST', '/api/policies', { id, name, policy });
    expect(made.status).toBe(201);
  }
  return server;
}

describe('a policy that others took over as a sub-policy', () => {
  it('says which drafts use it and in which version, in the list and by itself', async () => {
    const { call } = await withPolicies(guard(), taking('desk', 'guard', 3), taking('batch', 'guard', null));
    const usedIn = [
      { policy: 'batch', name: 'batch', version: null },
      { policy: 'desk', name: 'desk', version: 3 },
    ];
    expect((await call('GET', '/api/policies/guard')).body.usedIn).toEqual(usedIn);
    const { body } = await call('GET', '/api/policies');
    expect(body.policies.find(({ id }: { id: string }) => id === 'guard')).toMatchObject({ usedIn });
    expect((await call('GET', '/api/policies/desk')).body.usedIn).toEqual([]);
  });

  it('says what its newest version brings: nodes, open outputs, and the policies in it however deep', async () => {
    const inner = taking('inner', 'guard', 1);
    const { call } = await withPolicies(guard(), inner, taking('outer', 'inner', 1));
    for (const id of ['guard', 'inner', 'outer'])
      expect((await call('POST', `/api/policies/${id}/publish`, { revision: 1 })).status).toBe(200);
    const { body } = await call('GET', '/api/policies');
    const offers = Object.fromEntries(
      body.policies.map((one: { id: string; offers: unknown }) => [one.id, one.offers]),
    );
    expect(offers).toMatchObject({
      guard: { nodes: 1, outputs: 1, contains: [] },
      inner: { nodes: 1, outputs: 0, contains: ['guard'] },
      outer: { nodes: 1, outputs: 0, contains: ['guard', 'inner'] },
    });
  });

  it('can be deleted all the same: what was taken over stands on its own', async () => {
    const { call } = await withPolicies(guard(), taking('desk', 'guard', 3));
    expect((await call('DELETE', '/api/policies/guard')).status).toBe(200);
    const left = await call('GET', '/api/policies/desk');
    expect(left.body.policy.groups.taken.subpolicy).toMatchObject({ policy: 'guard', version: 3 });
  });
});
