import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SimulationResult } from '#engine/simulate/result.ts';
import { importVerb } from '#server/cli/import.ts';
import { simulate } from '#server/cli/simulate.ts';
import { verbs } from '#server/cli/verbs.ts';
import { aFile, aFolder, runVerb, shippedPath } from './run-verb.ts';

const support = shippedPath('support');

const servegenLog = `t_ms,tenant,model,prompt_tokens,completion_tokens,reasoning_tokens
1000,acme,m-small,80,494,
61000,acme,m-think,100,500,300
nonsense
62000,umbra,m-small,-3,1,
63000,umbra,m-small,70,1,
`;

describe('import and simulate', () => {
  it('imports a log, lists broken lines, and simulates on what it wrote', async () => {
    const out = join(aFolder(), 'records.parquet');
    const log = aFile('day.csv', servegenLog);
    const map = 'm-small=openai/gpt-5-mini,m-think=openai/gpt-5.5';
    const imported = await runVerb(importVerb, [
      log,
      '--format',
      'servegen',
      '--out',
      out,
      '--model-map',
      map,
      '--start',
      '2026-11-02T00:00:00Z',
    ]);
    expect(imported.code).toBe(0);
    expect(imported.out).toBe(`3 request records are in ${out}. 2 lines could not be read.\n`);
    expect(imported.err).toContain(`${log}:4: has 1 fields where the first line names 6.`);
    expect(imported.err).toContain(`${log}:5: "prompt_tokens" must be a whole number, 0 or more, not "-3".`);

    const candidate = aFile('all-mini.policy.json', {
      format: 1,
      id: 'all-mini',
      name: 'All mini',
      entry: 'mini',
      nodes: { mini: { kind: 'model', target: 'openai/gpt-5-mini' } },
    });
    const run = await runVerb(simulate, [
      '--candidate',
      candidate,
      '--records',
      out,
      '--json',
      '--seed',
      '7',
    ]);
    expect(run.code).toBe(0);
    const result = SimulationResult.parse(JSON.parse(run.out));
    expect(result).toMatchObject({ records: 3, changed: 1, seed: 7, baseline_hash: '' });
    // gpt-5-mini at 0.25 and 2 USD: 80·0.25 + 494·2, 70·0.25 + 1·2; gpt-5.5 at 5 and 30: 100·5 + 500·30, all in µUSD.
    expect(result.cost_nano_usd.before).toBe(1_008_000 + 19_500 + 15_500_000);
    expect(result.cost_nano_usd.after).toBe(1_008_000 + 19_500 + 1_025_000);

    const told = await runVerb(simulate, ['--candidate', candidate, '--records', out], { isTerminal: true });
    expect(told.out).toContain(
      '1 of 3 requests (33.3 %) are decided otherwise than by what the log holds; that costs $0.0145',
    );
    expect(told.out).toMatch(/openai\/gpt-5\.5 +1 +0/);
    expect(told.err).toContain('100 %');
  });

  it('changes nothing against itself', async () => {
    const out = join(aFolder(), 'records.jsonl');
    await runVerb(importVerb, [aFile('day.csv', servegenLog), '--format', 'servegen', '--out', out]);
    const run = await runVerb(simulate, [
      '--candidate',
      support,
      '--baseline',
      support,
      '--records',
      out,
      '--json',
    ]);
    const result = SimulationResult.parse(JSON.parse(run.out));
    expect(result.changed).toBe(0);
    expect(result.cost_nano_usd.after).toBe(result.cost_nano_usd.before);
  });

  it('answers 1 and leaves no file when nothing could be imported', async () => {
    const folder = aFolder();
    const out = join(folder, 'records.parquet');
    const log = aFile('day.csv', 't_ms,tenant,model,prompt_tokens,completion_tokens\nx,a,b,c,d\n');
    const run = await runVerb(importVerb, [log, '--format', 'servegen', '--out', out, '--json']);
    expect(run.code).toBe(1);
    expect(JSON.parse(run.out)).toMatchObject({ records: 0, broken: 1, out: null });
    expect(existsSync(out)).toBe(false);
  });

  it.each([
    [
      'a log of another format',
      ['import', aFile('a.csv', servegenLog), '--format', 'azure', '--out', join(aFolder(), 'a.parquet')],
      'is no azure log: its first line has no "TIMESTAMP"',
    ],
    [
      'a log that is not there',
      ['import', '/nowhere/a.csv', '--format', 'azure', '--out', join(aFolder(), 'a.parquet')],
      'There is no file /nowhere/a.csv',
    ],
    [
      'a folder that is not there',
      ['import', aFile('b.csv', servegenLog), '--format', 'servegen', '--out', '/nowhere/a.parquet'],
      '/nowhere/a.parquet',
    ],
    [
      'records that are not there',
      ['simulate', '--candidate', support, '--records', '/nowhere/r.parquet'],
      'There is no file /nowhere/r.parquet',
    ],
    [
      'records of a wrong type',
      ['simulate', '--candidate', support, '--records', aFile('r.jsonl', '{"id":"a","time.at":"soon"}\n')],
      'Column "time.at" holds "soon" in record 1; it must hold whole numbers.',
    ],
    [
      'a file that holds no records',
      ['simulate', '--candidate', support, '--records', aFile('r.jsonl', '{"a":\n')],
      'r.jsonl: ',
    ],
    [
      'a policy with errors',
      ['simulate', '--candidate', aFile('p.json', '{}'), '--records', 'r.jsonl'],
      'p.json:1:1: error',
    ],
  ] as const)('answers 1 with a sentence for %s', async (_, [name, ...args], message) => {
    const verb = await verbs[name]!();
    const { code, err } = await runVerb(verb, args);
    expect(code).toBe(1);
    expect(err).toContain(message);
  });
});
