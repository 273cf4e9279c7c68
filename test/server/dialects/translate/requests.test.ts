import { describe, expect, it } from 'vitest';
import {
  readAnthropic,
  readOpenAiChat,
  UnreadableBody,
  writeAnthropic,
  writeOpenAiChat,
} from '#server/dialects/translate/index.ts';

/** An OpenAI body as Anthropic would get it; takes what differs from an everyday one. */
function toAnthropic(different: object, model = 'claude-opus-4-5') {
  const body = { model: 'auto', messages: [{ role: 'user', content: 'Hi' }], ...different };
  return writeAnthropic(readOpenAiChat(body), { model, maxOutputTokens: 32_000 });
}

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

  it('names everything Anthropic has no word for, and every unknown field', () => {
    const { dropped } = toAnthropic({
      n: 2,
      seed: 7,
      logit_bias: { 50256: -100 },
      logprobs: true,
      top_logprobs: 3,
      frequency_penalty: 0.5,
      presence_penalty: 1,
      service_tier: 'flex',
      metadata: { team: 'x' },
      response_format: { type: 'json_object' },
      prediction: { type: 'content', content: 'x' },
      store: true,
      verbosity: 'low',
      'weird,\nfield': 1,
      messages: [{ role: 'user', content: 'Hi', name: 'ada', shiny: true }],
    });
    expect(new Set(dropped)).toEqual(
      new Set([
        'n>1',
        'seed',
        'logit_bias',
        'logprobs',
        'top_logprobs',
        'frequency_penalty',
        'presence_penalty',
        'service_tier.flex',
        'metadata',
        'response_format.json_object',
        'prediction',
        'store',
        'verbosity',
        'weird??field',
        'messages[].name',
        'messages[].shiny',
      ]),
    );
  });

  it('does not call lost what changes nothing', () => {
    const { dropped } = toAnthropic({
      n: 1,
      logprobs: false,
      frequency_penalty: 0,
      logit_bias: {},
      stop: null,
      user: null,
    });
    expect(dropped).toEqual([]);
  });

  it('carries sampling within what the model takes', () => {
    const asked = { temperature: 1.4, top_p: 0.9, stop: ['END', '\n'], max_completion_tokens: 99 };
    expect(toAnthropic(asked, 'claude-3-5-haiku-20241022')).toMatchObject({
      body: { temperature: 1, top_p: 0.9, stop_sequences: ['END'], max_tokens: 99 },
      dropped: ['stop.whitespace', 'temperature>1'],
    });
    expect(toAnthropic(asked, 'claude-sonnet-4-5').dropped).toContain('top_p');
    const newest = toAnthropic(asked, 'claude-opus-5');
    expect(newest.dropped).toEqual(['stop.whitespace', 'temperature', 'top_p']);
    expect(newest.body).not.toHaveProperty('temperature');
  });

  it.each([
    ['auto', undefined, { type: 'auto' }],
    ['required', undefined, { type: 'any' }],
    ['none', undefined, { type: 'none' }],
    [
      { type: 'function', function: { name: 'weather' } },
      false,
      { type: 'tool', name: 'weather', disable_parallel_tool_use: true },
    ],
    [undefined, false, { type: 'auto', disable_parallel_tool_use: true }],
    [undefined, true, undefined],
  ])('turns tool_choice %j with parallel calls %j into %j', (tool_choice, parallel_tool_calls, expected) => {
    const tools = [{ type: 'function', function: { name: 'weather' } }];
    expect(toAnthropic({ tools, tool_choice, parallel_tool_calls }).body.tool_choice).toEqual(expected);
  });

  it('offers only the allowed tools', () => {
    const { body } = toAnthropic({
      tools: ['a', 'b'].map((name) => ({ type: 'function', function: { name } })),
      tool_choice: {
        type: 'allowed_tools',
        allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name: 'b' } }] },
      },
    });
    expect(body.tools).toMatchObject([{ name: 'b', input_schema: { type: 'object' } }]);
    expect(body.tool_choice).toEqual({ type: 'any' });
  });

  it('holds the answer to a schema where the model can, without the limits it refuses', () => {
    const response_format = {
      type: 'json_schema',
      json_schema: {
        name: 'city',
        strict: true,
        schema: {
          type: 'object',
          properties: { size: { type: 'integer', minimum: 1 }, at: { type: 'object', properties: {} } },
        },
      },
    };
    expect(toAnthropic({ response_format }, 'claude-opus-5')).toMatchObject({
      body: {
        output_config: {
          format: {
            type: 'json_schema',
            schema: {
              additionalProperties: false,
              properties: { size: { type: 'integer' }, at: { additionalProperties: false } },
            },
          },
        },
      },
      dropped: ['response_format.schema.minimum'],
    });
    const old = toAnthropic({ response_format }, 'claude-3-5-haiku-20241022');
    expect(old.dropped).toEqual(['response_format.json_schema']);
    expect(old.body).not.toHaveProperty('tools');
  });

  it.each([
    ['claude-opus-5', 'high', { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } }, []],
    ['claude-opus-5', 'minimal', { output_config: { effort: 'low' } }, ['reasoning_effort.minimal']],
    ['claude-opus-4-6', 'xhigh', { output_config: { effort: 'high' } }, ['reasoning_effort.xhigh']],
    ['claude-opus-4-5', 'medium', { thinking: { type: 'enabled', budget_tokens: 8_192 } }, []],
    ['claude-opus-4-5', 'max', { thinking: { type: 'enabled', budget_tokens: 25_600 } }, []],
    ['claude-opus-5', 'none', { thinking: { type: 'disabled' } }, []],
    ['claude-fable-5', 'none', {}, ['reasoning_effort.none']],
    ['claude-3-5-haiku-20241022', 'high', {}, ['reasoning_effort']],
  ])('asks %s to think with effort %s as it takes it', (model, reasoning_effort, expected, lost) => {
    const { body, dropped } = toAnthropic({ reasoning_effort }, model);
    expect(body).toMatchObject(expected);
    expect(dropped).toEqual(lost);
  });

  it('gives up a thinking budget where Anthropic would refuse the call, and says so', () => {
    const tools = [{ type: 'function', function: { name: 'f' } }];
    const asked = { reasoning_effort: 'high', tools };
    const afterTool = [
      { role: 'user', content: 'Hi' },
      {
        role: 'assistant',
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'c', content: 'ok' },
    ];
    for (const different of [
      { tool_choice: 'required' },
      { messages: afterTool },
      { max_completion_tokens: 1_000 },
    ]) {
      const { body, dropped } = toAnthropic({ ...asked, ...different });
      expect(body).not.toHaveProperty('thinking');
      expect(dropped).toEqual(['reasoning_effort']);
    }
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

describe('a body of the wrong shape', () => {
  it.each([
    [readOpenAiChat, [], 'The body: should be a JSON object.'],
    [readOpenAiChat, { messages: [] }, 'model: is missing; it should be a string.'],
    [readOpenAiChat, { model: 'm' }, 'messages: is missing; it should be a list.'],
    [
      readOpenAiChat,
      { model: 'm', messages: ['x'] },
      'messages[0]: should be an object, not the string "x".',
    ],
    [
      readOpenAiChat,
      { model: 'm', messages: [{ role: 'user', content: 7 }] },
      'messages[0].content: should be a string or a list of parts, not the number 7.',
    ],
    [
      readOpenAiChat,
      { model: 'm', messages: [], temperature: 'hot' },
      'temperature: should be a number, not the string "hot".',
    ],
    [
      readAnthropic,
      { model: 'm', messages: [{ role: 'tool', content: 'x' }] },
      "messages[0].role: 'tool' should be user, assistant or system.",
    ],
    [
      readAnthropic,
      { model: 'm', messages: [{ role: 'user', content: [{ type: 'text' }] }] },
      'messages[0].content[0].text: is missing; it should be a string.',
    ],
  ])('says what is wrong, where, and what would be right', (read, body, message) => {
    expect(() => read(body)).toThrow(UnreadableBody);
    expect(() => read(body)).toThrow(message);
  });
});
