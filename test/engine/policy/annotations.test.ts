import { describe, expect, it } from 'vitest';
import {
  checkPolicy,
  diffPolicies,
  hasErrors,
  type Policy,
  parsePolicy,
  parsePolicyValue,
  semanticHash,
  writePolicy,
} from '#engine/policy/index.ts';

const bare = {
  format: 1,
  id: 'test',
  name: 'Test',
  entry: 'long',
  nodes: {
    long: { kind: 'condition', cases: [{ id: 'yes', when: 'request.tools > 0', to: 'big' }], else: 'small' },
    big: { kind: 'model', target: 'anthropic/claude-opus-5' },
    small: { kind: 'model', target: 'openai/gpt-5-mini' },
  },
};

function read(value: object): Policy {
  const parsed = parsePolicyValue(value);
  if (parsed.kind === 'bad') throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.policy;
}

function refused(value: object) {
  const parsed = parsePolicyValue(value);
  return parsed.kind === 'bad' ? parsed.diagnostics : [];
}

const note = { text: 'Why so?', at: [0, 0] };
const annotated = {
  ...bare,
  notes: { why: note, loud: { ...note, colour: 'red', size: [300, 200] } },
  groups: { answer: { name: 'Answers', nodes: ['big', 'small'], collapsed: true } },
};

describe('notes and groups of a policy', () => {
  it('are written without defaults and read back as they were', () => {
    const policy = read(annotated);
    const text = writePolicy(policy);
    expect(text).toContain('"why": { "text": "Why so?", "at": [0, 0] }');
    expect(text).toContain('"answer": { "name": "Answers", "nodes": ["big", "small"], "collapsed": true }');
    expect(parsePolicy(text)).toEqual({ kind: 'ok', policy });
  });

  it('mean nothing: the hash is that of the policy without them', () => {
    expect(semanticHash(read(annotated))).toBe(semanticHash(read(bare)));
  });

  it('differ as what is written for people does, and only in words and members', () => {
    const diff = diffPolicies(read(bare), read(annotated));
    expect(diff.sameMeaning).toBe(true);
    expect(diff.about.map(({ field }) => field)).toEqual([
      'groups.answer.name',
      'groups.answer.nodes',
      'notes.loud',
      'notes.why',
    ]);
    const moved = {
      ...annotated,
      notes: { ...annotated.notes, why: { ...note, at: [90, 40], colour: 'green' } },
      groups: { answer: { ...annotated.groups.answer, collapsed: false } },
    };
    expect(diffPolicies(read(annotated), read(moved)).about).toEqual([]);
  });

  it('refuse a text of 100 kB, too many notes, a colour and a size that there are not, each at its place', () => {
    const many = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`n${index}`, note]));
    const fields = (notes: object) => refused({ ...bare, notes }).map(({ field }) => field);
    expect(refused({ ...bare, notes: { why: { ...note, text: 'x'.repeat(100_000) } } })).toMatchObject([
      {
        code: 'invalid_value',
        field: 'notes.why.text',
        message: '"text" must have at most 4,000 characters.',
      },
    ]);
    expect(refused({ ...bare, notes: many })).toMatchObject([
      { field: 'notes', message: '"notes" must hold at most 200 notes.' },
    ]);
    expect(fields({ why: { ...note, colour: 'mauve' } })).toEqual(['notes.why.colour']);
    expect(fields({ why: { ...note, size: [10, 100] } })).toEqual(['notes.why.size.0']);
    expect(refused({ ...bare, groups: { one: { name: '', nodes: [] } } })).toMatchObject([
      { field: 'groups.one.name' },
    ]);
  });

  it('warn of a group that names a node that is not there, one of another group, or none; none of it blocks', () => {
    const groups = {
      answer: { name: 'Answers', nodes: ['big', 'gone'] },
      both: { name: 'Both', nodes: ['big', 'small'] },
      bare: { name: 'Bare', nodes: [] },
    };
    const found = checkPolicy(read({ ...bare, groups }));
    expect(found.map(({ code, field }) => `${code} ${field}`)).toEqual([
      'group_stray groups.answer.nodes.1',
      'group_overlap groups.both.nodes.0',
      'group_empty groups.bare',
    ]);
    expect(found[0]?.message).toContain('"gone"');
    expect(found[1]?.message).toContain('“Answers” and “Both”');
    expect(hasErrors(found)).toBe(false);
  });

  const taken = {
    policy: 'guard',
    version: 3,
    hash: 'b'.repeat(64),
    entry: 'start',
    nodes: { start: 'big', end: 'small' },
  };
  const withSubpolicy = (subpolicy: object) => ({
    ...bare,
    groups: { guard: { name: 'Guard', nodes: ['big', 'small'], subpolicy } },
  });

  it('may be a sub-policy: written, read, told in a diff, and of no meaning', () => {
    const policy = read(withSubpolicy(taken));
    expect(parsePolicy(writePolicy(policy))).toEqual({ kind: 'ok', policy });
    expect(semanticHash(policy)).toBe(semanticHash(read(bare)));
    expect(checkPolicy(policy)).toEqual([]);
    const next = read(withSubpolicy({ ...taken, version: 4, hash: 'c'.repeat(64) }));
    expect(diffPolicies(policy, next).about.map(({ field }) => field)).toEqual(['groups.guard.subpolicy']);
  });

  it('refuse a sub-policy without a hash of what was taken over, and warn of an entry that is none of its nodes', () => {
    expect(refused(withSubpolicy({ ...taken, hash: 'none' })).map(({ field }) => field)).toEqual([
      'groups.guard.subpolicy.hash',
    ]);
    expect(checkPolicy(read(withSubpolicy({ ...taken, entry: 'gone' })))).toMatchObject([
      { code: 'subpolicy_stray', severity: 'warning', field: 'groups.guard.subpolicy.entry' },
    ]);
  });
});
