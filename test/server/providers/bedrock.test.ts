import { describe, expect, it } from 'vitest';
import { postChat } from '../support/wire.ts';
import { aProvider, sendWire, weather, wire } from './support.ts';

const bearer = { kind: 'bedrock', aws: { region: 'eu-west-1', credentials: null } } as const;
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalr', sessionToken: 'session' };
const signed = { kind: 'bedrock', apiKey: null, aws: { region: 'eu-west-1', credentials } } as const;
const nova = 'up/eu.amazon.nova-2-lite-v1:0';
const claude = 'up/eu.anthropic.claude-opus-4-7';
const hello = [{ role: 'user' as const, content: 'Hello' }];

describe('Bedrock’s Converse, for models that are not Anthropic’s', () => {
  it('answers an OpenAI client, with caches by their time to live', async () => {
    const { openai, upstream, context, sent } = await aProvider(bearer, (res) =>
      sendWire(res, 'bedrock/text.json'),
    );
    const answer = await openai.chat.completions.create({
      model: nova,
      messages: [{ role: 'system', content: 'Be brief.' }, ...hello],
      max_tokens: 50,
      seed: 1,
      frequency_penalty: 1,
      reasoning_effort: 'low',
      response_format: { type: 'json_object' },
    });
    expect(answer.choices[0]).toMatchObject({ message: { content: 'Bonjour.' }, finish_reason: 'stop' });
    expect(upstream.seen[0]).toMatchObject({
      url: '/model/eu.amazon.nova-2-lite-v1%3A0/converse',
      headers: { authorization: 'Bearer sk-upstream' },
    });
    expect(sent()).toMatchObject({
      system: [{ text: 'Be brief.' }],
      messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
      inferenceConfig: { maxTokens: 50 },
      additionalModelRequestFields: { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'low' } },
    });
    expect(await context.log.next()).toMatchObject({
      'outcome.dropped': ['seed', 'frequency_penalty', 'response_format'],
      'usage.input_tokens': 10,
      'usage.cache_read_tokens': 200,
      'usage.cache_write_5m_tokens': 30,
      'usage.cache_write_1h_tokens': 40,
      'usage.output_tokens': 5,
    });
  });

  it.each([1, 13, 50_000])(
    'streams thinking and text to an Anthropic client, in pieces of %d bytes',
    async (piece) => {
      const { anthropic, upstream, context } = await aProvider(bearer, (res) =>
        sendWire(res, 'bedrock/reasoning-text.frames', { piece }),
      );
      const message = await anthropic.messages
        .stream({ model: nova, max_tokens: 50, messages: hello })
        .finalMessage();
      expect(message.content).toMatchObject([
        { type: 'thinking', thinking: 'A greeting.' },
        { type: 'text', text: 'Bonjour.' },
      ]);
      expect(message.usage).toMatchObject({ input_tokens: 6, output_tokens: 9 });
      expect(upstream.seen[0]?.url).toContain('/converse-stream');
      expect(await context.log.next()).toMatchObject({
        'outcome.status': 'served',
        'usage.source': 'provider',
      });
    },
  );

  it('carries parallel calls there and back, pictures by their bytes, and cache marks', async () => {
    const { anthropic, context, sent } = await aProvider(bearer, (res) =>
      sendWire(res, 'bedrock/parallel-tools.frames'),
    );
    const image = { type: 'base64' as const, media_type: 'image/png' as const, data: 'iVBORw0=' };
    const message = await anthropic.messages
      .stream({
        model: nova,
        max_tokens: 50,
        top_k: 5,
        tools: [{ name: weather.name, description: weather.description, input_schema: weather.schema }],
        messages: [
          {
            role: 'user',
            content: [{ type: 'text', text: 'And?', cache_control: { type: 'ephemeral', ttl: '1h' } }],
          },
          {
            role: 'assistant',
            content: [{ type: 'tool_use', id: 't1', name: 'weather', input: { city: 'Oslo' } }],
          },
          {
            role: 'user',
            content: [
              {
                type: 'tool_result',
                tool_use_id: 't1',
                is_error: true,
                content: [
                  { type: 'text', text: 'See' },
                  { type: 'image', source: image },
                ],
              },
              { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
            ],
          },
        ],
      })
      .finalMessage();
    expect(message).toMatchObject({
      stop_reason: 'tool_use',
      content: [
        { type: 'tool_use', id: 'tooluse_1', input: { city: 'Paris' } },
        { type: 'tool_use', id: 'tooluse_2', input: { city: 'Rome' } },
      ],
    });
    const bytes = { image: { format: 'png', source: { bytes: 'iVBORw0=' } } };
    expect(sent().messages).toEqual([
      { role: 'user', content: [{ text: 'And?' }, { cachePoint: { type: 'default', ttl: '1h' } }] },
      {
        role: 'assistant',
        content: [{ toolUse: { toolUseId: 't1', name: 'weather', input: { city: 'Oslo' } } }],
      },
      { role: 'user', content: [{ toolResult: { toolUseId: 't1', content: [{ text: 'See' }, bytes] } }] },
    ]);
    expect(sent().toolConfig.tools[0].toolSpec).toMatchObject({
      name: 'weather',
      inputSchema: { json: weather.schema },
    });
    const record = await context.log.next();
    expect([...(record['outcome.dropped'] ?? [])].sort()).toEqual([
      'messages[].content.image.url',
      'messages[].tool_result.is_error',
      'top_k',
    ]);
  });

  it('moves on from a stream that is throttled before it has said anything', async () => {
    const { url, context } = await aProvider(bearer, (res) => sendWire(res, 'bedrock/throttled.frames'));
    const response = await postChat(url, { model: nova, stream: true });
    expect(response.status).toBe(429);
    expect(await context.log.next()).toMatchObject({ 'outcome.error': 'rate_limit' });
  });

  it('reads the error’s name from its header', async () => {
    const { url } = await aProvider(bearer, (res) =>
      sendWire(res, 'bedrock/error-throttling.json', {
        status: 429,
        headers: { 'x-amzn-errortype': 'ThrottlingException:http://internal.amazon.com/' },
      }),
    );
    const response = await postChat(url, { model: nova });
    expect(response.status).toBe(429);
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining('Too many requests') },
    });
  });

  it('is signed with SigV4 where there are credentials, and never with what the environment holds', async () => {
    const { openai, upstream } = await aProvider(signed, (res) => sendWire(res, 'bedrock/text.json'));
    await openai.chat.completions.create({ model: nova, messages: hello });
    const headers = upstream.seen[0]?.headers ?? {};
    expect(headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/bedrock\/aws4_request, SignedHeaders=\S*host\S*, Signature=[0-9a-f]{64}$/,
    );
    expect(headers['x-amz-security-token']).toBe('session');
  });
});

describe('Anthropic’s models at Bedrock', () => {
  const flags =
    'interleaved-thinking-2025-05-14,claude-code-20250219,context-management-2025-06-27,mcp-servers-2025-12-04';

  it('get an Anthropic client’s own bytes, with the model in the path and only the flags Bedrock takes', async () => {
    const { url, upstream, context } = await aProvider(bearer, (res) =>
      sendWire(res, 'bedrock/claude.frames', { piece: 100 }),
    );
    const text =
      '{"model":"up/eu.anthropic.claude-opus-4-7","max_tokens":1e2,"stream":true,"mcp_servers":[],"new":{"a":1},"messages":[{"role":"user","content":"Hi"}]}';
    const response = await fetch(`${url}/v1/messages?beta=true`, {
      method: 'POST',
      headers: {
        'x-api-key': 'wb-test-0123456789',
        'anthropic-beta': flags,
        'anthropic-version': '2023-06-01',
      },
      body: text,
    });
    const events = await response.text();
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(events).toContain('event: message_start\ndata: {"type":"message_start"');
    expect(events).toContain('"signature":"EqoB"');
    expect(events.trimEnd().split('\n\n').at(-1)).toContain('message_stop');
    expect(upstream.seen[0]).toMatchObject({
      url: '/model/eu.anthropic.claude-opus-4-7/invoke-with-response-stream',
      body: '{"max_tokens":1e2,"new":{"a":1},"messages":[{"role":"user","content":"Hi"}],"anthropic_version":"bedrock-2023-05-31","anthropic_beta":["interleaved-thinking-2025-05-14","context-management-2025-06-27"]}',
    });
    expect(await context.log.next()).toMatchObject({
      'outcome.dropped': [
        'anthropic-beta.claude-code-20250219',
        'anthropic-beta.mcp-servers-2025-12-04',
        'mcp_servers',
      ],
      'usage.cache_read_tokens': 200,
      'usage.output_tokens': 12,
    });
  });

  it('answer an OpenAI client by our own translation', async () => {
    const { openai, upstream } = await aProvider(signed, (res) => sendWire(res, 'bedrock/claude.frames'));
    const stream = await openai.chat.completions.create({ model: claude, messages: hello, stream: true });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    expect(text).toBe('Bonjour.');
    expect(upstream.seen[0]?.headers.authorization).toContain('AWS4-HMAC-SHA256');
  });

  it('have their errors said as Anthropic says them', async () => {
    const { anthropic } = await aProvider(bearer, (res) =>
      sendWire(res, 'bedrock/error-throttling.json', {
        status: 429,
        headers: { 'x-amzn-errortype': 'ThrottlingException' },
      }),
    );
    const failure = await anthropic.messages
      .create({ model: claude, max_tokens: 5, messages: hello })
      .catch((error) => error);
    expect(failure).toMatchObject({
      status: 429,
      error: { error: { type: 'rate_limit_error', message: expect.stringContaining('Too many') } },
    });
  });

  it('end in an error, never in a finish, when a message of the stream is cut or damaged', async () => {
    for (const harm of [
      (bytes: Buffer) => bytes.subarray(0, -9),
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 900), Buffer.from('x'), bytes.subarray(901)]),
    ]) {
      const { url, context } = await aProvider(bearer, (res) => {
        res.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
        res.end(harm(wire('bedrock/claude.frames')));
      });
      const text = await (await postChat(url, { model: claude, stream: true })).text();
      expect(text).not.toContain('[DONE]');
      expect(await context.log.next()).toMatchObject({ 'outcome.status': 'failed' });
    }
  });
});
