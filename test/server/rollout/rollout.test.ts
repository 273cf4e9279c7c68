import { describe, expect, it } from 'vitest';
import type { TrafficEvent } from '#server/contract/index.ts';
import { aDraft, aServer, aStoreWithDraft, type TestServer } from '../api/a-server.ts';
import { anUpstream, sendJson } from '../support/servers.ts';
import { aCompletion } from '../support/wire.ts';

const secret = 'wb-0123456789abcdef';

/** A server whose alias `auto` serves version 1 of `draft` (gpt-5-mini); an upstream that fails for these models. */
async function aServerWithTraffic(failing: readonly string[] = [], clock: () => number = Date.now) {
  const upstream = await anUpstream((res, { body }) => {
    const { model } = JSON.parse(body) as { model: string };
    if (failing.includes(model)) sendJson(res, 500, { error: { message: 'no', type: 'server_error' } });
    else sendJson(res, 200, aCompletion());
  });
  const provider = {
    id: 'openai',
    kind: 'openai',
    baseUrl: `${upstream.url}/v1`,
    apiKey: 'sk-upstream',
    retention: 'unknown',
    region: null,
    models: [],
  } as const;
  const key = { id: 'ci', team: 'default', project: '', tags: [], secret };
  const file = { providers: [provider], teams: [], keys: [key], policies: null, deployments: [] };
  const server = await aServer({ store: await aStoreWithDraft(), config: { sandbox: false, file }, clock });
  return { ...server, seen: upstream.seen };
}

async function ask(server: TestServer, session: string): Promise<string> {
  const headers = { authorization: `Bearer ${secret}`, 'x-waybill-session': session };
  const body = { model: 'auto', messages: [{ role: 'user', content: 'Hello' }] };
  const answer = await server.call('POST', '/v1/chat/completions', body, headers);
  return answer.headers.get('x-waybill-version') ?? '';
}

async function publishAsCanary(server: TestServer, target: string, rollout: object): Promise<void> {
  await server.call('PUT', '/api/policies/draft', { policy: aDraft(target), revision: 1 });
  const answer = await server.call('POST', '/api/policies/draft/publish', { revision: 2, rollout });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}

const half = {
  steps: [
    { share: 0.5, minutes: 60 },
    { share: 1, minutes: 60 },
  ],
  min_requests: 40,
};

describe('a canary', () => {
  it('serves its share, keeps every conversation on its side, and is promoted after its last step', async () => {
    let ahead = 0;
    const server = await aServerWithTraffic([], () => Date.now() + ahead);
    await publishAsCanary(server, 'openai/gpt-5.5', half);
    const versions = new Map<string, string>();
    for (let turn = 0; turn < 120; turn += 1) {
      const session = `s${turn % 60}`;
      const version = await ask(server, session);
      expect(versions.get(session) ?? version).toBe(version);
      versions.set(session, version);
    }
    const onCandidate = [...versions.values()].filter((version) => version === '2').length;
    expect(onCandidate).toBeGreaterThan(15);
    expect(onCandidate).toBeLessThan(45);
    const { rollouts } = server.open.installation;
    expect(rollouts.figuresOf('auto')?.candidate.requests).toBe(2 * onCandidate);
    ahead += 3_600_000;
    await rollouts.look();
    expect((await server.call('GET', '/api/rollouts')).body.running).toMatchObject([
      { rollout: { step: 1 } },
    ]);
    ahead += 3_600_000;
    await rollouts.look();
    const { body } = await server.call('GET', '/api/rollouts');
    expect(body).toMatchObject({ running: [], ended: [{ alias: 'auto', outcome: 'promoted' }] });
    expect(await ask(server, 'anybody')).toBe('2');
    const { deployments } = server.open.installation.store.read();
    // It followed the newest version before, and does again.
    expect(deployments).toEqual([{ alias: 'auto', policyId: 'draft', version: null }]);
  });

  it('is taken back when its vendor fails, with the reason, and nobody else notices', async () => {
    const server = await aServerWithTraffic(['gpt-5.5']);
    await publishAsCanary(server, 'openai/gpt-5.5', { ...half, min_requests: 1_000 });
    for (let turn = 0; turn < 100; turn += 1) await ask(server, `s${turn}`);
    await server.open.installation.rollouts.look();
    const { body } = await server.call('GET', '/api/rollouts');
    expect(body.running).toEqual([]);
    expect(body.ended[0]).toMatchObject({ outcome: 'rolled_back', baseline: { version: 1 }, by: 'rollout' });
    expect(body.ended[0].reason).toMatch(
      /^\d+ of \d+ requests failed under the candidate, against 0 of \d+; 2 % more were allowed\. .*sequential test/,
    );
    expect(new Set(await Promise.all(['a', 'b', 'c', 'd'].map((one) => ask(server, one))))).toEqual(
      new Set(['1']),
    );
  });

  it('holds while it is paused, and goes where a person sends it', async () => {
    const server = await aServerWithTraffic();
    await publishAsCanary(server, 'openai/gpt-5.5', { ...half, min_requests: 0 });
    await server.call('PUT', '/api/deployments/auto/rollout', { paused: true });
    await server.open.installation.rollouts.look();
    expect((await server.call('GET', '/api/rollouts')).body.running[0].rollout.step).toBe(0);
    expect((await server.call('PUT', '/api/deployments/auto/rollout', { step: 9 })).status).toBe(400);
    const ended = await server.call('POST', '/api/deployments/auto/rollout/end', {
      outcome: 'rolled_back',
      reason: 'Not today.',
    });
    expect(ended.body).toMatchObject({ outcome: 'rolled_back', reason: 'Not today.', by: 'local' });
    expect(await ask(server, 'a')).toBe('1');
    expect((await server.call('PUT', '/api/deployments/auto/rollout', { paused: true })).status).toBe(404);
  });

  it('is one at a time, and of what is published', async () => {
    const server = await aServerWithTraffic();
    await publishAsCanary(server, 'openai/gpt-5.5', half);
    const start = (version: number) =>
      server.call('POST', '/api/deployments/auto/rollout', { candidate: { policy: 'draft', version } });
    expect((await start(2)).body.error.code).toBe('rollout_running');
    await server.call('POST', '/api/deployments/auto/rollout/end', { outcome: 'stopped' });
    expect((await start(7)).body.error.code).toBe('not_published');
    expect((await start(1)).body.error.code).toBe('same_version');
    expect((await start(2)).status).toBe(201);
    expect(
      (
        await server.call('POST', '/api/deployments/nobody/rollout', {
          candidate: { policy: 'draft', version: 2 },
        })
      ).status,
    ).toBe(404);
  });
});

describe('a version in shadow', () => {
  it('serves nobody, calls nobody, and stands in the record with what it would have decided', async () => {
    const server = await aServerWithTraffic();
    await publishAsCanary(server, 'openai/gpt-5.5', { mode: 'shadow' });
    const events: TrafficEvent[] = [];
    server.open.installation.feed.subscribe((event) => events.push(event));
    expect(await ask(server, 'a')).toBe('1');
    expect(server.seen.map(({ body }) => JSON.parse(body).model)).toEqual(['gpt-5-mini']);
    const record = await server.log.find(events[0]?.id ?? '');
    expect(JSON.parse(record?.['decision.shadow'] ?? '')).toEqual({
      policy: 'draft',
      version: 2,
      path: 'only',
      targets: ['openai/gpt-5.5'],
    });
  });
});
