import { describe, expect, it } from 'vitest';
import { readOpenAiChat, writeAnthropic } from '#server/dialects/translate/index.ts';

/** An OpenAI body as Anthropic would get it; takes what differs from an everyday one. */
function toAnthropic(different: object, model = 'claude-opus-4-5') {
  const body = { model: 'auto', messages: [{ role: 'user', content: 'Hi' }], ...different };
  return writeAnthropic(readOpenAiChat(body), { model, maxOutputTokens: 32_000 });
}

describe('the settings of an OpenAI request for Anthropic', () => {
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
        'a_field_without_a_plain_name',
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
});
