import { describe, expect, it } from 'vitest';
import type { UserClassifier } from '#engine/nodes/index.ts';
import { checkPolicy, type Policy } from '#engine/policy/index.ts';
import {
  addClassifier,
  changeClassifier,
  deleteClassifier,
  exitForEveryLabel,
  letNodeAsk,
  renameClassifier,
} from '../../../studio/document/index.ts';
import { aDocument, aPolicy, model } from './builders.ts';

const examples = (...labels: readonly string[]): UserClassifier => ({
  kind: 'examples',
  labels: Object.fromEntries(labels.map((label) => [label, ['one', 'two']])),
});

/** A node that asks the own classifier `topic`, and a condition that reads it. */
const policy: Policy = {
  ...aPolicy({
    what: {
      kind: 'classifier',
      classifier: 'topic',
      ports: { a: 'm', b: null },
      otherwise: 'c',
      confidence: 0.5,
    },
    c: {
      kind: 'condition',
      cases: [{ id: 'y', when: 'classifiers.label["topic"] == "a"', to: 'm' }],
      else: 'm',
    },
    m: model(),
  }),
  classifiers: { topic: examples('a', 'b') },
};

const portsOf = ({ nodes }: Policy): unknown => (nodes.what?.kind === 'classifier' ? nodes.what.ports : null);
const errorsOf = (now: Policy) =>
  checkPolicy(now).filter(({ code }) => code.startsWith('classifier') || code.startsWith('label'));

describe('a policy’s own classifier in the editor', () => {
  it('is added with a node that asks it, as one step that can be undone', () => {
    const document = aDocument(
      aPolicy({
        what: {
          kind: 'classifier',
          classifier: 'task',
          ports: { code: 'm' },
          otherwise: 'm',
          confidence: 0.5,
        },
        m: model(),
      }),
    );
    const before = document.store.getState().policy;
    expect(document.run(addClassifier('topic', examples('a'), 'what'), 'Add classifier topic')).toBe(true);
    expect(portsOf(document.store.getState().policy)).toEqual({ a: null });
    document.undo();
    expect(document.store.getState().policy).toEqual(before);
  });

  it('gives exits for new labels where all had one, and takes those of labels that are gone', () => {
    expect(portsOf(changeClassifier('topic', examples('b', 'c'))(policy))).toEqual({ b: null, c: null });
  });

  it('keeps where a renamed label leads', () => {
    const renamed = changeClassifier('topic', examples('z', 'b'), { from: 'a', to: 'z' })(policy);
    expect(portsOf(renamed)).toEqual({ z: 'm', b: null });
  });

  it('leaves a node alone that had exits for some labels only, until every label is asked for', () => {
    const some = changeClassifier(
      'topic',
      examples('a', 'b', 'c'),
    )({
      ...policy,
      nodes: {
        ...policy.nodes,
        what: { ...policy.nodes.what, ports: { a: 'm' } } as Policy['nodes'][string],
      },
    });
    expect(portsOf(some)).toEqual({ a: 'm' });
    expect(portsOf(exitForEveryLabel('what')(some))).toEqual({ a: 'm', b: null, c: null });
  });

  it('is renamed in every node and condition that asks it', () => {
    const renamed = renameClassifier('topic', 'intent')(policy);
    expect(renamed.nodes.what).toMatchObject({ classifier: 'intent' });
    expect(renamed.nodes.c).toMatchObject({ cases: [{ when: 'classifiers.label["intent"] == "a"' }] });
    expect(renameClassifier('topic', 'task')(policy)).toBe(policy);
    expect(errorsOf(renamed)).toEqual([]);
  });

  it('is deleted with its nodes asking the built-in one, in a valid document', () => {
    const without = deleteClassifier('topic')(policy);
    expect(without.classifiers).toBeUndefined();
    expect(without.nodes.what).toMatchObject({ classifier: 'task', ports: {} });
    expect(errorsOf(without).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('takes nothing the schema refuses', () => {
    expect(changeClassifier('topic', examples('Not a slug'))(policy)).toBe(policy);
    expect(letNodeAsk('what', 'nobody')(policy)).toBe(policy);
  });
});
