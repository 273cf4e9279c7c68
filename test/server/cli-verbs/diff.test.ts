import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SimulationResult } from '#engine/simulate/result.ts';
import { code, plain, table } from '#server/cli/diff/markdown.ts';
import { diff } from '#server/cli/diff.ts';
import { emptyConfiguration } from '#server/store/configuration.ts';
import { aFile, aFolder, runVerb, shippedPath } from './run-verb.ts';

const support = shippedPath('support');
const text = readFileSync(support, 'utf8');
const edited = (change: (text: string) => string) => aFile('after.policy.json', change(text));
const cheaper = () =>
  edited((before) => before.replace('request.input_tokens > 60000', 'request.input_tokens > 2000'));

/** Records that the shipped policy sends by their size. */
function someRequests(): string {
  const rows = Array.from({ length: 60 }, (_, index) => ({
    id: `r${index}`,
    'time.at': 1_762_000_000_000 + index * 1_000,
    'request.input_tokens': 500 + index * 100,
    'request.tools': 0,
    'request.images': 0,
    'task.label': 'summarization',
    'task.confidence': 0.9,
    'caller.team': index % 2 === 0 ? 'search' : 'sales',
    'session.id': `s${index % 20}`,
    draw: 0.5,
    'outcome.status': 'served',
    'outcome.target': 'openai/gpt-5-mini',
    'usage.input_tokens': 500 + index * 100,
    'usage.output_tokens': 200,
  }));
  return aFile('log.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
}

describe('diff', () => {
  it('says that nothing changes between a policy and itself', async () => {
    const { code: exit, out } = await runVerb(diff, [support, support]);
    expect(exit).toBe(0);
    expect(out).toBe('Nothing changes but, at most, where nodes lie on the canvas.\n');
  });

  it('names the setting that changed, before and after', async () => {
    const { out } = await runVerb(diff, [support, cheaper()]);
    expect(out).toMatch(/^1 node changes\.\n/);
    expect(out).toContain('request.input_tokens > 60000 → request.input_tokens > 2000');
  });

  it('tells findings that are new and those that are resolved', async () => {
    const broken = edited((before) => before.replace('"to": "haiku"', '"to": "haikuu"'));
    const worse = await runVerb(diff, [support, broken]);
    expect(worse.code).toBe(0);
    expect(worse.out).toContain('so it cannot be published');
    expect(worse.out).toContain('! new error node_missing');
    const better = await runVerb(diff, [broken, support]);
    expect(better.out).toContain('✓ resolved error node_missing');
    expect(better.out).not.toContain('! new');
  });

  it('says with records what moves and what it costs, as in the JSON', async () => {
    const records = someRequests();
    const [shown, told] = [
      await runVerb(diff, [support, cheaper(), '--records', records]),
      await runVerb(diff, [support, cheaper(), '--records', records, '--json']),
    ];
    const { what_if, same_meaning } = JSON.parse(told.out);
    const result = SimulationResult.parse(what_if);
    expect(same_meaning).toBe(false);
    expect(result.records).toBe(60);
    expect(result.changed).toBeGreaterThan(0);
    expect(shown.out).toContain(`${result.changed} of 60 recorded requests`);
    expect(shown.out).toContain('Cost');
  });

  it('compares the drawings where a side has errors, and says why there are no numbers', async () => {
    const broken = edited((before) => before.replace('"to": "haiku"', '"to": "haikuu"'));
    const { code: exit, out, err } = await runVerb(diff, [support, broken, '--records', someRequests()]);
    expect(exit).toBe(0);
    expect(err).toContain('has errors, so no traffic can be tried on it');
    expect(out).not.toContain('Cost');
  });

  it('reads the draft and the versions of a store without touching it', async () => {
    const policy = JSON.parse(text);
    const folder = aFolder();
    const configuration = {
      ...emptyConfiguration('salt'),
      policies: [{ id: 'support', policy, revision: 1, updatedAt: '2026-11-22T00:00:00Z', updatedBy: 'me' }],
    };
    const { writeFileSync } = await import('node:fs');
    const kept = join(folder, 'config.json');
    writeFileSync(kept, JSON.stringify(configuration));
    const before = process.env.WAYBILL_DATA;
    process.env.WAYBILL_DATA = folder;
    try {
      expect((await runVerb(diff, ['support', cheaper()])).out).toContain('1 node changes.');
      const missing = await runVerb(diff, ['support@3', support]);
      expect(missing.code).toBe(1);
      expect(missing.err).toContain('There is no version 3 of "support"');
      expect((await runVerb(diff, ['suport', support])).err).toContain('There are: support.');
      expect(readFileSync(kept, 'utf8')).toBe(JSON.stringify(configuration));
    } finally {
      if (before === undefined) delete process.env.WAYBILL_DATA;
      else process.env.WAYBILL_DATA = before;
    }
  });

  it.each([
    [[support], 'Name two policies'],
    [[support, support, '--json', '--markdown'], 'Choose --markdown or --json.'],
    [[support, support, '--seed', 'x'], '--seed must be a whole number'],
  ])('answers wrong arguments with a sentence and 2', async (args, sentence) => {
    const { code: exit, err } = await runVerb(diff, args);
    expect(exit).toBe(2);
    expect(err).toContain(sentence);
  });

  it('says that a file is not there or is no policy', async () => {
    expect((await runVerb(diff, [support, 'no/such.json'])).err).toContain('There is no file no/such.json');
    const { code: exit, err } = await runVerb(diff, [support, aFile('a.json', '{ "format": 1')]);
    expect(exit).toBe(1);
    expect(err).toContain('json_syntax');
  });
});

describe('diff --markdown', () => {
  it('is a comment that can be found again: marker, verdict, numbers, folded details', async () => {
    const { out } = await runVerb(diff, [support, cheaper(), '--records', someRequests(), '--markdown']);
    expect(out.split('\n')[0]).toBe('<!-- waybill diff support -->');
    expect(out).toMatch(/\*\*1 node changes\. \d+ of 60 recorded requests/);
    expect(out).toContain('|  | Before | After | Change |\n| :-- | --: | --: | --: |\n| Cost |');
    expect(out).toContain('<details><summary>What changes in the drawing</summary>');
    expect(out).toContain('<details><summary>Where requests move</summary>');
  });

  it('lets no label mention somebody, close a cell or bring in HTML', async () => {
    const hostile = '@org/all <img src=x> | [x](https://evil.example) `';
    const after = edited((before) => {
      const policy = JSON.parse(before);
      const [id] = Object.keys(policy.nodes);
      policy.nodes[id ?? ''].label = hostile;
      return JSON.stringify(policy);
    });
    const { out } = await runVerb(diff, [support, after, '--markdown']);
    const outside = out.replace(/(`+) .*? \1/g, '').replace(/`[^`]*`/g, '');
    expect(outside).not.toContain('@org');
    expect(outside).not.toContain('<img');
    expect(outside).not.toContain('](https');
  });

  it('escapes text and code', () => {
    expect(plain('a|b <c> @d')).toBe('a\\|b &lt;c&gt; @\u200Bd');
    expect(code('a`b|c')).toBe('`` a`b|c ``');
    expect(table(['>A'], [[code('b|c')]])).toBe('| A |\n| --: |\n| `b\\|c` |');
    expect(code('two\nlines')).toBe('`two lines`');
  });
});
