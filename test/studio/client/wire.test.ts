import { describe, expect, it } from 'vitest';
import { partOf, wireOf } from '../../../studio/client/ask-gateway.ts';
import { attemptsOf, numberOf, textOf, totalsOf } from '../../../studio/client/record-row.ts';
import { requestUrl } from '../../../studio/client/request-url.ts';

describe('the address of a call', () => {
  it('fills in parameters, with slashes and stars kept apart from the path', () =>
    expect(requestUrl('/api/deployments/:alias', { alias: 'claude-*/x' }, {})).toBe(
      '/api/deployments/claude-*%2Fx',
    ));
  it('leaves out what is not asked for', () =>
    expect(requestUrl('/api/records', {}, { team: 'a b', cursor: undefined, search: '', limit: 50 })).toBe(
      '/api/records?team=a+b&limit=50',
    ));
});

describe('a request to the gateway', () => {
  it('names model and stream in the body, for Gemini in the URL', () => {
    const body = { model: 'policy/support' };
    expect(wireOf({ dialect: 'openai-responses', body })).toEqual({
      url: '/v1/responses',
      body: { model: 'policy/support', stream: true },
    });
    expect(wireOf({ dialect: 'google-generate', body })).toEqual({
      url: '/v1beta/models/policy/support:streamGenerateContent?alt=sse',
      body: {},
    });
  });
});

describe('one event of a streamed answer', () => {
  it('has its text in the OpenAI dialect', () =>
    expect(partOf('{"choices":[{"delta":{"content":"Hi"}}]}')).toEqual({ text: 'Hi', error: null }));
  it('has its text in the Anthropic dialect', () =>
    expect(partOf('{"type":"content_block_delta","delta":{"type":"text_delta","text":"Hi"}}').text).toBe(
      'Hi',
    ));
  it('has its text in the dialects of Responses, Gemini and Completions', () => {
    expect(partOf('{"type":"response.output_text.delta","delta":"Hi"}').text).toBe('Hi');
    expect(
      partOf('{"candidates":[{"content":{"parts":[{"text":"Hm","thought":true},{"text":"Hi"}]}}]}').text,
    ).toBe('Hi');
    expect(partOf('{"choices":[{"text":"Hi"}]}').text).toBe('Hi');
  });
  it('has no text where it only says that something starts or ends', () => {
    expect(partOf('{"choices":[{"delta":{"role":"assistant"}}]}').text).toBe('');
    expect(partOf('{"choices":[]}').text).toBe('');
    expect(partOf('[DONE]').text).toBe('');
  });
  it('hands on the sentence of an error', () =>
    expect(partOf('{"error":{"message":"No such model.","type":"x"}}').error).toBe('No such model.'));
});

describe('a row of the log', () => {
  const row = {
    id: 'req_1',
    'usage.input_tokens': 10,
    'usage.cache_read_tokens': 5,
    'usage.output_tokens': 7,
    'usage.reasoning_tokens': 3,
    'cost.nano_usd': null,
    'outcome.attempts': '[{"target":"openai/gpt-5-mini","outcome":"served","status":200,"latency_ms":12.5}]',
  };
  it('adds up the disjoint token classes', () => expect(totalsOf(row)).toEqual({ input: 15, output: 10 }));
  it('has no totals where usage is unknown', () => expect(totalsOf({ id: 'req_2' })).toBeNull());
  it('keeps unknown apart from zero', () => {
    expect(numberOf(row, 'cost.nano_usd')).toBeNull();
    expect(textOf(row, 'caller.team')).toBe('');
  });
  it('reads its attempts', () =>
    expect(attemptsOf(row)).toEqual([
      { target: 'openai/gpt-5-mini', outcome: 'served', status: 200, latency_ms: 12.5 },
    ]));
  it('has no attempts where the column cannot be read', () =>
    expect(attemptsOf({ 'outcome.attempts': '[{' })).toEqual([]));
});
