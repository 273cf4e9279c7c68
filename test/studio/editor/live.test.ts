import { describe, expect, it } from 'vitest';
import type { Policy } from '#engine/policy/index.ts';
import type { SessionResult } from '#engine/simulate/index.ts';
import { notTold } from '#engine/simulate/not-told.ts';
import type { SimulationResult } from '#engine/simulate/result.ts';
import { openLiveClient } from '../../../studio/editor/live/live-client.ts';
import type { LiveAnswer, LiveQuestion } from '../../../studio/editor/live/live-messages.ts';
import { liveNumbers } from '../../../studio/editor/live/live-numbers.ts';
import { trafficOf } from '../../../studio/editor/traffic-of.ts';

const fast = { policy_hash: 'new', records: 10, cost_nano_usd: { before: 5, after: 3 } } as SessionResult;
const full = {
  ...notTold(),
  policy_hash: 'old',
  records: 10,
  cost_nano_usd: { before: 5, after: 4, low: 2, high: 6 },
} as SimulationResult;

describe('the numbers while somebody draws', () => {
  it('are the fast ones until the whole answer is about the same policy', () => {
    expect(liveNumbers('new', full, fast)?.cost).toEqual({ before: 5, after: 3, low: null, high: null });
    expect(liveNumbers('new', { ...full, policy_hash: 'new' }, fast)?.cost.low).toBe(2);
  });
  it('stay as they are while neither answer is about the policy', () =>
    expect(liveNumbers('newest', full, fast)?.cost.after).toBe(4));
  it('are none before the first answer', () => expect(liveNumbers('new', undefined, null)).toBeNull());
});

describe('traffic on the canvas', () => {
  it('counts requests by edge and by node, with what they cost more', () => {
    const traffic = trafficOf({
      records: 100,
      by_edge: [{ node: 'task', port: 'code', before: 40, after: 25 }],
      by_node: [
        {
          node: 'task',
          requests_before: 100,
          requests_after: 90,
          cost_before: 1,
          cost_after: 2,
          cost_delta: 7,
        },
      ],
    });
    expect(traffic?.edges.get('task:code')).toEqual({ before: 40, after: 25, records: 100 });
    expect(traffic?.nodes.get('task')).toEqual({ before: 100, after: 90, records: 100, costDelta: 7 });
  });
  it('is nothing where there are no requests', () =>
    expect(trafficOf({ records: 0, by_edge: [], by_node: [] })).toBeNull());
});

describe('the thread of the page', () => {
  const policies = ['a', 'b', 'c'].map((id) => ({ id }) as Policy);

  function aClient() {
    const asked: LiveQuestion[] = [];
    const results: string[] = [];
    let answer: (one: LiveAnswer) => void = () => undefined;
    const client = openLiveClient({
      thread: {
        post: (question) => asked.push(question),
        listen: (onAnswer) => {
          answer = onAnswer;
        },
        end: () => undefined,
      },
      url: '/columns',
      headers: {},
      onResult: (result) => results.push(result.policy_hash),
      onState: (state) => results.push(state),
    });
    const ids = () => asked.flatMap((one) => (one.kind === 'ask' ? [one.policy.id] : []));
    return { client, ids, results, say: (one: LiveAnswer) => answer(one) };
  }

  it('is asked about the latest edit only, once it is done with the one before', () => {
    const { client, ids, results, say } = aClient();
    client.ask(policies[0]!);
    expect(ids()).toEqual([]);
    say({ kind: 'opened', records: 10 });
    client.ask(policies[1]!);
    client.ask(policies[2]!);
    expect(ids()).toEqual(['a']);
    say({ kind: 'told', id: 0, result: fast });
    expect(ids()).toEqual(['a', 'c']);
    expect(results).toEqual(['open', 'new']);
  });

  it('is asked no more when there are no columns', () => {
    const { client, ids, results, say } = aClient();
    say({ kind: 'closed', why: 'too many' });
    client.ask(policies[0]!);
    expect([ids(), results]).toEqual([[], ['closed']]);
  });
});
