import { describe, expect, it } from 'vitest';
import { UnreadableBody } from '#server/dialects/translate/index.ts';
import { hello, sent } from './sent-from-google.ts';

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
