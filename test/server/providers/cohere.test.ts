import { describe, expect, it } from 'vitest';
import { postChat } from '../support/wire.ts';
import { aProvider, sendWire, weather } from './support.ts';

const cohere = { kind: 'cohere', path: '/v2' } as const;
const model = 'up/command-a-reasoning-08-2025';
const hello = [{ role: 'user' as const, content: 'Hello' }];

describe('Cohere', () => {
  it('answers an OpenAI client, and bills what it bills', async () => {
    const { openai, upstream, context, sent } = await aProvider(cohere, (res) =>
      sendWire(res, 'cohere/text.json'),
    );
    const answer = await openai.chat.completions.create({
      model,
      messages: [{ role: 'system', content: 'Be brief.' }, ...hello],
      max_tokens: 50,
      top_p: 0.9,
      frequency_penalty: 0.5,
      response_format: { type: 'json_object' },
      parallel_tool_calls: false,
    });
    expect(answer.choices[0]).toMatchObject({ message: { content: 'Bonjour.' }, finish_reason: 'stop' });
    expect(upstream.seen[0]).toMatchObject({
      url: '/v2/chat',
      headers: { authorization: 'Bearer sk-upstream' },
    });
    expect(sent()).toMatchObject({
      model: 'command-a-reasoning-08-2025',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' },
      ],
      max_tokens: 50,
      p: 0.9,
      frequency_penalty: 0.5,
      response_format: { type: 'json_object' },
    });
    expect(await context.log.next()).toMatchObject({
      'outcome.dropped': ['parallel_tool_calls'],
      'usage.input_tokens': 3,
      'usage.cache_read_tokens': 2,
      'usage.output_tokens': 4,
    });
  });

  it.each([1, 50_000])(
    'streams thinking and text to an Anthropic client, in pieces of %d bytes',
    async (piece) => {
      const { anthropic, sent } = await aProvider(cohere, (res) =>
        sendWire(res, 'cohere/thinking-text.sse', { piece }),
      );
      const message = await anthropic.messages
        .stream({
          model,
          max_tokens: 4_000,
          thinking: { type: 'enabled', budget_tokens: 1_500 },
          messages: hello,
        })
        .finalMessage();
      expect(message.content).toMatchObject([
        { type: 'thinking', thinking: 'A greeting.' },
        { type: 'text', text: 'Bonjour.' },
      ]);
      expect(message).toMatchObject({
        stop_reason: 'end_turn',
        usage: { input_tokens: 5, output_tokens: 4 },
      });
      expect(sent()).toMatchObject({ stream: true, thinking: { type: 'enabled', token_budget: 1_500 } });
    },
  );

  it('carries parallel calls and their results, and names what it loses beside them', async () => {
    const { anthropic, context, sent } = await aProvider(cohere, (res) =>
      sendWire(res, 'cohere/parallel-tools.sse'),
    );
    const image = { type: 'base64' as const, media_type: 'image/png' as const, data: 'iVBORw0=' };
    const message = await anthropic.messages
      .stream({
        model,
        max_tokens: 50,
        tools: [{ name: weather.name, input_schema: weather.schema }],
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Look' },
              { type: 'image', source: image },
              {
                type: 'document',
                source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' },
              },
            ],
          },
          {
            role: 'assistant',
            content: [
              { type: 'text', text: 'I will.' },
              { type: 'tool_use', id: 't1', name: 'weather', input: { city: 'Oslo' } },
            ],
          },
          {
            role: 'user',
            content: [
              {
                type: 'tool_result',
                tool_use_id: 't1',
                content: [
                  { type: 'text', text: '3 °C' },
                  { type: 'image', source: image },
                ],
              },
            ],
          },
        ],
      })
      .finalMessage();
    expect(message).toMatchObject({
      stop_reason: 'tool_use',
      content: [
        { type: 'tool_use', id: 'weather_1', input: { city: 'Paris' } },
        { type: 'tool_use', id: 'weather_2', input: { city: 'Rome' } },
      ],
    });
    expect(sent().messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0=' } },
        ],
      },
      {
        role: 'assistant',
        tool_calls: [
          { id: 't1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } },
        ],
      },
      { role: 'tool', tool_call_id: 't1', content: '3 °C' },
    ]);
    const record = await context.log.next();
    expect([...(record['outcome.dropped'] ?? [])].sort()).toEqual([
      'messages[].content.file.application/pdf',
      'messages[].content_beside_tool_calls',
      'messages[].tool_result.image',
    ]);
  });

  it('has a key that it refuses known as such', async () => {
    const { url, context } = await aProvider(cohere, (res) =>
      sendWire(res, 'cohere/error-401.json', { status: 401 }),
    );
    await postChat(url, { model });
    expect(await context.log.next()).toMatchObject({ 'outcome.error': 'auth' });
    expect(context.providers.list()[0]?.keys()).toMatchObject([
      { state: 'refused', reason: 'The provider answered 401.' },
    ]);
  });

  it('never calls a stream whole that broke off', async () => {
    const { url, context } = await aProvider(cohere, (res) => sendWire(res, 'cohere/unfinished.sse'));
    const text = await (await postChat(url, { model, stream: true })).text();
    expect(text).toContain('Half of');
    expect(text).toContain('"error"');
    expect(text).not.toContain('[DONE]');
    expect(await context.log.next()).toMatchObject({ 'outcome.status': 'failed' });
  });

  it('says so when it answers something that is no answer', async () => {
    const { url, context } = await aProvider(cohere, (res) => {
      res.writeHead(200, { 'content-type': 'text/html' });
      res.end('<html>It works!</html>');
    });
    const response = await postChat(url, { model });
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining('text/html') } });
    expect(await context.log.next()).toMatchObject({ 'outcome.error': 'server_error' });
  });
});
