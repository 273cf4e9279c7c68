import { describe, expect, it } from 'vitest';
import { testSecret } from '../support/fakes.ts';
import { postChat } from '../support/wire.ts';
import { aProvider, sendWire, weather, wire } from './support.ts';

const gemini = { kind: 'gemini', path: '/v1beta' } as const;

const model = 'up/gemini-3.5-flash';

const ask = { model, messages: [{ role: 'user' as const, content: 'Hello' }] };

describe('an OpenAI client before Gemini', () => {
  it('gets a text, and the record every class of its usage', async () => {
    const { openai, upstream, context, sent } = await aProvider(gemini, (res) =>
      sendWire(res, 'gemini/text.json'),
    );
    const answer = await openai.chat.completions.create({
      ...ask,
      messages: [{ role: 'system', content: 'Be brief.' }, ...ask.messages],
      temperature: 0.5,
      top_p: 0.9,
      stop: ['END'],
      seed: 7,
      max_completion_tokens: 100,
    });
    expect(answer.choices[0]).toMatchObject({ message: { content: 'Bonjour.' }, finish_reason: 'stop' });
    expect(answer.usage).toMatchObject({
      prompt_tokens: 270,
      completion_tokens: 45,
      prompt_tokens_details: { cached_tokens: 200 },
      completion_tokens_details: { reasoning_tokens: 40 },
    });
    expect(upstream.seen[0]).toMatchObject({
      url: '/v1beta/models/gemini-3.5-flash:generateContent',
      headers: { 'x-goog-api-key': 'sk-upstream' },
    });
    expect(upstream.seen[0]?.headers.authorization).toBeUndefined();
    expect(sent()).toMatchObject({
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [{ role: 'user', parts: [{ text: 'Hello' }] }],
      generationConfig: {
        temperature: 0.5,
        topP: 0.9,
        stopSequences: ['END'],
        seed: 7,
        maxOutputTokens: 100,
      },
    });
    expect(await context.log.next()).toMatchObject({
      'outcome.dropped': [],
      'usage.input_tokens': 70,
      'usage.cache_read_tokens': 200,
      'usage.output_tokens': 5,
      'usage.reasoning_tokens': 40,
      'usage.source': 'provider',
    });
  });

  it.each([1, 7, 50_000])('gets a stream that comes in pieces of %d bytes', async (piece) => {
    const { openai, context } = await aProvider(gemini, (res) => sendWire(res, 'gemini/text.sse', { piece }));
    const stream = await openai.chat.completions.create({
      ...ask,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    let finish: string | null = null;
    let usage: unknown;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      finish = chunk.choices[0]?.finish_reason ?? finish;
      usage = chunk.usage ?? usage;
    }
    expect([text, finish]).toEqual(['Bonjour.', 'stop']);
    expect(usage).toMatchObject({ prompt_tokens: 7, completion_tokens: 2 });
    expect(await context.log.next()).toMatchObject({
      'outcome.status': 'served',
      'usage.source': 'provider',
    });
  });

  it('has tools, pictures, files and a schema carried, and everything else named', async () => {
    const { openai, context, sent } = await aProvider(gemini, (res) => sendWire(res, 'gemini/text.json'));
    const schema = {
      type: 'object',
      properties: { a: { type: 'string' } },
      required: ['a'],
      additionalProperties: false,
    };
    await openai.chat.completions.create({
      ...ask,
      messages: [
        {
          role: 'user',
          name: 'ann',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0=', detail: 'low' } },
            { type: 'image_url', image_url: { url: 'https://example.com/cat.webp' } },
            { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' } },
          ],
        },
      ],
      tools: [{ type: 'function', function: { name: 'weather', parameters: weather.schema } }],
      tool_choice: 'required',
      parallel_tool_calls: false,
      response_format: { type: 'json_schema', json_schema: { name: 'x', schema } },
      logit_bias: { '1': 1 },
      n: 2,
      logprobs: true,
      user: 'u1',
    });
    expect(sent().contents[0].parts).toEqual([
      { text: 'What is this?' },
      { inlineData: { mimeType: 'image/png', data: 'iVBORw0=' } },
      { fileData: { mimeType: 'image/webp', fileUri: 'https://example.com/cat.webp' } },
      { inlineData: { mimeType: 'application/pdf', data: 'JVBERi0=' } },
    ]);
    expect(sent()).toMatchObject({
      tools: [{ functionDeclarations: [{ name: 'weather', parametersJsonSchema: weather.schema }] }],
      toolConfig: { functionCallingConfig: { mode: 'ANY' } },
      generationConfig: {
        responseMimeType: 'application/json',
        responseSchema: { type: 'object', required: ['a'] },
      },
    });
    const record = await context.log.next();
    expect([...(record['outcome.dropped'] ?? [])].sort()).toEqual([
      'logit_bias',
      'logprobs',
      'messages[].content.image.detail',
      'messages[].name',
      'n',
      'parallel_tool_calls',
      'response_format.schema.additionalProperties',
      'user',
    ]);
  });

  it('reads what the provider said about an error, in its own form, with status and when to come back', async () => {
    const { url, context } = await aProvider(gemini, (res) =>
      sendWire(res, 'gemini/error-429.json', { status: 429 }),
    );
    const response = await postChat(url, { model });
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('37');
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining('exceeded your current quota'), code: 'rate_limit_exceeded' },
    });
    expect(await context.log.next()).toMatchObject({ 'outcome.error': 'rate_limit' });
  });

  it('is told that a prompt is too long so that a fallback on it moves on', async () => {
    const { url, context } = await aProvider(gemini, (res) =>
      sendWire(res, 'gemini/error-too-long.json', { status: 400 }),
    );
    const response = await postChat(url, { model });
    expect(await response.json()).toMatchObject({ error: { code: 'context_length_exceeded' } });
    expect(await context.log.next()).toMatchObject({ 'outcome.error': 'context_length' });
  });

  it.each([
    ['gemini/error-in-stream.sse', 'server_error'],
    ['gemini/unfinished.sse', 'network'],
  ])('is never told that a stream was whole when it was not: %s', async (name, error) => {
    const { url, context } = await aProvider(gemini, (res) => sendWire(res, name));
    const text = await (await postChat(url, { model, stream: true })).text();
    expect(text).toContain('"error"');
    expect(text).not.toContain('[DONE]');
    expect(await context.log.next()).toMatchObject({ 'outcome.status': 'failed', 'outcome.error': error });
  });

  it('gets a content filter where the prompt is blocked', async () => {
    const { openai } = await aProvider(gemini, (res) => sendWire(res, 'gemini/blocked.sse'));
    const stream = await openai.chat.completions.create({ ...ask, stream: true });
    const finishes: unknown[] = [];
    for await (const chunk of stream) finishes.push(chunk.choices[0]?.finish_reason);
    expect(finishes).toContain('content_filter');
  });

  it('leaves, and the upstream’s call is ended', async () => {
    let closed: () => void = () => {};
    const ended = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const { openai } = await aProvider(gemini, (res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write(wire('gemini/unfinished.sse'));
      res.on('close', closed);
    });
    const stream = await openai.chat.completions.create({ ...ask, stream: true });
    for await (const _ of stream) break;
    stream.controller.abort();
    await ended;
  });
});

describe('Gemini with two keys', () => {
  it('takes out the one that is not valid, though that is a 400 there, and asks with the other at once', async () => {
    const keys = [
      { apiKey: 'AIza-wrong-key-000000', weight: 1 },
      { apiKey: 'AIza-right-key-111111', weight: 1 },
    ];
    const { url, openai, upstream, context } = await aProvider({ ...gemini, keys }, (res, { headers }) =>
      headers['x-goog-api-key'] === 'AIza-wrong-key-000000'
        ? sendWire(res, 'gemini/error-key.json', { status: 400 })
        : sendWire(res, 'gemini/text.json'),
    );
    for (let turn = 0; turn < 3; turn += 1) await openai.chat.completions.create(ask);
    const path = '/v1beta/models/up%2Fgemini-3.5-flash:generateContent';
    const headers = { 'x-goog-api-key': testSecret };
    await fetch(url + path, { method: 'POST', headers, body: '{"contents":[{"parts":[{"text":"Hi"}]}]}' });
    const used = upstream.seen.map((seen) => String(seen.headers['x-goog-api-key']).slice(5, 10));
    expect(used).toEqual(['wrong', 'right', 'right', 'right', 'right']);
    expect(context.providers.list()[0]?.keys()).toMatchObject([{ state: 'refused' }, { state: 'ready' }]);
  });
});
