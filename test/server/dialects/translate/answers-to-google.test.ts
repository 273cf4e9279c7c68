import { describe, expect, it } from 'vitest';
import { hearGoogle } from './hear-google.ts';
import { hello, sent } from './sent-from-google.ts';
import { aCall, fixture, translateStream } from './stream-tools.ts';

describe('an answer for a Google client', () => {
  const completion = (message: object, finish_reason: string, more: object = {}) =>
    Buffer.from(
      JSON.stringify({
        id: 'c-1',
        model: 'gpt',
        choices: [{ index: 0, message, finish_reason, ...more }],
        usage: {
          prompt_tokens: 10,
          completion_tokens: 9,
          prompt_tokens_details: { cached_tokens: 4 },
          completion_tokens_details: { reasoning_tokens: 5 },
        },
      }),
    );
  const answered = (body: Buffer, asked: object = {}, status = 200) => {
    const answer = aCall('google-generate', 'openai-chat', asked).answer(status, {}, body);
    return { ...answer, wire: JSON.parse(answer.body.toString()) };
  };

  it('holds text, calls, reason and usage that adds up', () => {
    const tool_calls = [{ id: 't', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }];
    const { wire, dropped } = answered(completion({ content: 'Hi', tool_calls }, 'tool_calls'));
    expect(dropped).toEqual([]);
    expect(wire).toEqual({
      candidates: [
        {
          content: {
            role: 'model',
            parts: [{ text: 'Hi' }, { functionCall: { id: 't', name: 'f', args: { a: 1 } } }],
          },
          finishReason: 'STOP',
          index: 0,
        },
      ],
      usageMetadata: {
        promptTokenCount: 10,
        candidatesTokenCount: 4,
        thoughtsTokenCount: 5,
        cachedContentTokenCount: 4,
        totalTokenCount: 19,
      },
      modelVersion: 'gpt',
      responseId: 'c-1',
    });
  });

  it('shows what was thought only where the client asked for it', () => {
    const body = completion({ content: 'Hi', reasoning_content: 'Hm.' }, 'stop');
    expect(answered(body).wire.candidates[0].content.parts).toEqual([{ text: 'Hi' }]);
    const asked = { generation_config: { thinking_config: { include_thoughts: true } } };
    expect(answered(body, asked).wire.candidates[0].content.parts).toEqual([
      { text: 'Hm.', thought: true },
      { text: 'Hi' },
    ]);
  });

  it.each([
    ['length', 'MAX_TOKENS'],
    ['content_filter', 'SAFETY'],
    ['stop', 'STOP'],
  ])('ends for %s as %s', (reason, expected) => {
    expect(answered(completion({ content: 'x' }, reason)).wire.candidates[0].finishReason).toBe(expected);
  });

  it('never hands over a call whose arguments are no object', () => {
    const tool_calls = [{ id: 't', type: 'function', function: { name: 'f', arguments: '{"a":' } }];
    const [candidate] = answered(completion({ content: null, tool_calls }, 'tool_calls')).wire.candidates;
    expect(candidate).toMatchObject({ content: { parts: [] }, finishReason: 'MALFORMED_FUNCTION_CALL' });
    expect(candidate.finishMessage).toContain('f({"a":)');
  });

  it('carries log probabilities', () => {
    const logprobs = {
      content: [{ token: 'Hi', logprob: -0.5, top_logprobs: [{ token: 'Ho', logprob: -1 }] }],
    };
    expect(
      answered(completion({ content: 'Hi' }, 'stop', { logprobs })).wire.candidates[0].logprobsResult,
    ).toEqual({
      chosenCandidates: [{ token: 'Hi', logProbability: -0.5 }],
      topCandidates: [{ candidates: [{ token: 'Ho', logProbability: -1 }] }],
    });
  });

  it.each([
    [429, { code: 'rate_limit_exceeded' }, 429, 'RESOURCE_EXHAUSTED'],
    [401, { code: 'invalid_api_key' }, 401, 'UNAUTHENTICATED'],
    [404, { code: 'model_not_found' }, 404, 'NOT_FOUND'],
    [500, {}, 500, 'INTERNAL'],
  ])('tells an error %i in Google’s form', (status, error, code, canonical) => {
    const body = Buffer.from(JSON.stringify({ error: { message: 'No.', ...error } }));
    expect(answered(body, {}, status).wire.error).toMatchObject({ code, message: 'No.', status: canonical });
  });
});

describe('Anthropic’s thinking at a Google client', () => {
  const asked = { generationConfig: { thinkingConfig: { includeThoughts: true } } };

  it('comes with signatures that travel back to Anthropic and to nobody else', () => {
    const call = aCall('google-generate', 'anthropic-messages', asked);
    const { text } = translateStream(call, [fixture('anthropic-thinking-tools.sse')]);
    const heard = hearGoogle(text);
    expect(heard.ending).toBe('complete');
    expect(heard.signatures).toHaveLength(2);
    const parts = text
      .split('\n\n')
      .filter((frame) => frame !== '')
      .flatMap((frame) => JSON.parse(frame.slice('data: '.length)).candidates[0].content.parts)
      .filter((part) => Object.keys(part).length > 1 || part.text !== '');
    const generationConfig = { thinkingConfig: { thinkingBudget: 2_000 }, maxOutputTokens: 9_000 };
    const back = { contents: [...hello, { role: 'model', parts }, ...hello], generationConfig };
    const { wire } = sent('anthropic-messages', back, 'claude-sonnet-4-5');
    const content: readonly { type: string; thinking?: string; signature?: string }[] =
      wire.messages[1].content;
    expect(content.filter(({ type }) => type.includes('thinking'))).toEqual([
      { type: 'thinking', thinking: heard.thinking, signature: expect.stringMatching(/./) },
      { type: 'redacted_thinking', data: expect.stringMatching(/./) },
    ]);
    expect(JSON.stringify(wire.messages[1].content)).not.toContain('d2F5YmlsbC4u');
  });
});
