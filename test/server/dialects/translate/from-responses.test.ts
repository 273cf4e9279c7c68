import { describe, expect, it } from 'vitest';
import { readResponsesRequest, type SpokenDialect, translateCall } from '#server/dialects/translate/index.ts';
import { aCall, someOptions } from './stream-tools.ts';

function sent(to: SpokenDialect, body: object) {
  const call = translateCall('openai-responses', to, someOptions);
  const written = call.request(Buffer.from(JSON.stringify({ model: 'auto', input: 'Hi', ...body })));
  return { wire: JSON.parse(written.body.toString()), dropped: written.dropped };
}

const schema = {
  type: 'object',
  properties: { a: { type: 'string' } },
  required: ['a'],
  additionalProperties: false,
};

describe('a Responses request', () => {
  it('becomes a chat completion with all that both can say', () => {
    const { wire, dropped } = sent('openai-chat', {
      instructions: 'Be brief.',
      input: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'Hi' },
      ],
      tools: [{ type: 'function', name: 'f', description: 'd', parameters: schema, strict: true }],
      tool_choice: { type: 'function', name: 'f' },
      parallel_tool_calls: false,
      max_output_tokens: 50,
      temperature: 0.5,
      text: { format: { type: 'json_schema', name: 'out', schema, strict: true } },
      store: false,
      include: ['reasoning.encrypted_content'],
      reasoning: { summary: 'auto' },
      stream: true,
    });
    expect(wire).toMatchObject({
      model: 'upstream-model',
      messages: [
        { role: 'system', content: [{ text: 'Be brief.' }, { text: 'Be kind.' }] },
        { role: 'user', content: 'Hi' },
      ],
      tools: [
        { type: 'function', function: { name: 'f', description: 'd', parameters: schema, strict: true } },
      ],
      tool_choice: { type: 'function', function: { name: 'f' } },
      parallel_tool_calls: false,
      temperature: 0.5,
      response_format: { type: 'json_schema', json_schema: { name: 'out', schema, strict: true } },
      stream_options: { include_usage: true },
    });
    expect(dropped).toEqual([]);
  });

  it('keeps what a tool showed', () => {
    const { wire } = sent('anthropic-messages', {
      input: [
        { type: 'function_call', call_id: 'c', name: 'look', arguments: '{}' },
        {
          type: 'function_call_output',
          call_id: 'c',
          output: [
            { type: 'input_text', text: 'Here:' },
            { type: 'input_image', image_url: 'data:image/png;base64,AAAA' },
          ],
        },
      ],
    });
    expect(wire.messages.at(-1)).toMatchObject({
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: 'c', content: [{ type: 'text' }, { type: 'image' }] }],
    });
  });

  it('names what nobody else can do, and every field nobody knows', () => {
    const { dropped } = sent('openai-chat', {
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_file', file_id: 'file_1' },
            { type: 'input_text', text: 'Hi' },
          ],
        },
        { type: 'web_search_call', id: 'ws_1', status: 'completed' },
        { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'only OpenAI’s' },
      ],
      tools: [{ type: 'web_search', name: 'apply_patch' }],
      text: { verbosity: 'low' },
      truncation: 'auto',
      future_field: 1,
    });
    expect([...dropped].sort()).toEqual([
      'future_field',
      'input.web_search_call',
      'input[].content[].file_id',
      'input[].content[].input_file',
      'input[].encrypted_content',
      'text.verbosity',
      'tools.web_search',
      'truncation',
    ]);
  });

  it.each([
    ['previous_response_id', { previous_response_id: 'resp_1' }],
    ['conversation', { conversation: 'conv_1' }],
    ['prompt', { prompt: { id: 'pmpt_1' } }],
    ['background', { background: true }],
    ['tool_choice', { tools: [{ type: 'web_search' }], tool_choice: { type: 'web_search' } }],
    ['tools', { tools: [{ type: 'web_search' }], tool_choice: 'required' }],
    ['input[0]', { input: [{ type: 'item_reference', id: 'msg_1' }] }],
    ['input[0].role', { input: [{ role: 'tool', content: 'x' }] }],
    ['input', { input: 7 }],
  ])('is refused for %s, which only OpenAI could read or nobody', (param, body) => {
    expect(() => readResponsesRequest({ model: 'auto', input: 'Hi', ...body })).toThrow(
      expect.objectContaining({ name: 'UnreadableBody', param }),
    );
  });
});

describe('a response', () => {
  it('repeats what was asked', () => {
    const asked = {
      instructions: 'Be brief.',
      metadata: { a: 'b' },
      temperature: 0.5,
      text: { verbosity: 'low' },
    };
    const wire = {
      id: 'c',
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Half' }, finish_reason: 'length' }],
    };
    const call = aCall('openai-responses', 'openai-chat', asked);
    const { body } = call.answer(200, {}, Buffer.from(JSON.stringify(wire)));
    expect(JSON.parse(body.toString())).toMatchObject({
      ...asked,
      id: 'resp_c',
      object: 'response',
      created_at: someOptions.created,
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output: [{ type: 'message', status: 'incomplete', content: [{ type: 'output_text', text: 'Half' }] }],
      text: { format: { type: 'text' }, verbosity: 'low' },
      usage: null,
    });
  });

  it('marks a call that was cut off as incomplete, so that nobody runs it', () => {
    const tool_calls = [{ id: 't', type: 'function', function: { name: 'f', arguments: '{"a":' } }];
    const wire = { choices: [{ message: { content: null, tool_calls }, finish_reason: 'length' }] };
    const { body } = aCall('openai-responses', 'openai-chat').answer(
      200,
      {},
      Buffer.from(JSON.stringify(wire)),
    );
    expect(JSON.parse(body.toString()).output).toMatchObject([
      { type: 'function_call', status: 'incomplete' },
    ]);
  });
});
