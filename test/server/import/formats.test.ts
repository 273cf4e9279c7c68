import { describe, expect, it } from 'vitest';
import {
  CatalogueModel,
  type CatalogueModelInput,
  defaultCatalogue,
  defaultPriceBook,
  makeCatalogue,
} from '#engine/catalogue/index.ts';
import { hourOf, type RequestRecord } from '#engine/signals/index.ts';
import { type ImportReport, importLog, logFormats, parseModelMap, targetOf } from '#server/import/index.ts';
import { splitCsv } from '#server/import/split-csv.ts';
import { aFile } from '../cli-verbs/run-verb.ts';

interface Imported extends ImportReport {
  readonly rows: readonly Partial<RequestRecord>[];
}

async function imported(
  format: string,
  name: string,
  content: string | object,
  {
    start = null,
    target = null,
    map = '',
  }: { start?: number | null; target?: string | null; map?: string } = {},
): Promise<Imported> {
  const found = logFormats.find((one) => one.name === format);
  const named = parseModelMap(map);
  if (found === undefined || named.kind === 'bad')
    throw new Error('The test asks for something that is not there.');
  const rows: Partial<RequestRecord>[] = [];
  const report = await importLog({
    path: aFile(name, content),
    format: found,
    models: { named: named.named, otherwise: target, catalogue: defaultCatalogue },
    startsAt: start,
    priceBook: defaultPriceBook,
    write: async (row) => void rows.push(row as Partial<RequestRecord>),
  });
  return { ...report, rows };
}

const lines = (...all: readonly string[]) => `${all.join('\n')}\n`;

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

const spendLog = {
  request_id: 'chatcmpl-1',
  call_type: 'acompletion',
  api_key: '88dc28',
  spend: 0.00123,
  total_tokens: 1_200,
  prompt_tokens: 1_000,
  completion_tokens: 200,
  startTime: '2026-10-01T12:00:00.000000+00:00',
  endTime: '2026-10-01T12:00:02.500Z',
  completionStartTime: '2026-10-01T12:00:00.700Z',
  model: 'gpt-5-mini',
  model_group: 'fast',
  custom_llm_provider: 'openai',
  team_id: 'team-7',
  end_user: 'u-1',
  request_tags: '["batch"]',
  session_id: 's-9',
  status: 'success',
  metadata: {
    user_api_key_alias: 'ci',
    user_api_key_team_alias: 'Search',
    usage_object: {
      prompt_tokens: 1_000,
      completion_tokens: 200,
      prompt_tokens_details: { cached_tokens: 600 },
      completion_tokens_details: { reasoning_tokens: 150 },
    },
  },
};

describe('litellm', () => {
  it('reads a row of the spend log: caller, disjoint tokens, the cost it states, latencies', async () => {
    const { rows } = await imported('litellm', 'l.jsonl', spendLog);
    expect(rows).toMatchObject([
      {
        id: 'chatcmpl-1',
        'time.at': Date.UTC(2026, 9, 1, 12),
        'time.hour': 12,
        'request.input_tokens': 1_000,
        'request.model': 'fast',
        'caller.key': 'ci',
        'caller.team': 'Search',
        'caller.tags': ['batch'],
        'caller.user': 'u-1',
        'session.id': 's-9',
        'outcome.target': 'openai/gpt-5-mini',
        'outcome.status': 'served',
        'usage.input_tokens': 400,
        'usage.cache_read_tokens': 600,
        'usage.output_tokens': 50,
        'usage.reasoning_tokens': 150,
        'cost.nano_usd': 1_230_000,
        'cost.price_book': 'log',
        'latency.total_ms': 2_500,
        'latency.first_token_ms': 700,
      },
    ]);
  });

  it('reads a standard logging payload, whose times are seconds, and its failures', async () => {
    const failure = {
      id: 'x-2',
      trace_id: 't-2',
      startTime: 1_790_000_000.25,
      endTime: 1_790_000_001.25,
      model: 'claude-opus-5',
      custom_llm_provider: 'anthropic',
      status: 'failure',
      prompt_tokens: 0,
      completion_tokens: 0,
      response_cost: 0,
      error_information: { error_code: '429', error_class: 'RateLimitError' },
      metadata: { user_api_key_team_id: 'team-7' },
    };
    const { rows } = await imported('litellm', 'l.json', JSON.stringify([spendLog, failure], null, 2));
    expect(rows[1]).toMatchObject({
      'time.at': 1_790_000_000_250,
      'outcome.status': 'failed',
      'outcome.http_status': 429,
      'outcome.target': 'anthropic/claude-opus-5',
      'usage.input_tokens': null,
      'usage.source': 'none',
      'session.id': 't-2',
    });
  });

  it('measures what logged messages say and keeps nothing of them', async () => {
    const logged = {
      id: 'x-3',
      startTime: 1_790_000_000,
      model: 'gpt-5-mini',
      prompt_tokens: 40,
      completion_tokens: 5,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Wo ist meine Lieferung? Schreiben Sie bitte an ada@example.com.' },
      ],
      model_parameters: { stream: true, max_tokens: 100, tools: [{ function: { name: 'find' } }] },
    };
    const { rows } = await imported('litellm', 'l.json', JSON.stringify([logged], null, 2));
    expect(rows).toMatchObject([
      {
        'request.input_tokens': 40,
        'request.language': 'de',
        'request.pii': ['email'],
        'request.tools': 1,
        'request.stream': true,
        'request.max_output_tokens': 100,
        'session.id': null,
        'session.prefix_hashes': null,
        'agent.sub_agent': null,
        'health.providers': null,
      },
    ]);
    expect(JSON.stringify(rows)).not.toContain('ada@');
  });

  it('reads the spend log as CSV, JSON columns and all', async () => {
    const log = lines(
      'request_id,spend,prompt_tokens,completion_tokens,startTime,model,custom_llm_provider,metadata',
      'r1,0.5,10,20,2026-10-01 12:00:00,gpt-5-mini,openai,"{""user_api_key_alias"": ""a, b""}"',
    );
    const { rows } = await imported('litellm', 'l.csv', log);
    expect(rows).toMatchObject([
      { id: 'r1', 'caller.key': 'a, b', 'cost.nano_usd': 500_000_000, 'usage.output_tokens': 20 },
    ]);
  });
});

describe('openai-usage', () => {
  const result = {
    object: 'organization.usage.completions.result',
    input_tokens: 1_000,
    output_tokens: 500,
    input_cached_tokens: 800,
    num_model_requests: 3,
    project_id: 'proj_1',
    model: 'gpt-5-mini-2025-08-07',
    batch: true,
  };
  const bucket = { object: 'bucket', start_time: 1_730_419_200, end_time: 1_730_505_600, results: [result] };

  it('makes a sum over requests into as many rows that add up to it, marked as estimated', async () => {
    const page = JSON.stringify({ object: 'page', data: [bucket], has_more: false }, null, 2);
    const { rows } = await imported('openai-usage', 'u.json', page);
    const sum = (name: 'usage.input_tokens' | 'usage.cache_read_tokens' | 'usage.output_tokens') =>
      rows.reduce((total, row) => total + row[name]!, 0);
    expect(rows.length).toBe(3);
    expect([sum('usage.input_tokens'), sum('usage.cache_read_tokens'), sum('usage.output_tokens')]).toEqual([
      200, 800, 500,
    ]);
    for (const row of rows) {
      expect(row).toMatchObject({
        'time.at': 1_730_419_200_000,
        'request.input_tokens': null,
        'caller.project': 'proj_1',
        'caller.tags': ['batch'],
        'outcome.target': 'openai/gpt-5-mini',
        'usage.source': 'estimated',
      });
    }
    expect(new Set(rows.map((row) => row.id)).size).toBe(3);
  });

  it('reads the same as CSV, and refuses parts that are larger than their whole', async () => {
    const log = lines(
      'start_time,model,num_model_requests,input_tokens,output_tokens,input_cached_tokens',
      '1730419200,gpt-5-mini,1,10,5,',
      '1730419200,gpt-5-mini,1,10,5,11',
    );
    const { rows, firstBroken } = await imported('openai-usage', 'u.csv', log);
    expect(rows).toMatchObject([{ 'usage.input_tokens': 10, 'usage.output_tokens': 5, 'caller.tags': null }]);
    expect(firstBroken).toEqual([
      { line: 3, problem: '"input_cached_tokens" (11) are more than "input_tokens" (10).' },
    ]);
  });

  it('reads answers with their usage', async () => {
    const answer = {
      id: 'chatcmpl-9',
      created: 1_790_000_000,
      model: 'gpt-5-mini',
      usage: {
        prompt_tokens: 100,
        completion_tokens: 50,
        prompt_tokens_details: { cached_tokens: 40 },
        completion_tokens_details: { reasoning_tokens: 30 },
      },
    };
    const { rows } = await imported('openai-usage', 'u.jsonl', answer);
    expect(rows).toMatchObject([
      {
        id: 'chatcmpl-9',
        'time.hour': hourOf(1_790_000_000_000),
        'request.input_tokens': 100,
        'usage.input_tokens': 60,
        'usage.cache_read_tokens': 40,
        'usage.output_tokens': 20,
        'usage.reasoning_tokens': 30,
        'usage.source': 'provider',
      },
    ]);
  });
});

describe('targetOf', () => {
  const model = (input: CatalogueModelInput) => CatalogueModel.parse(input);
  const map = {
    named: new Map([['m-small', 'acme/small']]),
    otherwise: null,
    catalogue: makeCatalogue([model({ id: 'acme/big', aliases: ['acme/big-2026'] })]),
  };

  it('takes what is mapped, then what the catalogue knows, then keeps the name', () => {
    expect(targetOf('m-small', 'acme', map)).toBe('acme/small');
    expect(targetOf('big', 'acme', map)).toBe('acme/big');
    expect(targetOf('acme/big-2026', null, map)).toBe('acme/big');
    expect(targetOf('my model', null, map)).toBe('unmapped/my-model');
    expect(targetOf(null, null, map)).toBe('');
  });

  it('takes the stated target for whatever is left', () => {
    expect(targetOf('my model', null, { ...map, otherwise: 'acme/big' })).toBe('acme/big');
    expect(targetOf(null, null, { ...map, otherwise: 'acme/big' })).toBe('acme/big');
  });
});

describe('splitCsv', () => {
  it.each([
    ['a,b,c', ['a', 'b', 'c']],
    ['a,,', ['a', '', '']],
    ['"a,b",c', ['a,b', 'c']],
    ['"say ""hi""",x', ['say "hi"', 'x']],
    ['x,""', ['x', '']],
    ['"open,x', ['open,x']],
  ])('splits %s', (line, fields) => {
    expect(splitCsv(line)).toEqual(fields);
  });
});
