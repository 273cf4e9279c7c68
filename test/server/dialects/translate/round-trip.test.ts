import { describe, expect, it } from 'vitest';
import {
  readAnthropic,
  readAnthropicAnswer,
  readOpenAiAnswer,
  readOpenAiChat,
  writeAnthropic,
  writeAnthropicAnswer,
  writeOpenAiAnswer,
  writeOpenAiChat,
} from '#server/dialects/translate/index.ts';
import { someOptions } from './stream-tools.ts';

describe('a request that went to the other dialect and back', () => {
  it('still says the same conversation', () => {
    const wire = {
      model: 'm',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Weather?' },
        {
          role: 'assistant',
          content: 'Looking.',
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'w', arguments: '{"x":1}' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: 'Sun' },
      ],
      max_completion_tokens: 50,
      stop: ['END'],
    };
    const there = writeAnthropic(readOpenAiChat(wire), { model: 'claude-sonnet-4-5', maxOutputTokens: 9 });
    const back = writeOpenAiChat(readAnthropic(there.body), { model: 'gpt-4.1' });
    expect(back.body).toEqual({ ...wire, model: 'gpt-4.1' });
  });
});

describe('answers to neutral and back', () => {
  it('keep what OpenAI said', () => {
    const answer = {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: someOptions.created,
      model: 'gpt-4.1',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: null,
            refusal: null,
            tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
          },
          logprobs: { content: [], refusal: null },
          finish_reason: 'tool_calls',
        },
      ],
      usage: {
        prompt_tokens: 9,
        completion_tokens: 5,
        total_tokens: 14,
        prompt_tokens_details: { cached_tokens: 4, audio_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 2, audio_tokens: 0 },
      },
      service_tier: 'default',
    };
    expect(writeOpenAiAnswer(readOpenAiAnswer(answer), someOptions)).toEqual({ body: answer, dropped: [] });
  });

  it('keep what Anthropic said', () => {
    const answer = {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'claude-opus-5',
      content: [
        { type: 'thinking', thinking: 'Hm', signature: 'sig' },
        { type: 'redacted_thinking', data: 'x' },
        { type: 'text', text: 'Looking.' },
        { type: 'tool_use', id: 'toolu_1', name: 'f', input: { a: [1, { b: null }] } },
      ],
      stop_reason: 'tool_use',
      stop_sequence: null,
      stop_details: null,
      usage: {
        input_tokens: 1,
        cache_creation_input_tokens: 30,
        cache_read_input_tokens: 4,
        cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 },
        output_tokens: 8,
        output_tokens_details: { thinking_tokens: 3 },
        service_tier: 'priority',
      },
    };
    expect(writeAnthropicAnswer(readAnthropicAnswer(answer), someOptions)).toEqual({
      body: answer,
      dropped: [],
    });
  });
});
