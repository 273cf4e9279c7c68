import { describe, expect, it } from 'vitest';
import { flowOf } from '#server/api/traffic/flow-of-paths.ts';
import { aRecord } from '../../store/builders.ts';
import { aServer, aStoreWithDraft } from '../a-server.ts';

describe('the flow through a policy', () => {
  it('counts what came by every exit and node: a model its own calls, what leads to it whole requests', () => {
    const path = 'task:code>strong:1>opus>strong:2>gpt';
    const timedOut = { outcome: 'timeout', latencyMs: 2_000 };
    const come = [
      { path, status: 'served', latencyMs: 500, calls: [{ outcome: 'served', latencyMs: 400 }] },
      { path, status: 'served', latencyMs: 3_000, calls: [timedOut, { outcome: 'served', latencyMs: 900 }] },
      { path, status: 'failed', latencyMs: 4_000, calls: [timedOut, timedOut] },
    ];
    const { edges, nodes, ...all } = flowOf(come);
    expect(all).toEqual({ requests: 3, failed: 1, recovered: 1, latencyP50Ms: 500, latencyP95Ms: 3_000 });
    const told = [
      ...edges.map(({ node, port, ...flow }) => ({ at: `${node}:${port}`, ...flow })),
      ...nodes.map(({ node, ...flow }) => ({ at: node, ...flow })),
    ];
    expect(
      told.map(({ at, requests, failed, recovered, latencyP95Ms }) => [
        at,
        requests,
        failed,
        recovered,
        latencyP95Ms,
      ]),
    ).toEqual([
      ['task:code', 3, 1, 1, 3_000],
      ['strong:1', 3, 2, 0, 400],
      ['strong:2', 2, 1, 0, 900],
      ['opus', 3, 2, 0, 400],
      ['task', 3, 1, 1, 3_000],
      ['strong', 3, 1, 1, 3_000],
      ['gpt', 2, 1, 0, 900],
    ]);
  });

  it('counts an undetermined exit as the exit it is, a refusal where it ended, and every call of a pool at the pool', () => {
    const { edges, nodes } = flowOf([
      {
        path: 'task:else?>pool',
        status: 'served',
        latencyMs: 9,
        calls: [
          { outcome: 'network', latencyMs: 1 },
          { outcome: 'served', latencyMs: 7 },
        ],
      },
      { path: 'task:no>stop', status: 'refused', latencyMs: 1, calls: [] },
    ]);
    expect(edges.map(({ node, port, requests }) => [`${node}:${port}`, requests])).toEqual([
      ['task:else', 1],
      ['task:no', 1],
    ]);
    expect(nodes.map(({ node, requests, recovered }) => [node, requests, recovered])).toEqual([
      ['pool', 1, 1],
      ['task', 2, 1],
      ['stop', 1, 0],
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
    const broken = '[{"target":"a/b","outcome":"timeout"}]';
    log.append(
      aRecord({ ...mine, id: 'b', 'time.at': now, 'outcome.status': 'failed', 'outcome.attempts': broken }),
    );
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
