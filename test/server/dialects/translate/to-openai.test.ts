import { describe, expect, it } from 'vitest';
import { readAnthropic, writeOpenAiChat } from '#server/dialects/translate/index.ts';

function toOpenAi(different: object, model = 'gpt-4.1') {
  const body = { model: 'auto', max_tokens: 500, messages: [{ role: 'user', content: 'Hi' }], ...different };
  return writeOpenAiChat(readAnthropic(body), { model });
}

const weather = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};

describe('an Anthropic request for OpenAI', () => {
  it('carries the conversation with tools, results, images and documents', () => {
    const { body, dropped } = toOpenAi({
      system: [{ type: 'text', text: 'Be brief.' }],
      tools: [{ name: 'weather', description: 'd', input_schema: weather, strict: true }],
      tool_choice: { type: 'any', disable_parallel_tool_use: true },
      stop_sequences: ['END'],
      metadata: { user_id: 'u-1' },
      service_tier: 'standard_only',
      messages: [
        { role: 'user', content: 'Weather?' },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'Looking.' },
            { type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Rome' } },
          ],
        },
        {
          role: 'user',
          content: [
            {
              type: 'tool_result',
              tool_use_id: 'toolu_1',
              content: [
                { type: 'text', text: 'Sun' },
                { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBO' } },
              ],
            },
            { type: 'text', text: 'And this?' },
            { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBE' } },
            { type: 'document', title: 'T', source: { type: 'text', media_type: 'text/plain', data: 'x' } },
          ],
        },
      ],
    });
    expect(body).toEqual({
      model: 'gpt-4.1',
      max_completion_tokens: 500,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Weather?' },
        {
          role: 'assistant',
          content: 'Looking.',
          tool_calls: [
            { id: 'toolu_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'toolu_1', content: 'Sun' },
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBO' } },
            { type: 'text', text: 'And this?' },
            { type: 'file', file: { filename: 'file.pdf', file_data: 'data:application/pdf;base64,JVBE' } },
            { type: 'text', text: 'T\n\nx' },
          ],
        },
      ],
      tools: [
        {
          type: 'function',
          function: { name: 'weather', description: 'd', parameters: weather, strict: true },
        },
      ],
      tool_choice: 'required',
      parallel_tool_calls: false,
      stop: ['END'],
      safety_identifier: 'u-1',
      service_tier: 'default',
    });
    expect(dropped).toEqual(['tool_result.media.position']);
  });

  it('names what OpenAI has no word for', () => {
    const { body, dropped } = toOpenAi({
      top_k: 5,
      thinking: { type: 'enabled', budget_tokens: 10_000 },
      context_management: { edits: [] },
      metadata: { user_id: 'u'.repeat(65) },
      tools: [
        { type: 'web_search_20250305', name: 'web_search' },
        { name: 'f', input_schema: {}, cache_control: { type: 'ephemeral' } },
      ],
      messages: [
        {
          role: 'user',
          content: [{ type: 'text', text: 'x', cache_control: { type: 'ephemeral', ttl: '1h' } }],
        },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'Hm', signature: 'sig' },
            { type: 'redacted_thinking', data: 'x' },
            { type: 'server_tool_use', id: 's', name: 'web_search', input: {} },
            { type: 'text', text: 'y' },
          ],
        },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 't', content: 'no', is_error: true }],
        },
      ],
    });
    expect(new Set(dropped)).toEqual(
      new Set([
        'top_k',
        'thinking',
        'context_management',
        'metadata.user_id',
        'tools.web_search_20250305',
        'tools.cache_control',
        'cache_control',
        'messages[].thinking',
        'messages[].redacted_thinking',
        'messages[].content.server_tool_use',
        'tool_result.is_error',
      ]),
    );
    expect(body.messages).toEqual([
      { role: 'user', content: 'x' },
      { role: 'assistant', content: 'y' },
      { role: 'tool', tool_call_id: 't', content: 'no' },
    ]);
  });

  it.each([
    ['gpt-5.5', { thinking: { type: 'enabled', budget_tokens: 10_000 } }, 'medium', []],
    ['gpt-5.5', { thinking: { type: 'adaptive' }, output_config: { effort: 'xhigh' } }, 'xhigh', []],
    ['gpt-5.5', { thinking: { type: 'adaptive' } }, undefined, []],
    ['gpt-5.5', { thinking: { type: 'disabled' } }, 'none', []],
    ['o3', { output_config: { effort: 'max' } }, 'high', ['thinking.effort.max']],
    ['gpt-4.1', { thinking: { type: 'disabled' } }, undefined, []],
  ])('asks %s with %j for effort %s', (model, different, expected, lost) => {
    const { body, dropped } = toOpenAi(different, model);
    expect(body.reasoning_effort).toBe(expected);
    expect(dropped).toEqual(lost);
  });

  it('leaves out what a reasoning model refuses, and says so', () => {
    const asked = { temperature: 0.2, top_p: 1, stop_sequences: ['END'] };
    const { body, dropped } = toOpenAi(asked, 'gpt-5.5');
    expect(Object.keys(body).sort()).toEqual(['max_completion_tokens', 'messages', 'model']);
    expect(dropped).toEqual(['temperature', 'stop']);
    expect(toOpenAi({ temperature: 1 }, 'gpt-5.5').dropped).toEqual([]);
  });

  it('carries cache marks where they are known', () => {
    const text = { type: 'text', text: 'x', cache_control: { type: 'ephemeral' } };
    const { body, dropped } = toOpenAi({ messages: [{ role: 'user', content: [text] }] }, 'gpt-5.6');
    expect(body.messages).toEqual([
      {
        role: 'user',
        content: [{ type: 'text', text: 'x', prompt_cache_breakpoint: { mode: 'explicit' } }],
      },
    ]);
    expect(dropped).toEqual([]);
  });

  it('holds the answer to a schema, strictly only where OpenAI can', () => {
    const format = (schema: object) => ({ output_config: { format: { type: 'json_schema', schema } } });
    const strictness = (schema: object) =>
      (toOpenAi(format(schema)).body.response_format as { json_schema: { strict: boolean } }).json_schema
        .strict;
    expect(strictness(weather)).toBe(true);
    expect(strictness({ ...weather, required: [] })).toBe(false);
  });

  it('asks a stream for its usage', () => {
    expect(toOpenAi({ stream: true }).body).toMatchObject({
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it('speaks to compatible servers in the older words', () => {
    const { body } = toOpenAi({ metadata: { user_id: 'u' } }, 'deepseek-chat');
    expect(body).toMatchObject({ max_tokens: 500, user: 'u' });
  });

  it('keeps instructions in the middle of the conversation where they stand', () => {
    const messages = [
      { role: 'user', content: 'Hi' },
      { role: 'system', content: [{ type: 'text', text: 'Note.' }] },
    ];
    expect(toOpenAi({ messages }).body.messages).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'system', content: 'Note.' },
    ]);
  });

  it('shortens tool names that are too long, in definitions, calls and choice alike', () => {
    const name = `mcp__${'server'.repeat(12)}__read`;
    const { body, toolNames } = toOpenAi({
      tools: [{ name, input_schema: weather }],
      tool_choice: { type: 'tool', name },
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: [{ type: 'tool_use', id: 't', name, input: {} }] },
      ],
    });
    const short = toolNames.shorten(name);
    expect(short).toHaveLength(64);
    expect(toolNames.restore(short)).toBe(name);
    expect(JSON.stringify(body).split(short)).toHaveLength(4);
    expect(JSON.stringify(body)).not.toContain(name);
  });
});
