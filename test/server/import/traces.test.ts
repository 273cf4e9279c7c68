import { describe, expect, it } from 'vitest';
import { defaultPriceBook } from '#engine/catalogue/index.ts';
import { imported, lines } from './imported.ts';

describe('azure', () => {
  const log = lines(
    'TIMESTAMP,ContextTokens,GeneratedTokens',
    '2023-11-16 18:15:46.6805900,374,44',
    '2024-05-10 00:00:00.009930+00:00,2399,5',
    'yesterday,1,2',
    '2023-11-16 18:15:46,-1,44',
    '2023-11-16 18:15:46,12',
  );

  it('reads times, with seven decimals and with a zone, and token counts', async () => {
    const { rows } = await imported('azure', 'a.csv', log, { target: 'openai/gpt-5-mini' });
    expect(rows[0]).toMatchObject({
      'time.at': Date.UTC(2023, 10, 16, 18, 15, 46, 680),
      'time.hour': 18,
      'time.weekday': 4,
      'request.input_tokens': 374,
      'usage.input_tokens': 374,
      'usage.output_tokens': 44,
      'usage.source': 'provider',
      'decision.targets': ['openai/gpt-5-mini'],
      'outcome.target': 'openai/gpt-5-mini',
      sandbox: false,
      // 374 · 0.25 + 44 · 2 USD per million
      'cost.nano_usd': 181_500,
      'cost.price_book': defaultPriceBook.version,
    });
    expect(rows[1]!['time.at']).toBe(Date.UTC(2024, 4, 10, 0, 0, 0, 9));
  });

  it('never makes up what the log does not say', async () => {
    const { rows, withoutTarget } = await imported('azure', 'a.csv', log);
    const unknown = [
      'caller.team',
      'task.label',
      'request.stream',
      'usage.cache_read_tokens',
      'usage.reasoning_tokens',
      'cost.nano_usd',
      'latency.total_ms',
    ] as const;
    for (const name of unknown) expect(rows[0]![name], name).toBeNull();
    expect(rows[0]!['outcome.target']).toBe('');
    expect(withoutTarget).toBe(2);
  });

  it('lists broken lines with number and reason', async () => {
    const { records, broken, firstBroken } = await imported('azure', 'a.csv', log);
    expect([records, broken]).toEqual([2, 3]);
    expect(firstBroken).toEqual([
      { line: 4, problem: '"TIMESTAMP" must be a time such as 2026-11-22T14:00:00Z, not "yesterday".' },
      { line: 5, problem: '"ContextTokens" must be a whole number, 0 or more, not "-1".' },
      { line: 6, problem: 'has 2 fields where the first line names 3.' },
    ]);
  });

  it('counts all broken lines and tells the first twenty', async () => {
    const many = lines(
      'TIMESTAMP,ContextTokens,GeneratedTokens',
      ...Array.from({ length: 35 }, () => 'x,1,2'),
    );
    const { broken, firstBroken } = await imported('azure', 'a.csv', many);
    expect([broken, firstBroken.length]).toEqual([35, 20]);
  });

  it('draws from the row’s id, so that the same file is split alike every time', async () => {
    const [first, second] = [await imported('azure', 'a.csv', log), await imported('azure', 'b.csv', log)];
    const draws = first.rows.map((row) => row.draw!);
    expect(draws).toEqual(second.rows.map((row) => row.draw!));
    expect(new Set(draws).size).toBe(2);
    expect(draws.every((draw) => draw >= 0 && draw < 1)).toBe(true);
  });
});

describe('burstgpt', () => {
  const log = lines(
    'Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type',
    '5,ChatGPT,472,18,490,Conversation log',
    '45.5,GPT-4,1087,0,1087,API log',
  );

  it('counts seconds from the start, keeps unmapped models, and takes an empty answer for a failure', async () => {
    const start = Date.UTC(2026, 0, 5);
    const { rows, unmapped } = await imported('burstgpt', 'b.csv', log, { start, map: 'GPT-4=openai/gpt-4' });
    expect(rows[0]).toMatchObject({
      'time.at': start + 5_000,
      'time.hour': 0,
      'time.weekday': 1,
      'outcome.target': 'unmapped/ChatGPT',
      'cost.nano_usd': null,
    });
    expect(rows[1]).toMatchObject({
      'time.at': start + 45_500,
      'outcome.status': 'failed',
      'outcome.target': 'openai/gpt-4',
      'usage.output_tokens': null,
      'usage.source': 'none',
    });
    expect([...unmapped]).toEqual([['unmapped/ChatGPT', 1]]);
  });

  it('leaves hour and weekday unknown where nobody says when the log began', async () => {
    const { rows } = await imported('burstgpt', 'b.csv', log);
    expect(rows[0]).toMatchObject({ 'time.at': 5_000, 'time.hour': null, 'time.weekday': null });
  });
});

describe('mooncake', () => {
  it('reads lengths and times, and of the prompt’s blocks those that requests can share', async () => {
    const log = lines(
      '{"timestamp": 27482, "input_length": 6955, "output_length": 52, "hash_ids": [46, 47]}',
      '{"timestamp": 27483, "input_length": 6955, "output_length": 1, "hash_ids": [46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59]}',
      '{"timestamp": 1}',
      '[1]',
    );
    const { rows, firstBroken, remarks } = await imported('mooncake', 'm.jsonl', log);
    expect(rows).toMatchObject([
      {
        'time.at': 27_482,
        'request.input_tokens': 6_955,
        'usage.output_tokens': 52,
        'session.prefix': null,
        'session.prefix_hashes': ['46:512', '47:1024'],
      },
      { 'usage.input_tokens': 5_931, 'usage.cache_read_tokens': 1_024, 'usage.source': 'estimated' },
    ]);
    expect(rows[1]?.['session.prefix_hashes']).toHaveLength(14);
    expect(rows[1]?.['session.prefix_hashes']?.at(-1)).toBe('59:6955');
    expect(remarks).toEqual([expect.stringContaining('12.5 % of the prompts’ 16 blocks came before')]);
    expect(firstBroken).toEqual([
      { line: 3, problem: '"input_length" is missing.' },
      { line: 4, problem: 'must be a JSON object.' },
    ]);
  });
});

describe('servegen', () => {
  it('takes reasoning out of the completion it is a part of', async () => {
    const log = lines(
      't_ms,tenant,model,prompt_tokens,completion_tokens,reasoning_tokens',
      '394,m/client-61,m-large,80,494,',
      '400,m/client-61,r1,80,500,300',
      '401,m/client-61,r1,80,500,501',
    );
    const { rows, firstBroken } = await imported('servegen', 's.csv', log, {
      map: 'r1=deepseek/deepseek-v4-pro',
    });
    expect(rows[0]).toMatchObject({
      'caller.team': 'm/client-61',
      'usage.output_tokens': 494,
      'usage.reasoning_tokens': null,
    });
    expect(rows[1]).toMatchObject({
      'outcome.target': 'deepseek/deepseek-v4-pro',
      'usage.output_tokens': 200,
      'usage.reasoning_tokens': 300,
    });
    expect(firstBroken[0]!.problem).toBe('"reasoning_tokens" (501) are more than "completion_tokens" (500).');
  });
});
