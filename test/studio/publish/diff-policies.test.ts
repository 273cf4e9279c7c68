import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../engine/policy/index.ts';
import { diffPolicies, isSameButPlaces } from '../../../studio/publish/diff-policies.ts';

/** A condition in front of two models, but for what a test says. */
function aPolicy(change: Partial<Policy> = {}): Policy {
  return {
    format: 1,
    id: 'p',
    name: 'P',
    entry: 'size',
    nodes: {
      size: {
        kind: 'condition',
        cases: [
          { id: 'huge', when: 'request.input_tokens > 9000', to: 'big' },
          { id: 'tools', when: 'request.tools > 0', to: 'big' },
        ],
        else: 'small',
      },
      big: { kind: 'model', target: 'a/big' },
      small: { kind: 'model', target: 'a/small', label: 'Cheap' },
    },
    layout: { size: [0, 0] },
    ...change,
  };
}

describe('what differs between two policies', () => {
  it('is nothing where only places do', () =>
    expect(isSameButPlaces(diffPolicies(aPolicy(), aPolicy({ layout: { size: [400, 80] } })))).toBe(true));

  it('names a node that came and one that went', () => {
    const { big, ...rest } = aPolicy().nodes;
    const after = aPolicy({ nodes: { ...rest, huge: { kind: 'model', target: 'b/huge' } } });
    expect(diffPolicies(aPolicy(), after).nodes.map(({ kind, id, title }) => [kind, id, title])).toEqual([
      ['removed', 'big', 'a/big'],
      ['added', 'huge', 'b/huge'],
    ]);
    expect(big).toBeDefined();
  });

  it('names the setting, old and new, inside a list by the id of its item', () => {
    const after = aPolicy({
      nodes: {
        ...aPolicy().nodes,
        size: {
          kind: 'condition',
          cases: [
            { id: 'huge', when: 'request.input_tokens > 60000', to: 'big' },
            { id: 'tools', when: 'request.tools > 0', to: 'big' },
          ],
          else: 'small',
        },
      },
    });
    expect(diffPolicies(aPolicy(), after).nodes).toMatchObject([
      {
        kind: 'changed',
        id: 'size',
        fields: [
          {
            field: 'cases.huge.when',
            before: 'request.input_tokens > 9000',
            after: 'request.input_tokens > 60000',
          },
        ],
      },
    ]);
  });

  it('calls another order of cases an order, not two changed cases', () => {
    const [huge, tools] = [
      { id: 'huge', when: 'request.input_tokens > 9000', to: 'big' },
      { id: 'tools', when: 'request.tools > 0', to: 'big' },
    ];
    const after = aPolicy({
      nodes: { ...aPolicy().nodes, size: { kind: 'condition', cases: [tools!, huge!], else: 'small' } },
    });
    expect(diffPolicies(aPolicy(), after).nodes).toMatchObject([
      { fields: [{ field: 'cases.order', before: 'huge, tools', after: 'tools, huge' }] },
    ]);
  });

  it('tells a new name and another entry', () => {
    expect(diffPolicies(aPolicy(), aPolicy({ name: 'Q', entry: 'big' })).policy).toEqual([
      { field: 'name', before: 'P', after: 'Q' },
      { field: 'entry', before: 'size', after: 'big' },
    ]);
  });
});
