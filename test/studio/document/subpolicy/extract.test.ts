import { describe, expect, it } from 'vitest';
import { checkPolicy, type Policy, parsePolicy, semanticHash, writePolicy } from '#engine/policy/index.ts';
import { extractSubpolicy, stateOfSubpolicy } from '../../../../studio/document/index.ts';
import { aPolicy, condition, model } from '../builders.ts';

const long: Policy = aPolicy(
  {
    start: condition('check', 'small'),
    check: condition('strong', 'again'),
    again: condition('strong', 'small'),
    strong: model('anthropic/claude-opus-5'),
    small: model(),
  },
  { start: [0, 0], check: [310, 0], again: [620, 0], strong: [930, 0], small: [930, 200] },
);
const named = { id: 'guard', name: 'Guard' };

function extracted(policy: Policy, ids: readonly string[]) {
  const outcome = extractSubpolicy(policy, ids, named);
  if (outcome.kind === 'refused') throw new Error(outcome.reason);
  return outcome;
}

function reasonAgainst(policy: Policy, ids: readonly string[]): string {
  const outcome = extractSubpolicy(policy, ids, named);
  return outcome.kind === 'refused' ? outcome.reason : '';
}

describe('making a sub-policy of nodes', () => {
  it('gives a policy of its own with an output for each node it led to, and a sub-policy where the nodes were', () => {
    const { guest, host, group } = extracted(long, ['check', 'again']);
    expect(guest).toMatchObject({
      id: 'guard',
      name: 'Guard',
      entry: 'check',
      nodes: {
        check: { cases: [{ to: 'to-strong' }], else: 'again' },
        again: { cases: [{ to: 'to-strong' }], else: 'to-small' },
        'to-strong': { kind: 'output', label: 'To claude-opus-5', to: null },
        'to-small': { kind: 'output', to: null },
      },
    });
    expect(parsePolicy(writePolicy(guest)).kind).toBe('ok');
    expect(host.nodes['to-strong']).toMatchObject({ to: 'strong' });
    expect(host.nodes.start).toEqual(long.nodes.start);
    expect(host.groups?.[group]).toMatchObject({
      name: 'Guard',
      collapsed: true,
      subpolicy: { version: null },
    });
    expect(stateOfSubpolicy(host, group)).toBe('unchanged');
    expect(host.groups?.[group]?.subpolicy?.hash).toBe(semanticHash(guest));
    expect(checkPolicy(host)).toEqual([]);
    expect(checkPolicy(guest).map(({ code }) => code)).toEqual(['output_open', 'output_open']);
  });

  it('works for all nodes, and for those a group holds already', () => {
    const whole = extracted(long, Object.keys(long.nodes));
    expect(whole.guest.entry).toBe('start');
    expect(whole.host.entry).toBe('start');
    const grouped = {
      ...long,
      groups: { old: { name: 'Old', nodes: ['check', 'small'], collapsed: false } },
    };
    const { host } = extracted(grouped, ['check', 'again']);
    expect(host.groups?.old?.nodes).toEqual(['small']);
  });

  it('takes the classifiers along that these nodes ask', () => {
    const rules = (label: string) => ({ kind: 'rules' as const, rules: [{ label, keywords: ['x'] }] });
    const asking: Policy = {
      ...long,
      nodes: {
        ...long.nodes,
        check: {
          kind: 'classifier',
          classifier: 'intent',
          ports: { a: 'strong' },
          otherwise: 'again',
          confidence: 0,
        },
      },
      classifiers: { intent: rules('a'), other: rules('b') },
    };
    const { guest, host, group } = extracted(asking, ['check', 'again']);
    expect(guest.classifiers).toEqual({ intent: rules('a') });
    expect(host.classifiers).toEqual(asking.classifiers);
    expect(stateOfSubpolicy(host, group)).toBe('unchanged');
  });

  it('is refused, with the names, where requests would come in at two places, and for no nodes', () => {
    expect(reasonAgainst(long, ['check', 'small'])).toBe(
      'Requests come in at “Condition” and “gpt-5-mini”. A sub-policy has one entrance: select what leads to them, too, or fewer nodes.',
    );
    expect(reasonAgainst(long, [])).toContain('Select the nodes');
    expect(reasonAgainst(long, ['gone'])).toContain('Select the nodes');
  });
});
