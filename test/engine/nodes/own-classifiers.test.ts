import { describe, expect, it } from 'vitest';
import { decide, pathText, targetsOf } from '#engine/plan/index.ts';
import { checkPolicy } from '#engine/policy/index.ts';
import { aPlan, aPolicy, calls, someSignals } from '../builders.ts';

describe('a classifier of the policy’s own', () => {
  const classifiers = {
    intent: { kind: 'examples', labels: { refund: ['Money back!'], other: ['Hello.'] } },
    idle: { kind: 'rules', rules: [{ label: 'x', keywords: ['x'] }] },
  };
  const nodes = {
    ask: {
      kind: 'classifier',
      classifier: 'intent',
      ports: { refund: 'a' },
      otherwise: 'b',
      confidence: 0.6,
    },
    a: calls('openai/a'),
    b: calls('openai/b'),
  };
  const policy = aPolicy(nodes, { classifiers });

  it('decides by its own label and confidence, and abstains where they are unknown', () => {
    const plan = aPlan(nodes, { classifiers });
    const pathOf = (label: string | undefined, confidence: number) =>
      pathText(
        decide(
          plan,
          someSignals({
            'classifiers.label': label === undefined ? {} : { intent: label },
            'classifiers.confidence': { intent: confidence },
          }),
        ).path,
      );
    expect(pathOf('refund', 0.6)).toBe('ask:refund>a');
    expect(pathOf('refund', 0.59)).toBe('ask:otherwise>b');
    expect(pathOf('other', 0.9)).toBe('ask:otherwise>b');
    expect(pathOf(undefined, 0.9)).toBe('ask:otherwise?>b');
    expect(plan.classifiers.map(({ id }) => id)).toEqual(['intent']);
    expect(targetsOf(decide(plan, someSignals()))).toEqual(['openai/b']);
  });

  it('is found in conditions that read its answer', () => {
    const plan = aPlan(
      {
        ask: {
          kind: 'condition',
          cases: [{ id: 'x', when: 'classifiers.label["idle"] == "x"', to: 'a' }],
          else: 'a',
        },
        a: calls('openai/a'),
      },
      { classifiers },
    );
    expect(plan.classifiers.map(({ id }) => id)).toEqual(['idle']);
  });

  it('is checked: unused, unknown labels, empty rules, circular rules, taken names', () => {
    const codes = (different: object) =>
      checkPolicy(aPolicy(nodes, { classifiers: { ...classifiers, ...different } })).map(({ code }) => code);
    expect(codes({})).toEqual(['classifier_unused']);
    expect(codes({ task: classifiers.intent })).toContain('classifier_name_taken');
    expect(codes({ intent: { kind: 'rules', rules: [{ label: 'refund' }] } })).toContain(
      'classifier_rule_empty',
    );
    expect(codes({ intent: { kind: 'rules', rules: [{ label: 'other', keywords: ['x'] }] } })).toContain(
      'label_unknown',
    );
    expect(codes({ intent: { kind: 'examples', labels: { refund: [] } } })).toContain(
      'classifier_labels_few',
    );
    expect(
      codes({
        intent: { kind: 'rules', rules: [{ label: 'refund', when: 'classifiers.label["idle"] == "x"' }] },
      }),
    ).toContain('classifier_circular');
    expect(
      codes({ intent: { kind: 'rules', rules: [{ label: 'refund', when: 'request.tool > 1' }] } }),
    ).toContain('condition_unknown_signal');
    expect(checkPolicy(policy).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
