import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check } from '#server/cli/check.ts';
import { aFile, runVerb, shippedPath } from './run-verb.ts';

const support = shippedPath('support');

describe('check', () => {
  const broken = readFileSync(support, 'utf8')
    .replace('"to": "haiku"', '"to": "haikuu"')
    .replace('request.input_tokens > 60000', 'request.input_tokns > 60000');

  it('finds nothing wrong with a shipped policy', async () => {
    expect(await runVerb(check, [support])).toEqual({
      code: 0,
      out: `${support}: nothing is wrong\n`,
      err: '',
    });
    expect(JSON.parse((await runVerb(check, [support, '--json'])).out)).toEqual([]);
  });

  it('says what is wrong with file, line and column, and answers 1', async () => {
    const path = aFile('broken.policy.json', broken);
    const { code, out } = await runVerb(check, [path]);
    expect(code).toBe(1);
    const lines = broken.split('\n');
    const tokns = lines.findIndex((line) => line.includes('input_tokns'));
    const haikuu = lines.findIndex((line) => line.includes('haikuu'));
    const condition = `${path}:${tokns + 1}:${lines[tokns]!.indexOf('input_tokns') + 1}: error condition_unknown_signal: `;
    expect(out).toContain(condition);
    expect(out).toContain(
      `${path}:${haikuu + 1}:${lines[haikuu]!.indexOf('"haikuu"') + 1}: error node_missing: `,
    );
  });

  it('finds the place behind escapes', async () => {
    const text = readFileSync(support, 'utf8').replace(
      'request.input_tokens > 900000',
      '\\"a\\" == \\"a\\" && request.nothing > 1',
    );
    const path = aFile('escaped.policy.json', text);
    const line = text.split('\n').findIndex((one) => one.includes('request.nothing'));
    const column = text.split('\n')[line]!.indexOf('nothing') + 1;
    expect((await runVerb(check, [path])).out).toContain(
      `${path}:${line + 1}:${column}: error condition_unknown_signal`,
    );
  });

  it('answers 0 where there are only warnings, and lists them as JSON', async () => {
    const path = aFile(
      'warned.policy.json',
      readFileSync(support, 'utf8').replace('openai/gpt-5-mini', 'openai/gpt-5-minni'),
    );
    const { code, out } = await runVerb(check, [path, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject([
      {
        file: path,
        code: 'model_unknown',
        severity: 'warning',
        node: 'mini',
        message: expect.stringContaining('openai/gpt-5-mini'),
      },
    ]);
  });

  it('names JSON that is none, and files that are none', async () => {
    expect((await runVerb(check, [aFile('cut.policy.json', '{ "format": 1,')])).out).toMatch(
      /:1:\d+: error json_syntax: /,
    );
    const missing = await runVerb(check, ['/nowhere/a.policy.json', support]);
    expect(missing.code).toBe(1);
    expect(missing.err).toBe('There is no file /nowhere/a.policy.json that can be read.\n');
    expect(missing.out).toContain('nothing is wrong');
  });
});
