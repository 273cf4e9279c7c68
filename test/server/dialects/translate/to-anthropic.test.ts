import { describe, expect, it } from 'vitest';
import { readOpenAiChat, writeAnthropic } from '#server/dialects/translate/index.ts';

/** An OpenAI body as Anthropic would get it; takes what differs from an everyday one. */
function toAnthropic(different: object, model = 'claude-opus-4-5') {
  const body = { model: 'auto', messages: [{ role: 'user', content: 'Hi' }], ...different };
  return writeAnthropic(readOpenAiChat(body), { model, maxOutputTokens: 32_000 });
}

const weather = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};

describe('an OpenAI request for Anthropic', () => {
  it('is the least body when it says the least', () => {
    expect(toAnthropic({})).toEqual({
      body: {
        model: 'claude-opus-4-5',
        max_tokens: 32_000,
        messages: [{ role: 'user', content: 'Hi' }],
      },
      dropped: [],
    });
  });

  it('collects instructions, merges turns and puts tool results first', () => {
    const { body, dropped } = toAnthropic({
      messages: [
        { role: 'developer', content: 'Be brief.' },
        { role: 'system', content: [{ type: 'text', text: 'Be kind.' }] },
        { role: 'user', content: 'Weather?' },
        { role: 'user', content: 'In Rome and Oslo.' },
        {
          role: 'assistant',
          content: 'Looking.',
          tool_calls: [
            { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' } },
            { id: 'functions.w:1', type: 'function', function: { name: 'weather', arguments: '' } },
          ],
        },
        { role: 'tool', tool_call_id: 'call_1', content: 'Sun' },
        { role: 'tool', tool_call_id: 'functions.w:1', content: [{ type: 'text', text: 'Snow' }] },
        { role: 'user', content: 'And?' },
      ],
      tools: [{ type: 'function', function: { name: 'weather', parameters: weather } }],
    });
    expect(body.system).toEqual([
      { type: 'text', text: 'Be brief.' },
      { type: 'text', text: 'Be kind.' },
    ]);
    expect(body.messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Weather?' },
          { type: 'text', text: 'In Rome and Oslo.' },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'Looking.' },
          { type: 'tool_use', id: 'call_1', name: 'weather', input: { city: 'Rome' } },
          { type: 'tool_use', id: 'functions_w_1', name: 'weather', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'call_1', content: 'Sun' },
          { type: 'tool_result', tool_use_id: 'functions_w_1', content: 'Snow' },
          { type: 'text', text: 'And?' },
        ],
      },
    ]);
    expect(body.tools).toEqual([{ name: 'weather', input_schema: weather }]);
    expect(dropped).toEqual([]);
  });

  it('moves later instructions to the front and says so', () => {
    const { body, dropped } = toAnthropic({
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'system', content: 'Now in French.' },
      ],
    });
    expect(body.system).toBe('Now in French.');
    expect(dropped).toEqual(['messages[].system.position']);
  });

  it('of instructions alone asks them', () => {
    const { body, dropped } = toAnthropic({ messages: [{ role: 'system', content: 'Say hi.' }] });
    expect(body).toMatchObject({
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Say hi.' }] }],
    });
    expect(body.system).toBeUndefined();
    expect(dropped).toEqual(['messages[].system.role']);
  });

  it('carries images by address and by bytes, and files', () => {
    const { body, dropped } = toAnthropic({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: 'https://x.test/a.png' } },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0=' } },
            { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBE' } },
            { type: 'file', file: { file_data: 'data:text/plain;base64,SGk=' } },
            { type: 'file', file: { file_id: 'file-1' } },
            { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
          ],
        },
      ],
    });
    expect(body.messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'url', url: 'https://x.test/a.png' } },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0=' } },
          {
            type: 'document',
            source: { type: 'base64', media_type: 'application/pdf', data: 'JVBE' },
            title: 'a.pdf',
          },
          { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Hi' } },
        ],
      },
    ]);
    expect(dropped).toEqual(['messages[].content.file_id', 'messages[].content.input_audio']);
  });

  it('keeps arguments that are no JSON as text, and says so', () => {
    const { body, dropped } = toAnthropic({
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', tool_calls: [{ id: 'c', function: { name: 'f', arguments: '{"a":' } }] },
      ],
    });
    expect(JSON.stringify(body.messages)).toContain('"input":{"arguments":"{\\"a\\":"}');
    expect(dropped).toEqual(['tool_calls.arguments.invalid_json']);
  });
});
