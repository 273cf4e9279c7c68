import { describe, expect, it } from 'vitest';
import { checkPolicy, hasErrors } from '#engine/policy/index.ts';
import { aPolicy, calls } from '../builders.ts';

const model = calls('openai/gpt-5-mini');

function found(nodes: Readonly<Record<string, unknown>>, different: Readonly<Record<string, unknown>> = {}) {
  return checkPolicy(aPolicy(nodes, different)).map(({ code, severity, node, port, field, message }) => ({
    code,
    severity,
    node,
    port,
    field,
    message,
  }));
}

describe('checking a policy', () => {
  it('finds nothing in a sound one', () => {
    expect(
      found({
        split: {
          kind: 'split',
          arms: [
            { id: 'a', share: 0.3, to: 'm' },
            { id: 'b', share: 0.7, to: 'm' },
          ],
        },
        m: model,
      }),
    ).toEqual([]);
  });

  it.each([
    ['no node at all', {}, { code: 'policy_empty' }],
    [
      'shares that do not add up',
      { s: { kind: 'split', arms: [{ id: 'a', share: 0.7, to: 'm' }] }, m: model },
      { code: 'shares_sum', node: 's', field: 'arms', message: 'The shares add up to 0.7, not 1.' },
    ],
    [
      'a circle',
      { a: { kind: 'fallback', try: ['b'] }, b: { kind: 'fallback', try: ['a'] } },
      { code: 'cycle' },
    ],
    [
      'an exit that leads nowhere',
      { c: { kind: 'condition', cases: [], else: null } },
      { code: 'port_unconnected', node: 'c', port: 'else' },
    ],
    [
      'an exit to a node that is not there',
      { c: { kind: 'condition', cases: [], else: 'gone' } },
      { code: 'node_missing', node: 'c', port: 'else' },
    ],
    [
      'a condition with a wrong type',
      { c: { kind: 'condition', cases: [{ id: 'x', when: 'draw > "a"', to: 'm' }], else: 'm' }, m: model },
      { code: 'condition_type', node: 'c', port: 'x', field: 'cases.0.when' },
    ],
    [
      'a label the classifier never answers',
      { t: { kind: 'classifier', ports: { poetry: 'm' }, otherwise: 'm' }, m: model },
      { code: 'label_unknown', node: 't', port: 'poetry' },
    ],
    [
      'a classifier that is not there',
      { t: { kind: 'classifier', classifier: 'mood', ports: {}, otherwise: 'm' }, m: model },
      { code: 'classifier_unknown', node: 't' },
    ],
    [
      'a split by a number',
      { s: { kind: 'split', by: 'time.hour', arms: [{ id: 'a', share: 1, to: 'm' }] }, m: model },
      { code: 'signal_unknown', node: 's', field: 'by' },
    ],
    ['a fallback without tries', { f: { kind: 'fallback', try: [] } }, { code: 'tries_empty', node: 'f' }],
    [
      'two cases of one id',
      {
        c: {
          kind: 'condition',
          cases: [
            { id: 'x', when: 'draw < 0.1', to: 'm' },
            { id: 'x', when: 'draw < 0.2', to: 'm' },
          ],
          else: 'm',
        },
        m: model,
      },
      { code: 'duplicate_id', node: 'c', port: 'x' },
    ],
  ])('reports %s as an error with its place', (_name, nodes, expected) => {
    expect(found(nodes)).toContainEqual(expect.objectContaining({ ...expected, severity: 'error' }));
  });

  it('reports an unreachable node, a stray place and a repeated question as warnings', () => {
    const cases = [
      { id: 'a', when: 'draw < 0.1', to: 'm' },
      { id: 'b', when: 'draw < 0.1', to: 'm' },
    ];
    const diagnostics = checkPolicy(
      aPolicy(
        { c: { kind: 'condition', cases, else: 'm' }, m: model, lonely: model },
        { layout: { gone: [0, 0] } },
      ),
    );
    expect(diagnostics.map((one) => one.code).sort()).toEqual([
      'duplicate_case',
      'layout_stray',
      'unreachable',
    ]);
    expect(hasErrors(diagnostics)).toBe(false);
  });

  it('asks the catalogue about models and passes its suggestion on', () => {
    const targets = { stateOf: () => 'unknown' as const, suggest: () => 'openai/gpt-5-mini' };
    const [first] = checkPolicy(aPolicy({ m: calls('openai/gpt-5-minni') }), targets);
    expect(first).toMatchObject({ code: 'model_unknown', severity: 'warning', node: 'm', field: 'target' });
    expect(first?.message).toContain('Did you mean openai/gpt-5-mini?');
  });
});
