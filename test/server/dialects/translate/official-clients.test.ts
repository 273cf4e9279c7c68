import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import type { TranslatedCall } from '#server/dialects/translate/index.ts';
import { aCall, fixture } from './stream-tools.ts';

/** Answers every call with a translated fixture, a frame at a time. */
function serving(call: TranslatedCall, name: string): typeof fetch {
  return async () => {
    const stream = call.stream();
    const frames = [...stream.push(fixture(name)), ...stream.end()];
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const frame of frames) controller.enqueue(encoder.encode(frame));
        controller.close();
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };
}

function anthropicClient(name: string) {
  const client = new Anthropic({
    apiKey: 'k',
    baseURL: 'http://gateway.test',
    maxRetries: 0,
    fetch: serving(aCall('anthropic-messages', 'openai-chat'), name),
  });
  return client.messages.stream({
    model: 'claude-opus-5',
    max_tokens: 100,
    messages: [{ role: 'user', content: 'Hi' }],
  });
}

function openAiClient(name: string) {
  const client = new OpenAI({
    apiKey: 'k',
    baseURL: 'http://gateway.test/v1',
    maxRetries: 0,
    fetch: serving(aCall('openai-chat', 'anthropic-messages'), name),
  });
  return client.chat.completions.stream({
    model: 'gpt-5.5',
    messages: [{ role: 'user', content: 'Hi' }],
    stream_options: { include_usage: true },
  });
}

describe('the official Anthropic client', () => {
  it('puts a translated text together', async () => {
    const answer = await anthropicClient('openai-text.sse').finalMessage();
    expect(answer.content).toMatchObject([{ type: 'text', text: 'Grüße, 世界 🌍!\n"quoted" \\ ' }]);
    expect(answer).toMatchObject({ stop_reason: 'end_turn', id: 'chatcmpl-Dq9x' });
    expect(answer.usage).toMatchObject({
      input_tokens: 201,
      cache_read_input_tokens: 1024,
      output_tokens: 48,
    });
  });

  it('puts translated parallel tool calls together', async () => {
    const answer = await anthropicClient('openai-parallel-tools.sse').finalMessage();
    expect(answer.content).toMatchObject([
      { type: 'text', text: 'Let me look.' },
      { type: 'tool_use', id: 'call_rome', name: 'get_weather', input: { city: 'Rome' } },
      { type: 'tool_use', id: 'call_oslo', name: 'get_weather', input: { city: 'Oslo' } },
    ]);
    expect(answer.stop_reason).toBe('tool_use');
  });

  it('hears thinking', async () => {
    const thoughts: string[] = [];
    const stream = anthropicClient('openai-reasoning.sse').on('thinking', (thought: string) =>
      thoughts.push(thought),
    );
    await stream.finalMessage();
    expect(thoughts.join('')).toBe('Two plus two.');
  });

  it('throws on a broken upstream', async () => {
    await expect(anthropicClient('openai-error.sse').finalMessage()).rejects.toThrow(
      'The server had an error',
    );
  });
});

describe('the official OpenAI client', () => {
  it('puts a translated text together', async () => {
    const stream = openAiClient('anthropic-text.sse');
    const answer = await stream.finalChatCompletion();
    expect(answer.choices[0]).toMatchObject({
      message: { role: 'assistant', content: 'Grüße, 世界 🌍' },
      finish_reason: 'stop',
    });
    expect(answer.usage).toMatchObject({ prompt_tokens: 5321, completion_tokens: 15, total_tokens: 5336 });
  });

  it('puts translated tool calls together', async () => {
    const answer = await openAiClient('anthropic-thinking-tools.sse').finalChatCompletion();
    expect(answer.choices[0]?.message.tool_calls).toMatchObject([
      {
        id: 'toolu_rome',
        type: 'function',
        function: { name: 'get_weather', arguments: '{"city": "Rome"}' },
      },
      { id: 'toolu_now', type: 'function', function: { name: 'get_time', arguments: '{}' } },
    ]);
    expect(answer.choices[0]).toMatchObject({ finish_reason: 'tool_calls' });
  });

  it('throws on a broken upstream', async () => {
    await expect(openAiClient('anthropic-error.sse').finalChatCompletion()).rejects.toThrow('Overloaded');
  });
});
