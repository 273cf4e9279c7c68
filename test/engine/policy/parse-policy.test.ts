import { describe, expect, it } from 'vitest';
import { parsePolicy, writePolicy } from '#engine/policy/index.ts';
import { aPolicy, calls } from '../builders.ts';

const text = writePolicy(
  aPolicy({
    size: {
      kind: 'condition',
      cases: [{ id: 'long', when: 'request.input_tokens > 60000', to: 'big' }],
      else: 'small',
    },
    big: calls('google/gemini-2.5-pro'),
    small: calls('openai/gpt-5-mini'),
  }),
);

function diagnosticsOf(broken: string) {
  const parsed = parsePolicy(broken);
  return parsed.kind === 'bad' ? parsed.diagnostics : [];
}

describe('reading a policy', () => {
  it('says where a file is cut off', () => {
    const [first] = diagnosticsOf(text.slice(0, text.length / 2));
    expect(first).toMatchObject({ code: 'json_syntax', severity: 'error' });
    expect(first?.message).toContain('cut off');
    expect(first?.line).toBeGreaterThan(1);
  });

  it('places an unknown key by node, field, line and column', () => {
    const [first] = diagnosticsOf(text.replace('"target": "openai', '"tarjet": 1, "target": "openai'));
    expect(first).toMatchObject({ code: 'unknown_key', node: 'small', field: 'tarjet' });
    expect(text.split('\n')[(first?.line ?? 0) - 1]).toContain('small');
  });

  it('names a missing setting', () => {
    expect(diagnosticsOf(text.replace('"else": "small"', '"label": "x"'))[0]).toMatchObject({
      node: 'size',
      field: 'else',
      message: '"else" is missing.',
    });
  });

  it('refuses an unknown node kind by listing the known ones', () => {
    expect(diagnosticsOf(text.replace('"condition"', '"conditon"'))[0]?.message).toContain(
      'split, limit, transform, model, pool, fallback, cascade, refuse or output',
    );
  });

  it('refuses a key that stands twice, since one of the two would be lost', () => {
    expect(diagnosticsOf(text.replace('"format": 1,', '"format": 1, "format": 1,'))[0]).toMatchObject({
      code: 'json_duplicate_key',
    });
  });

  it('refuses a format from the future', () => {
    expect(diagnosticsOf(text.replace('"format": 1', '"format": 7'))[0]).toMatchObject({
      code: 'format_unsupported',
    });
  });

  it('refuses the one id that every object seems to have', () => {
    const parsed = parsePolicy(text.replace('"else": "small"', '"else": "constructor"'));
    expect(parsed).toMatchObject({ kind: 'bad', diagnostics: [{ node: 'size', field: 'else' }] });
  });

  it('never throws, whatever the text', () => {
    for (const odd of [
      '',
      '[]',
      'null',
      '3',
      '"x"',
      '{"nodes":[]}',
      '{"format":1,"nodes":{"a":null}}',
      '\u0000',
    ])
      expect(parsePolicy(odd).kind).toBe('bad');
  });
});
