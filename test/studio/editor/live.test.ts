import { describe, expect, it } from 'vitest';
import type { Policy } from '#engine/policy/index.ts';
import { notTold } from '#engine/simulate/not-told.ts';
import type { SimulationResult } from '#engine/simulate/result.ts';
import { openLiveClient } from '../../../studio/editor/live/live-client.ts';
import type { LiveAnswer, LiveQuestion, LiveResult } from '../../../studio/editor/live/live-messages.ts';
import { type LiveAnswers, nothingShown, showNext } from '../../../studio/editor/live/live-numbers.ts';
import { trafficOf } from '../../../studio/editor/traffic-of.ts';

/** A policy that means something else than any other made here. */
function aPolicy(id: string): Policy {
  return { format: 1, id, name: id, entry: null, nodes: {}, layout: {} };
}

describe('the numbers while somebody draws', () => {
  const [old, now] = [aPolicy('old'), aPolicy('new')];
  const fastOf = (policy: Policy, after: number, hash = policy.id) => ({
    policy,
    result: { policy_hash: hash, records: 10, cost_nano_usd: { before: 5, after } } as LiveResult,
  });
  const fullOf = (policy: Policy, after: number) => ({
    policy,
    result: {
      ...notTold(),
      policy_hash: policy.id,
      records: 10,
      cost_nano_usd: { before: 5, after, low: 2, high: 6 },
    } as SimulationResult,
  });
  /** What is shown after each of these has been known, one after the other: cost, its low end, whether it is current. */
  function shownAfter(...steps: readonly LiveAnswers[]) {
    const { numbers } = steps.reduce(showNext, nothingShown);
    return numbers === null ? null : [numbers.cost.after, numbers.cost.low, numbers.isCurrent];
  }

  it('are none before the first answer', () =>
    expect(shownAfter({ policy: now, full: null, fast: null })).toBeNull());
  it('are the fast ones as soon as these are about the policy as it stands', () =>
    expect(shownAfter({ policy: now, full: fullOf(old, 4), fast: fastOf(now, 3) })).toEqual([3, null, true]));
  it('are those of the whole answer once it is about the policy as it stands', () =>
    expect(shownAfter({ policy: now, full: fullOf(now, 4), fast: fastOf(now, 3) })).toEqual([4, 2, true]));
  it('stay, and are not current, until there is an answer to the latest edit', () => {
    const told = { full: fullOf(old, 4), fast: fastOf(old, 4) };
    expect(shownAfter({ policy: old, ...told }, { policy: now, ...told })).toEqual([4, 2, false]);
  });
  it('never go back to an older whole answer while edit follows edit', () => {
    const full = fullOf(old, 4);
    const first = { policy: now, full, fast: fastOf(now, 3) };
    expect(shownAfter(first, { ...first, policy: aPolicy('newer') })).toEqual([3, null, false]);
  });
  it('move with the answer to an edit that was overtaken, and are not current', () => {
    const first = { policy: aPolicy('newest'), full: fullOf(old, 4), fast: fastOf(old, 4) };
    expect(shownAfter(first, { ...first, fast: fastOf(now, 3) })).toEqual([3, null, false]);
  });
  it('keep their range when only the place or the name of something changed', () => {
    const told = { full: fullOf(old, 4), fast: fastOf(old, 4) };
    const moved = { ...old, layout: { task: [20, 40] } } satisfies Policy;
    const renamed = { ...old, nodes: {} };
    expect(shownAfter({ policy: moved, ...told })).toEqual([4, 2, true]);
    expect(shownAfter({ policy: renamed, ...told, fast: fastOf(renamed, 4, 'old') })).toEqual([4, 2, true]);
  });
  it('are not those of other requests than are chosen, though the policy is the same', () => {
    const before = { ...fullOf(now, 9), policy: null };
    expect(shownAfter({ policy: now, full: before, fast: null })).toEqual([9, 2, false]);
    expect(shownAfter({ policy: now, full: before, fast: fastOf(now, 3) })).toEqual([3, null, true]);
  });
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
  const [first, second, third] = [aPolicy('a'), aPolicy('b'), aPolicy('c')] as const;
  const told = { kind: 'told', result: { policy_hash: 'some' } as LiveResult } as const;

  function aClient() {
    const asked: LiveQuestion[] = [];
    const heard: string[] = [];
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
      onTold: ({ policy }) => heard.push(`told of ${policy.id}`),
      onState: (state) => heard.push(state),
    });
    const ids = () => asked.flatMap((one) => (one.kind === 'ask' ? [one.policy.id] : []));
    return { client, ids, heard, say: (one: LiveAnswer) => answer(one) };
  }

  function anOpenClient() {
    const opened = aClient();
    opened.say({ kind: 'opened', records: 10 });
    return opened;
  }

  it('is asked nothing before it has the columns, then what was drawn last', () => {
    const { client, ids, say } = aClient();
    client.ask(first);
    client.ask(second);
    expect(ids()).toEqual([]);
    say({ kind: 'opened', records: 10 });
    expect(ids()).toEqual(['b']);
  });
  it('is asked at once where it has nothing to do', () => {
    const { client, ids } = anOpenClient();
    client.ask(first);
    expect(ids()).toEqual(['a']);
  });
  it('is asked about the latest edit only, once it is done with the one before', () => {
    const { client, ids, say } = anOpenClient();
    client.ask(first);
    client.ask(second);
    client.ask(third);
    expect(ids()).toEqual(['a']);
    say(told);
    expect(ids()).toEqual(['a', 'c']);
  });
  it('says of each answer which policy it is about, overtaken or not', () => {
    const { client, heard, say } = anOpenClient();
    client.ask(first);
    client.ask(second);
    say(told);
    say(told);
    expect(heard).toEqual(['open', 'told of a', 'told of b']);
  });
  it('is not asked again about what means the same, be it moved, selected or saved', () => {
    const { client, ids, say } = anOpenClient();
    client.ask(first);
    client.ask({ ...first, layout: { task: [20, 40] } } satisfies Policy);
    say(told);
    client.ask({ ...first, name: 'Another name' });
    expect(ids()).toEqual(['a']);
  });
  it('is asked nothing more when an edit is taken back before it was free', () => {
    const { client, ids, say } = anOpenClient();
    client.ask(first);
    client.ask(second);
    client.ask(first);
    say(told);
    expect(ids()).toEqual(['a']);
  });
  it('is asked about the next edit after one that it cannot tell of', () => {
    const { client, ids, heard, say } = anOpenClient();
    client.ask(first);
    say({ kind: 'full_pass', why: 'limits' });
    client.ask(second);
    expect([ids(), heard]).toEqual([['a', 'b'], ['open']]);
  });
  it('is asked no more when there are no columns', () => {
    const { client, ids, heard, say } = aClient();
    say({ kind: 'closed', why: 'too many' });
    client.ask(first);
    expect([ids(), heard]).toEqual([[], ['closed']]);
  });
});
