import { describe, expect, it } from 'vitest';
import { flowOf } from '#server/api/flow-of-paths.ts';
import { aRecord } from '../store/builders.ts';
import { aServer, aStoreWithDraft } from './a-server.ts';

describe('the flow through a policy', () => {
  it('counts requests, failures and latency at every exit and node of their paths', () => {
    const come = [
      { path: 'task:code>strong', status: 'served', recovered: true, latencyMs: 3_000 },
      { path: 'task:code>strong', status: 'failed', recovered: false, latencyMs: 9_000 },
      { path: 'task:else?>cheap', status: 'served', recovered: false, latencyMs: 100 },
      { path: 'task:else>cheap', status: 'abandoned', recovered: false, latencyMs: null },
    ];
    const { edges, nodes, ...all } = flowOf(come);
    expect(all).toEqual({ requests: 4, failed: 1, recovered: 1, latencyP50Ms: 100, latencyP95Ms: 3_000 });
    expect(edges).toEqual([
      {
        node: 'task',
        port: 'code',
        requests: 2,
        failed: 1,
        recovered: 1,
        latencyP50Ms: 3_000,
        latencyP95Ms: 3_000,
      },
      {
        node: 'task',
        port: 'else',
        requests: 2,
        failed: 0,
        recovered: 0,
        latencyP50Ms: 100,
        latencyP95Ms: 100,
      },
    ]);
    expect(nodes.map(({ node, requests }) => [node, requests])).toEqual([
      ['task', 4],
      ['strong', 2],
      ['cheap', 2],
    ]);
  });

  it('is nothing where nothing came', () => {
    expect(flowOf([])).toEqual({
      requests: 0,
      failed: 0,
      recovered: 0,
      latencyP50Ms: null,
      latencyP95Ms: null,
      edges: [],
      nodes: [],
    });
  });
});

describe('the flow over HTTP', () => {
  const now = Date.UTC(2026, 10, 22, 12);
  const mine = { 'decision.policy': 'draft', 'decision.version': 1, 'decision.path': 'only' } as const;
  const failed = '[{"target":"a/b","outcome":"timeout"},{"target":"a/c","outcome":"served"}]';

  it('is that of the serving version in the last quarter of an hour', async () => {
    const { call, log } = await aServer({ store: await aStoreWithDraft(), clock: () => now });
    log.append(aRecord({ ...mine, id: 'old', 'time.at': now - 15 * 60_000 }));
    log.append(aRecord({ ...mine, id: 'a', 'time.at': now - 60_000, 'outcome.attempts': failed }));
    log.append(aRecord({ ...mine, id: 'b', 'time.at': now, 'outcome.status': 'failed' }));
    log.append(aRecord({ ...mine, id: 'other', 'time.at': now, 'decision.version': 2 }));
    const { status, body } = await call('GET', '/api/policies/draft/flow');
    expect(status).toBe(200);
    expect(body).toMatchObject({ version: 1, serving: 1, requests: 2, failed: 1, recovered: 1 });
    expect(body.nodes).toMatchObject([{ node: 'only', requests: 2, failed: 1, recovered: 1 }]);
    const other = (await call('GET', '/api/policies/draft/flow?version=2')).body;
    expect(other).toMatchObject({ version: 2, serving: 1, requests: 1 });
    expect((await call('GET', '/api/policies/none/flow')).status).toBe(404);
  });
});
