import { describe, expect, it } from 'vitest';
import { noChanges } from '#engine/nodes/index.ts';
import { decide, pathText, targetsOf } from '#engine/plan/index.ts';
import { checkPolicy, type Policy } from '#engine/policy/index.ts';
import { aPlan, aPolicy, calls, someSignals } from '../builders.ts';

describe('an output', () => {
  const inner = {
    long: {
      kind: 'condition',
      cases: [{ id: 'yes', when: 'request.input_tokens > 9', to: 'out' }],
      else: 'a',
    },
    a: calls('openai/a'),
  };
  const ask = (to: string | null, tokens: number) =>
    decide(
      aPlan({ ...inner, out: { kind: 'output', label: 'Long', to }, b: calls('openai/b') }),
      someSignals({ 'request.input_tokens': tokens }),
    );

  it('leads on where it is connected, and changes nothing', () => {
    expect(pathText(ask('b', 10).path)).toBe('long:yes>out:to>b');
    expect(ask('b', 10).attempts).toMatchObject([{ target: 'openai/b', changes: noChanges }]);
    expect(targetsOf(ask('b', 9))).toEqual(['openai/a']);
  });

  it('refuses where it leads nowhere, and says that it is for another policy to lead on', () => {
    expect(pathText(ask(null, 10).path)).toBe('long:yes>out');
    expect(ask(null, 10).attempts).toMatchObject([
      { kind: 'refuse', refusal: { node: 'out', status: 422, code: 'output_open' } },
    ]);
  });

  it('may stay open where it was drawn, with a warning, but not in a policy that took it over', () => {
    const policy = aPolicy({ ...inner, out: { kind: 'output', to: null } });
    const codes = (groups: Policy['groups']) =>
      checkPolicy({ ...policy, groups })
        .filter(({ node }) => node === 'out')
        .map(({ code, severity }) => [code, severity]);
    const group = { name: 'Guard', nodes: ['long', 'out', 'a'], collapsed: true };
    const nodes = { long: 'long', out: 'out', a: 'a' };
    const subpolicy = { policy: 'guard', version: 1, hash: 'a'.repeat(64), entry: 'long', nodes };
    expect(codes(undefined)).toEqual([['output_open', 'warning']]);
    expect(codes({ guard: group })).toEqual([['output_open', 'warning']]);
    expect(codes({ guard: { ...group, subpolicy } })).toEqual([['port_unconnected', 'error']]);
  });
});
