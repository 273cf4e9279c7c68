import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultCatalogue } from '#engine/catalogue/index.ts';
import { taskLabels } from '#engine/classify/index.ts';
import { SimulationResult } from '#engine/simulate/result.ts';
import { check } from '#server/cli/check.ts';
import { classify } from '#server/cli/classify.ts';
import { decide } from '#server/cli/decide.ts';
import { importVerb } from '#server/cli/import.ts';
import { models } from '#server/cli/models.ts';
import { simulate } from '#server/cli/simulate.ts';
import { verbs } from '#server/cli/verbs.ts';
import { aFile, aFolder, runVerb, shippedPath } from './run-verb.ts';

const support = shippedPath('support');

describe('every verb', () => {
  it.each([
    ['check', check, []],
    ['check', check, ['a.json', '--jsn']],
    ['decide', decide, [support]],
    ['decide', decide, [support, '--signals', 'a', '--request', 'b']],
    ['decide', decide, [support, '--request', 'a', '--dialect', 'klingon']],
    ['classify', classify, ['file.jsonl']],
    ['models', models, ['gpt']],
    ['import', importVerb, ['log.csv', '--format', 'csv', '--out', 'a.parquet']],
    ['import', importVerb, ['log.csv', '--format', 'azure', '--out', 'a.csv']],
    ['import', importVerb, ['log.csv', '--format', 'azure', '--out', 'a.parquet', '--model-map', 'm=gpt']],
    ['simulate', simulate, ['--candidate', support]],
    ['simulate', simulate, ['--candidate', support, '--records']],
  ] as const)('answers wrong arguments with a sentence, its usage and 2: %s', async (name, verb, args) => {
    const { code, out, err } = await runVerb(verb, args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^\S.*[.?]\n\nUsage: waybill /);
    expect(err).toContain(`Usage: waybill ${name} `);
  });

  it('suggests the option that was meant', async () => {
    expect((await runVerb(models, ['--serch', 'gpt'])).err).toContain(
      'There is no option --serch. Did you mean --search?',
    );
  });

  it('is in the list of the command line', () => {
    expect(Object.keys(verbs)).toEqual(
      expect.arrayContaining(['check', 'decide', 'classify', 'models', 'import', 'simulate']),
    );
  });
});

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

describe('decide', () => {
  it('decides an OpenAI body and tells the reasons', async () => {
    const request = aFile('request.json', {
      model: 'auto',
      messages: [
        { role: 'user', content: 'Write a Python function that reverses a linked list, with unit tests.' },
      ],
    });
    const { code, out } = await runVerb(decide, [support, '--request', request]);
    expect(code).toBe(0);
    expect(out).toContain('Path: size:else>task:code>strong:1>opus>strong:2>gpt');
    expect(out).toContain('1. anthropic/claude-opus-5, about $0.');
    expect(out).toContain('moves on to openai/gpt-5.5 on rate_limit');
  });

  it('tells an Anthropic body by its shape, or takes what it is told', async () => {
    const body = {
      model: 'claude-sonnet-5',
      max_tokens: 100,
      system: 'Be friendly.',
      messages: [{ role: 'user', content: 'Hi, how are you today?' }],
    };
    const request = aFile('request.json', body);
    const told = JSON.parse((await runVerb(decide, [support, '--request', request, '--json'])).out);
    expect(told.signals['request.dialect']).toBe('anthropic-messages');
    expect(told.pathText).toMatch(/^size:else>task:otherwise>trial:/);
    expect(told.attempts).toMatchObject([{ expectedCostNanoUsd: expect.any(Number) }]);
    const forced = await runVerb(decide, [
      support,
      '--request',
      request,
      '--dialect',
      'openai-chat',
      '--json',
    ]);
    expect(JSON.parse(forced.out).signals['request.dialect']).toBe('openai-chat');
  });

  it('decides the same file alike every time', async () => {
    const request = aFile('request.json', {
      model: 'auto',
      messages: [{ role: 'user', content: 'Hi there!' }],
    });
    const draws = await Promise.all(
      [1, 2].map(async () =>
        JSON.parse((await runVerb(decide, [support, '--request', request, '--json'])).out),
      ),
    );
    expect(draws[0].signals.draw).toBe(draws[1].signals.draw);
    expect(draws[0].pathText).toBe(draws[1].pathText);
  });

  it('decides from signals, and tells a refusal', async () => {
    const signals = aFile('signals.json', { 'request.input_tokens': 950_000 });
    const { out } = await runVerb(decide, [support, '--signals', signals]);
    expect(out).toContain('Refused with 413 (input_too_long): ');
  });

  it.each([
    [
      'signals that are none',
      ['--signals', aFile('a.json', { 'request.tokens': 1 })],
      '"request.tokens" is not a signal',
    ],
    ['a body that is none', ['--request', aFile('b.json', '{"model": "auto"}')], '"messages" must be a list'],
    ['a file that is none', ['--request', '/nowhere/body.json'], 'There is no file /nowhere/body.json'],
  ] as const)('answers 1 for %s', async (_, args, message) => {
    const { code, err } = await runVerb(decide, [support, ...args]);
    expect(code).toBe(1);
    expect(err).toContain(message);
  });
});

describe('classify', () => {
  it('answers every line in order with task, confidence, difficulty and scores', async () => {
    const lines = [
      'Translate this sentence into French: good morning',
      'Write a SQL query that sums revenue by month',
    ];
    const stdin = lines.map((text) => `${JSON.stringify({ text, tools: 0, messages: [] })}\n`).join('');
    const { code, out } = await runVerb(classify, [], { stdin });
    expect(code).toBe(0);
    const answers = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers.map(({ task }) => task)).toEqual(['translation', 'data_analysis']);
    for (const answer of answers) {
      expect(Object.keys(answer)).toEqual(['task', 'confidence', 'difficulty', 'scores']);
      expect(Object.keys(answer.scores)).toEqual([...taskLabels]);
    }
  });

  it('answers a bad line with an error in its place, goes on, and answers 1 at the end', async () => {
    const stdin = '{"text":"Hello!"}\nnope\n{"texts":"x"}\n{"text":"y","tools":"two"}\n{"text":"Bye!"}';
    const { code, out } = await runVerb(classify, [], { stdin });
    expect(code).toBe(1);
    const answers = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers.map((answer) => Object.keys(answer)[0])).toEqual([
      'task',
      'error',
      'error',
      'error',
      'task',
    ]);
    expect(answers[1].error).toBe('Line 2 is not JSON.');
  });
});

describe('models', () => {
  it('lists the catalogue with prices in USD per million tokens', async () => {
    const { code, out } = await runVerb(models, ['--json']);
    const list = JSON.parse(out);
    expect(code).toBe(0);
    expect(list.length).toBe(defaultCatalogue.models.size);
    expect(list.find(({ id }: { id: string }) => id === 'anthropic/claude-opus-5')).toMatchObject({
      provider: 'anthropic',
      price_usd_per_million: {
        input: 5,
        output: 25,
        cache_read: 0.5,
        cache_write: 6.25,
        cache_write_1h: 10,
        modes: { batch: { input: 2.5, output: 12.5 } },
        per_thousand_calls: { web_search: 10 },
        regional_percent: 10,
        source: 'genai-prices 0.1.8',
      },
      price_date: '2026-09-23',
      context: 1_000_000,
      max_output: 128_000,
      modalities: { input: ['text', 'image', 'file'], output: ['text'] },
      tools: true,
      reasoning: true,
      quality: { index: 50.8, source: expect.stringContaining('pi-catalog') },
      speed: { tokens_per_second: 54.9 },
    });
  });

  it('never calls an unpriced model free', async () => {
    const list = JSON.parse(
      (await runVerb(models, ['--json', '--provider', 'google', '--search', 'gemma-3'])).out,
    );
    expect(list).toMatchObject([
      { id: 'google/gemma-3-27b-it', price_usd_per_million: null, price_date: null },
    ]);
  });

  it('narrows by provider and by search, and shows a table', async () => {
    const { out } = await runVerb(models, ['--provider', 'anthropic', '--search', 'OPUS-5']);
    expect(out.split('\n')[0]).toMatch(/^model +input \$ +cached \$ +output \$/);
    expect(out).toMatch(/^anthropic\/claude-opus-5 +5 +0\.5 +25 +1M +128k/m);
    expect(out).not.toContain('sonnet');
    const { out: none } = await runVerb(models, ['--search', 'opus sonnet']);
    expect(none).toBe('No model fits.\n');
    const unknown = await runVerb(models, ['--provider', 'acme']);
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('No provider is called "acme"')]);
  });

  it('narrows by what models can do and cost, and sorts with what is unknown last', async () => {
    const asked = [
      '--vision',
      '--tools',
      '--reasoning',
      '--min-context',
      '1M',
      '--max-price',
      '0.5',
      '--json',
    ];
    const { out } = await runVerb(models, [...asked, '--sort', 'quality']);
    type Listed = {
      readonly context: number;
      readonly modalities: { readonly input: readonly string[] };
      readonly price_usd_per_million: { readonly input: number };
      readonly quality: { readonly index: number } | null;
    };
    const list: readonly Listed[] = JSON.parse(out);
    expect(list.length).toBeGreaterThan(5);
    for (const { context, modalities, price_usd_per_million: price } of list) {
      expect(context).toBeGreaterThanOrEqual(1_000_000);
      expect(modalities.input).toContain('image');
      expect(price.input).toBeLessThanOrEqual(0.5);
    }
    const figures = list.map(({ quality }) => quality?.index ?? -1);
    expect(figures).toEqual(figures.toSorted((left, right) => right - left));
  });

  it('states every field of at least 200 models with its date and source', async () => {
    const list = JSON.parse((await runVerb(models, ['--json'])).out);
    const whole = list.filter(
      ({
        price_usd_per_million: price,
        max_output,
      }: {
        price_usd_per_million: object | null;
        max_output: number | null;
      }) => price !== null && max_output !== null,
    );
    expect(whole.length).toBeGreaterThanOrEqual(200);
    for (const model of list) {
      expect(typeof model.tools).toBe('boolean');
      expect(typeof model.reasoning).toBe('boolean');
      expect(model.modalities.input.length).toBeGreaterThan(0);
      expect(model.price_usd_per_million === null).toBe(model.price_date === null);
      if (model.price_date !== null) expect(model.price_date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      if (model.max_output !== null) expect(model.max_output).toBeGreaterThan(0);
      if (model.price_usd_per_million !== null) expect(model.price_usd_per_million.source).not.toBe('');
      if (model.speed !== null) expect(model.speed.source).not.toBe('');
      if (model.quality !== null) expect(model.quality.source).not.toBe('');
      expect(model.context).toBeGreaterThan(0);
    }
  });

  it('says what is wrong with a figure and what would be right', async () => {
    const wrong = [
      ['--min-context', 'big', 'such as 200000, 200k or 1M'],
      ['--max-price', 'cheap', 'such as 0.50'],
      ['--sort', 'size', 'one of id, price, output'],
      ['--reads', 'image,smell', '--reads has "smell"'],
    ] as const;
    for (const [option, value, hint] of wrong) {
      const { code, err } = await runVerb(models, [option, value]);
      expect([code, err]).toEqual([2, expect.stringContaining(hint)]);
    }
  });
});

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
