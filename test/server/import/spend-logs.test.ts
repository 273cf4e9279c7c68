import { describe, expect, it } from 'vitest';
import { hourOf } from '#engine/signals/index.ts';
import { imported, lines } from './imported.ts';

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
