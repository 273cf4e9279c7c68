import { describe, expect, it } from 'vitest';
import { answerOf } from './stream-tools.ts';

describe('an error', () => {
  it.each([
    [400, { message: 'Bad', type: 'invalid_request_error', param: 'x', code: null }, 'invalid_request_error'],
    [401, { message: 'Key', type: 'invalid_request_error', code: 'invalid_api_key' }, 'authentication_error'],
    [404, { message: 'No', type: 'invalid_request_error', code: 'model_not_found' }, 'not_found_error'],
    [429, { message: 'Slow', type: 'requests', code: 'rate_limit_exceeded' }, 'rate_limit_error'],
    [429, { message: 'Pay', type: 'insufficient_quota', code: 'insufficient_quota' }, 'rate_limit_error'],
    [500, { message: 'Oops', type: 'server_error' }, 'api_error'],
    [503, { message: 'Busy', type: 'server_error' }, 'overloaded_error'],
  ])('of OpenAI with status %i and %j is %s', (status, error, type) => {
    const answer = answerOf('anthropic-messages', status, { error });
    expect(answer.status).toBe(status);
    expect(answer.wire).toMatchObject({ type: 'error', error: { type, message: error.message } });
  });

  it.each([
    [400, 'invalid_request_error', 'invalid_request_error', 'invalid_request_error'],
    [401, 'authentication_error', 'invalid_request_error', 'invalid_api_key'],
    [429, 'rate_limit_error', 'rate_limit_error', 'rate_limit_exceeded'],
    [529, 'overloaded_error', 'server_error', 'overloaded_error'],
    [500, 'api_error', 'server_error', 'api_error'],
  ])('of Anthropic with status %i and %s is %s with code %s', (status, from, type, code) => {
    const body = { type: 'error', error: { type: from, message: 'Words' }, request_id: 'req_1' };
    const answer = answerOf('openai-chat', status, body);
    expect(answer.status).toBe(status);
    expect(answer.wire).toEqual({
      error: { message: 'Words', type, param: null, code },
      request_id: 'req_1',
    });
  });

  it('keeps retry-after and speaks of its own bytes only', () => {
    const { headers, body } = answerOf(
      'openai-chat',
      429,
      { type: 'error', error: { type: 'rate_limit_error', message: 'x' } },
      { 'retry-after': '12', 'content-length': '9', 'content-encoding': 'gzip', 'request-id': 'req_1' },
    );
    expect(headers).toEqual({
      'retry-after': '12',
      'request-id': 'req_1',
      'content-type': 'application/json',
    });
    expect(body.length).toBeGreaterThan(9);
  });

  it('of a prompt that is too long is known by both sides', () => {
    const toAnthropic = answerOf('anthropic-messages', 400, {
      error: {
        message: "This model's maximum context length is 128000 tokens.",
        type: 'invalid_request_error',
        code: 'context_length_exceeded',
      },
    });
    expect(toAnthropic.wire.error.message).toMatch(/^prompt is too long: This model/);
    expect(toAnthropic.problem?.kind).toBe('context_length');
    const toOpenAi = answerOf('openai-chat', 400, {
      type: 'error',
      error: {
        type: 'invalid_request_error',
        message: 'prompt is too long: 210000 tokens > 200000 maximum',
      },
    });
    expect(toOpenAi.wire.error.code).toBe('context_length_exceeded');
  });

  it('inside an answer with status 200 is an error', () => {
    const answer = answerOf('anthropic-messages', 200, { error: { message: 'Down', code: 503 } });
    expect(answer).toMatchObject({ status: 503, problem: { kind: 'overloaded' } });
    expect(answer.wire.error.message).toBe('Down');
  });

  it.each([
    [502, '<html><h1>Bad gateway</h1></html>', 502],
    [200, '<html>Sign in</html>', 502],
    [200, '{"hello":1}', 502],
    [200, '', 502],
  ])('that is no JSON of the API (%i %s) is answered with %i', (status, text, expected) => {
    const answer = answerOf('openai-chat', status, text, { 'content-type': 'text/html; charset=utf-8' });
    expect(answer.status).toBe(expected);
    expect(answer.wire.error.message).toBe(
      `The upstream answered ${status} with text/html that is no answer of its API.`,
    );
  });
});
