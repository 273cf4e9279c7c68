import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { translateCall } from '#server/dialects/translate/index.ts';
import { someOptions } from './stream-tools.ts';

/** What Codex sends with its newer models: its tools in groups, in the conversation, one of them taking free text. */
const asked = {
  model: 'auto',
  stream: true,
  input: [
    {
      type: 'additional_tools',
      id: 'at_1',
      role: 'developer',
      tools: [
        {
          type: 'namespace',
          name: 'functions',
          description: '',
          tools: [
            {
              type: 'custom',
              name: 'exec',
              description: 'Runs a script.',
              format: { type: 'grammar', syntax: 'lark', definition: 'start: /.+/' },
            },
          ],
        },
        {
          type: 'namespace',
          name: 'clock',
          description: '',
          tools: [{ type: 'function', name: 'sleep', strict: false, parameters: { type: 'object' } }],
        },
      ],
    },
    { role: 'user', content: 'Go.' },
    {
      type: 'custom_tool_call',
      id: 'ctc_1',
      call_id: 'c1',
      name: 'exec',
      namespace: 'functions',
      input: 'say "hi"\n',
    },
    { type: 'custom_tool_call_output', call_id: 'c1', name: 'exec', output: 'hi' },
  ],
};

function aCall() {
  const call = translateCall('openai-responses', 'anthropic-messages', someOptions);
  const { body, dropped } = call.request(Buffer.from(JSON.stringify(asked)));
  return { call, wire: JSON.parse(body.toString()), dropped };
}

function answered(name: string, input: object): string {
  const { call } = aCall();
  const event = (type: string, fields: object) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
  const json = JSON.stringify(input);
  const stream = call.stream();
  return [
    event('message_start', {
      message: {
        id: 'm',
        type: 'message',
        role: 'assistant',
        model: 'c',
        content: [],
        usage: { input_tokens: 5, output_tokens: 1 },
      },
    }),
    event('content_block_start', {
      index: 0,
      content_block: { type: 'tool_use', id: 'toolu_1', name, input: {} },
    }),
    ...[json.slice(0, 3), json.slice(3)].map((partial_json) =>
      event('content_block_delta', { index: 0, delta: { type: 'input_json_delta', partial_json } }),
    ),
    event('content_block_stop', { index: 0 }),
    event('message_delta', { delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 9 } }),
    event('message_stop', {}),
  ]
    .flatMap((frame) => stream.push(Buffer.from(frame)))
    .concat(stream.end())
    .join('');
}

const dataOf = (frames: string) =>
  frames
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => JSON.parse(line.slice(6)));

describe('custom tools and groups of tools, on a model that knows neither', () => {
  it('are offered as functions of one text, by a name that keeps their group', () => {
    const { wire, dropped } = aCall();
    expect(wire.tools).toMatchObject([
      {
        name: 'exec',
        description: expect.stringContaining('lark grammar:\nstart: /.+/'),
        input_schema: { properties: { input: { type: 'string' } }, required: ['input'] },
      },
      { name: 'clock__sleep' },
    ]);
    expect(dropped).toEqual([]);
  });

  it('keep what was called and what came of it', () => {
    const { wire } = aCall();
    expect(wire.messages.slice(1)).toMatchObject([
      {
        role: 'assistant',
        content: [{ type: 'tool_use', id: 'c1', name: 'exec', input: { input: 'say "hi"\n' } }],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1' }] },
    ]);
  });

  it('are called back as what they are, with their text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const events = dataOf(answered('exec', { input: text }));
        const deltas = events.filter(({ type }) => type === 'response.custom_tool_call_input.delta');
        expect(deltas.map(({ delta }) => delta).join('')).toBe(text);
        const done = events.find(({ type }) => type === 'response.output_item.done');
        const item = {
          type: 'custom_tool_call',
          status: 'completed',
          call_id: 'toolu_1',
          name: 'exec',
          namespace: 'functions',
          input: text,
        };
        expect(done.item).toMatchObject(item);
        expect(events.at(-1)).toMatchObject({ type: 'response.completed', response: { output: [item] } });
      }),
    );
  });

  it('are called back under their own name and group', () => {
    const events = dataOf(answered('clock__sleep', { duration_ms: 5 }));
    expect(events.at(-1).response.output).toMatchObject([
      { type: 'function_call', name: 'sleep', namespace: 'clock', arguments: '{"duration_ms":5}' },
    ]);
  });
});
