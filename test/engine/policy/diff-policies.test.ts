import { describe, expect, it } from 'vitest';
import { diffPolicies, type Policy, parsePolicyValue } from '#engine/policy/index.ts';

function aPolicy(nodes: Record<string, unknown>, rest: object = {}): Policy {
  const parsed = parsePolicyValue({ format: 1, id: 'p', name: 'P', entry: 'start', nodes, ...rest });
  if (parsed.kind === 'bad') throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.policy;
}

const model = (target: string) => ({ kind: 'model', target });
const long = { id: 'long', when: 'request.input_tokens > 60000', to: 'wide' };
const base = {
  start: { kind: 'condition', cases: [long], else: 'usual' },
  wide: model('google/gemini-2.5-flash'),
  usual: model('openai/gpt-5-mini'),
};

describe('the difference of two policies', () => {
  it('is nothing where only the layout differs', () => {
    const moved = aPolicy(base, { layout: { start: [10, 20] } });
    expect(diffPolicies(aPolicy(base), moved)).toEqual({
      nodes: [],
      entry: null,
      classifiers: [],
      about: [],
      sameMeaning: true,
    });
  });

  it('tells labels apart from meaning', () => {
    const renamed = aPolicy({
      ...base,
      start: { ...base.start, label: 'How long?', cases: [{ ...long, label: 'long' }] },
    });
    const diff = diffPolicies(aPolicy(base), renamed);
    expect(diff.sameMeaning).toBe(true);
    expect(diff.nodes).toMatchObject([
      {
        id: 'start',
        kind: 'relabelled',
        fields: [],
        labels: [
          { field: 'cases.long.label', after: 'long' },
          { field: 'label', after: 'How long?' },
        ],
      },
    ]);
  });

  it('names a changed condition by its case', () => {
    const stricter = aPolicy({
      ...base,
      start: { ...base.start, cases: [{ ...long, when: 'request.input_tokens > 9000' }] },
    });
    expect(diffPolicies(aPolicy(base), stricter).nodes).toMatchObject([
      {
        id: 'start',
        kind: 'changed',
        fields: [
          {
            field: 'cases.long.when',
            before: 'request.input_tokens > 60000',
            after: 'request.input_tokens > 9000',
          },
        ],
        ports: [],
      },
    ]);
  });

  it('tells an exit that leads elsewhere, one that is new and one that is gone', () => {
    const after = aPolicy({
      ...base,
      start: {
        kind: 'condition',
        cases: [{ id: 'short', when: 'request.input_tokens < 9', to: 'usual' }],
        else: 'wide',
      },
    });
    expect(diffPolicies(aPolicy(base), after).nodes[0]?.ports).toEqual([
      { port: 'else', label: 'else', kind: 'moved', before: 'usual', after: 'wide' },
      { port: 'long', label: long.when, kind: 'removed', before: 'wide', after: null },
      { port: 'short', label: 'request.input_tokens < 9', kind: 'added', before: null, after: 'usual' },
    ]);
  });

  it('sees that cases are asked in another order', () => {
    const short = { id: 'short', when: 'request.input_tokens < 9', to: 'usual' };
    const order = (cases: readonly unknown[]) => aPolicy({ ...base, start: { ...base.start, cases } });
    expect(diffPolicies(order([long, short]), order([short, long])).nodes[0]?.fields).toEqual([
      { field: 'cases.order', before: ['long', 'short'], after: ['short', 'long'] },
    ]);
  });

  it('tells nodes that come and go, and another entry', () => {
    const after = aPolicy({ only: model('openai/gpt-5.5') }, { entry: 'only' });
    const diff = diffPolicies(aPolicy(base), after);
    expect(diff.nodes.map(({ id, kind }) => [id, kind])).toEqual([
      ['only', 'added'],
      ['start', 'removed'],
      ['usual', 'removed'],
      ['wide', 'removed'],
    ]);
    expect(diff.entry).toEqual({ before: 'start', after: 'only' });
  });

  it('tells what changes in a classifier of the policy’s own', () => {
    const own = (keywords: readonly string[]) => ({
      classifiers: { legal: { kind: 'rules', rules: [{ label: 'contract', keywords }] } },
    });
    const diff = diffPolicies(aPolicy(base, own(['nda'])), aPolicy(base, own(['msa'])));
    expect(diff.classifiers).toMatchObject([{ id: 'legal', kind: 'changed', fields: [{ field: 'rules' }] }]);
    expect(diff.sameMeaning).toBe(false);
  });
});
