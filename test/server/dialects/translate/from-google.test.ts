import { describe, expect, it } from 'vitest';
import { type SpokenDialect, translateCall, UnreadableBody } from '#server/dialects/translate/index.ts';
import { hearGoogle } from './hear-google.ts';
import { aCall, fixture, someOptions, translateStream } from './stream-tools.ts';

const hello = [{ role: 'user', parts: [{ text: 'Hello' }] }];

function sent(to: SpokenDialect, body: object, model = someOptions.model) {
  const call = translateCall('google-generate', to, { ...someOptions, model });
  const { body: written, dropped } = call.request(
    Buffer.from(JSON.stringify({ contents: hello, model: 'auto', stream: false, ...body })),
  );
  return { wire: JSON.parse(written.toString()), dropped, call };
}

/** A conversation with two calls of one function, without ids as Google's clients may write it. */
const conversation = {
  systemInstruction: { parts: [{ text: 'Be brief.' }] },
  contents: [
    {
      role: 'user',
      parts: [{ text: 'Weather?' }, { inlineData: { mimeType: 'image/png', data: 'iVBORw==' } }],
    },
    {
      role: 'model',
      parts: [
        { text: 'I look.' },
        { functionCall: { name: 'weather', args: { city: 'Wien' } } },
        { functionCall: { name: 'weather', args: { city: 'Graz' } } },
      ],
    },
    {
      role: 'user',
      parts: [
        { functionResponse: { name: 'weather', response: { output: 'sun' } } },
        { functionResponse: { name: 'weather', response: { error: 'unknown city' } } },
      ],
    },
  ],
};

const settings = {
  tools: [
    {
      function_declarations: [
        {
          name: 'weather',
          description: 'The weather',
          parameters: {
            type: 'OBJECT',
            properties: {
              city: { type: 'STRING', nullable: true },
              days: { type: 'ARRAY', items: { type: 'INTEGER' }, maxItems: '5' },
            },
            required: ['city'],
            propertyOrdering: ['city', 'days'],
          },
        },
      ],
    },
  ],
  toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['weather'] } },
  generationConfig: {
    temperature: 0.5,
    topP: 0.9,
    maxOutputTokens: 200,
    stopSequences: ['END'],
    seed: 4,
    responseMimeType: 'application/json',
    responseSchema: { type: 'OBJECT', properties: { ok: { type: 'BOOLEAN' } } },
  },
};

describe('a request of a Google client', () => {
  it('becomes a chat with calls and results that find each other', () => {
    const { wire, dropped } = sent('openai-chat', { ...conversation, ...settings }, 'gpt-4o');
    // A chat has no mark for a result that failed.
    expect(dropped).toEqual(['tool_result.is_error']);
    expect(wire).toMatchObject({
      model: 'gpt-4o',
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Weather?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw==' } },
          ],
        },
        {
          role: 'assistant',
          content: 'I look.',
          tool_calls: [
            { id: 'call_1', function: { name: 'weather', arguments: '{"city":"Wien"}' } },
            { id: 'call_2', function: { name: 'weather', arguments: '{"city":"Graz"}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'call_1', content: 'sun' },
        { role: 'tool', tool_call_id: 'call_2' },
      ],
      tools: [
        {
          function: {
            name: 'weather',
            description: 'The weather',
            parameters: {
              type: 'object',
              properties: {
                city: { type: ['string', 'null'] },
                days: { type: 'array', items: { type: 'integer' }, maxItems: 5 },
              },
              required: ['city'],
            },
          },
        },
      ],
      tool_choice: { type: 'function', function: { name: 'weather' } },
      max_completion_tokens: 200,
      temperature: 0.5,
      top_p: 0.9,
      stop: ['END'],
      seed: 4,
      response_format: {
        type: 'json_schema',
        json_schema: { schema: { type: 'object', properties: { ok: { type: 'boolean' } } } },
      },
    });
  });

  it('becomes a message for Anthropic, a failed result marked as one', () => {
    const { wire, dropped } = sent(
      'anthropic-messages',
      { ...conversation, ...settings },
      'claude-sonnet-4-5',
    );
    // Of temperature and top_p that model takes one.
    expect(dropped).toEqual(expect.arrayContaining(['seed']));
    expect(wire).toMatchObject({
      system: 'Be brief.',
      max_tokens: 200,
      stop_sequences: ['END'],
      tool_choice: { type: 'tool', name: 'weather' },
      messages: [
        { role: 'user' },
        {
          role: 'assistant',
          content: [
            { type: 'text' },
            { type: 'tool_use', id: 'call_1', input: { city: 'Wien' } },
            { type: 'tool_use', id: 'call_2' },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'call_1' },
            { type: 'tool_result', tool_use_id: 'call_2', is_error: true },
          ],
        },
      ],
    });
  });

  it('finds results by id where the client gives ids, in any order', () => {
    const { wire } = sent('openai-chat', {
      contents: [
        ...hello,
        {
          role: 'model',
          parts: [
            { functionCall: { id: 'x', name: 'f', args: {} } },
            { functionCall: { id: 'y', name: 'f', args: {} } },
          ],
        },
        {
          role: 'user',
          parts: [
            { functionResponse: { id: 'y', name: 'f', response: { a: 1 } } },
            { functionResponse: { id: 'x', name: 'f', response: { b: 2 } } },
          ],
        },
      ],
    });
    expect(wire.messages.slice(2)).toMatchObject([
      { tool_call_id: 'y', content: '{"a":1}' },
      { tool_call_id: 'x', content: '{"b":2}' },
    ]);
  });

  it.each([
    [{ thinkingBudget: 0 }, { thinking: { type: 'disabled' } }],
    [{ thinkingBudget: 4_000 }, { thinking: { type: 'enabled', budget_tokens: 4_000 } }],
    [{ thinkingLevel: 'LOW' }, { thinking: { type: 'enabled', budget_tokens: 2_048 } }],
  ])('asks Anthropic to think as %j says', (thinkingConfig, expected) => {
    const generationConfig = { thinkingConfig, maxOutputTokens: 20_000 };
    expect(sent('anthropic-messages', { generationConfig }, 'claude-sonnet-4-5').wire).toMatchObject(
      expected,
    );
  });

  it('names what nobody else can do', () => {
    const { dropped } = sent('openai-chat', {
      contents: [
        {
          role: 'user',
          parts: [
            { text: 'Hi' },
            { inlineData: { mimeType: 'audio/wav', data: 'AA==' } },
            { fileData: { mimeType: 'video/mp4', fileUri: 'https://youtu.be/x' }, videoMetadata: { fps: 1 } },
          ],
        },
        {
          role: 'model',
          parts: [{ executableCode: { code: '1' } }, { text: 'a', thoughtSignature: 'Cp==' }],
        },
      ],
      tools: [{ googleSearch: {} }],
      safetySettings: [],
      generationConfig: { responseModalities: ['TEXT', 'IMAGE'], speechConfig: {}, candidateCount: 2 },
    });
    expect(dropped).toEqual(
      expect.arrayContaining([
        'contents[].parts[].inlineData.audio',
        'contents[].parts[].fileData',
        'contents[].parts[].videoMetadata',
        'contents[].parts[].executableCode',
        'contents[].parts[].thoughtSignature',
        'tools[].googleSearch',
        'safetySettings',
        'generationConfig.responseModalities.IMAGE',
        'generationConfig.speechConfig',
      ]),
    );
  });

  it.each([
    [{ cachedContent: 'cachedContents/1' }, 'cachedContent'],
    [{ contents: [{ role: 'robot', parts: [] }] }, 'contents[0].role'],
    [{ contents: [{ role: 'user', parts: ['x'] }] }, 'contents[0].parts[0]'],
  ])('is refused where its meaning would change: %j', (body, param) => {
    expect(() => sent('openai-chat', body)).toThrowError(UnreadableBody);
    expect(() => sent('openai-chat', body)).toThrowError(expect.objectContaining({ param }));
  });
});

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
