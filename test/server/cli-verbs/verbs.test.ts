import { describe, expect, it } from 'vitest';
import { taskLabels } from '#engine/classify/index.ts';
import { check } from '#server/cli/check.ts';
import { classify } from '#server/cli/classify.ts';
import { decide } from '#server/cli/decide.ts';
import { importVerb } from '#server/cli/import.ts';
import { models } from '#server/cli/models.ts';
import { simulate } from '#server/cli/simulate.ts';
import { verbs } from '#server/cli/verbs.ts';
import { runVerb, shippedPath } from './run-verb.ts';

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
