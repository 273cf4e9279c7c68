import { describe, expect, it } from 'vitest';
import { type Policy, writePolicy } from '../../../engine/policy/index.ts';
import {
  formatText,
  lineOfNode,
  nodeAt,
  readPolicyText,
  saysTheSame,
} from '../../../studio/json/text-session.ts';

const policy: Policy = {
  format: 1,
  id: 'p',
  name: 'P',
  entry: 'a',
  nodes: { a: { kind: 'model', target: 'x/one' }, lost: { kind: 'model', target: 'x/two' } },
  layout: {},
};
const text = writePolicy(policy);

describe('a policy as text', () => {
  it('reads as the policy it was written from', () =>
    expect(readPolicyText(text, 'p')).toMatchObject({ kind: 'policy', policy }));

  it('places the checker’s findings in the text', () => {
    const reading = readPolicyText(text, 'p');
    const line = text.split('\n').findIndex((one) => one.includes('"lost"')) + 1;
    expect(reading.diagnostics).toMatchObject([{ code: 'unreachable', node: 'lost', line }]);
  });

  it('is broken while it is no JSON, and says where', () => {
    const reading = readPolicyText(text.replace('"entry"', 'entry'), 'p');
    expect(reading).toMatchObject({ kind: 'broken', diagnostics: [{ code: 'json_syntax', line: 5 }] });
  });

  it('is broken with an unknown setting', () =>
    expect(
      readPolicyText(text.replace('"target": "x/two"', '"target": "x/two", "tempo": 1'), 'p'),
    ).toMatchObject({
      kind: 'broken',
      diagnostics: [{ code: 'unknown_key', node: 'lost', field: 'tempo' }],
    }));

  it('does not become another policy by its id', () => {
    const reading = readPolicyText(text.replace('"id": "p"', '"id": "q"'), 'p');
    expect(reading).toMatchObject({ kind: 'broken', diagnostics: [{ field: 'id', line: 3 }] });
  });

  it('says the same in another layout of white space', () => {
    expect(saysTheSame(JSON.stringify(policy), policy)).toBe(true);
    expect(saysTheSame(text.replace('x/one', 'x/three'), policy)).toBe(false);
    expect(saysTheSame('{', policy)).toBe(false);
  });

  it('knows where a node stands', () => {
    expect(lineOfNode(text, 'a')).toBe(text.split('\n').findIndex((one) => one.includes('"a":')) + 1);
    expect(lineOfNode('{', 'a')).toBeNull();
  });
});

describe('a place in the text', () => {
  it('belongs to the node around it, in broken text too', () => {
    expect(nodeAt(text, text.indexOf('x/two'))).toBe('lost');
    expect(nodeAt(`${text.slice(0, text.indexOf('x/two'))}`, text.indexOf('x/two'))).toBe('lost');
  });
  it('belongs to no node outside of them', () => expect(nodeAt(text, text.indexOf('entry'))).toBeNull());
});

describe('formatting', () => {
  it('lays a policy out as we write it', () =>
    expect(formatText(JSON.stringify(JSON.parse(text)))).toBe(text));

  it('keeps every word of what is no policy, comments and faults too', () => {
    const broken = '{"format":1, /* mine */ "nodes":{"a":{"kind":"modle"}}';
    const formatted = formatText(broken);
    expect(formatted.replaceAll(/\s/g, '')).toBe(broken.replaceAll(/\s/g, ''));
    expect(formatted).toContain('\n  "nodes": {');
  });
});
