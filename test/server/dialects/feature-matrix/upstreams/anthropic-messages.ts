import {
  at,
  counted,
  list,
  notSo,
  pieces,
  type Said,
  signature,
  slowDown,
  sse,
  textOf,
  thought,
  type UpstreamForm,
  type Wire,
} from '../words.ts';

const usage = {
  input_tokens: counted.input - counted.cached,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: counted.cached,
  output_tokens: counted.output,
};

/** Messages, as Anthropic answers them, and Vertex for Anthropic’s models. */
export const messagesForm: UpstreamForm = {
  thinks: 'signed',
  countsReasoning: false,
  hear: hearMessages,
  whole: (said) => ({ ...head, content: blocksOf(said), ...stopOf(said), usage }),
  stream: (said) => messageEvents(said).map((event) => sse(event, event.type)),
  problem: (status) => {
    const error =
      status === 429
        ? { type: 'rate_limit_error', message: slowDown }
        : { type: 'invalid_request_error', message: notSo };
    return { body: { type: 'error', error, request_id: 'req_1' } };
  },
};

const head = { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude' };

const stopOf = ({ calls }: Said) => ({
  stop_reason: calls === undefined ? 'end_turn' : 'tool_use',
  stop_sequence: null,
});

function blocksOf({ thought: thinking, text, calls = [] }: Said) {
  return [
    ...(thinking === undefined ? [] : [{ type: 'thinking' as const, thinking, signature }]),
    ...(text === undefined ? [] : [{ type: 'text' as const, text }]),
    ...calls.map(({ name, args: input }, index) => ({
      type: 'tool_use' as const,
      id: `toolu_${index}`,
      name,
      input,
    })),
  ];
}

/** The events of a stream, before they are framed. */
export function messageEvents(said: Said): readonly (Wire & { readonly type: string })[] {
  return [
    {
      type: 'message_start',
      message: { ...head, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } },
    },
    ...blocksOf(said).flatMap((block, index) => [
      { type: 'content_block_start', index, content_block: emptied(block) },
      ...deltasOf(block).map((delta) => ({ type: 'content_block_delta', index, delta })),
      { type: 'content_block_stop', index },
    ]),
    { type: 'message_delta', delta: stopOf(said), usage: { output_tokens: counted.output } },
    { type: 'message_stop' },
  ];
}

type Block = ReturnType<typeof blocksOf>[number];

function emptied(block: Block): object {
  if (block.type === 'text') return { type: 'text', text: '' };
  return block.type === 'thinking' ? { ...block, thinking: '', signature: '' } : { ...block, input: {} };
}

function deltasOf(block: Block): readonly object[] {
  if (block.type === 'text') return pieces(block.text).map((text) => ({ type: 'text_delta', text }));
  if (block.type === 'thinking')
    return [
      ...pieces(block.thinking).map((thinking) => ({ type: 'thinking_delta', thinking })),
      { type: 'signature_delta', signature: block.signature },
    ];
  const json = ['', ...pieces(JSON.stringify(block.input))];
  return json.map((partial_json) => ({ type: 'input_json_delta', partial_json }));
}

function hearMessages(body: Wire) {
  const blocks = list(body.messages).flatMap(({ content }) => list(content));
  const ofType = (wanted: string) => blocks.filter(({ type }) => type === wanted);
  const signed = ofType('thinking').some(
    (block) => block.signature === signature && block.thinking === thought,
  );
  return {
    texts: JSON.stringify([body.system, body.messages]),
    stream: body.stream === true,
    images: ofType('image').map((block) => textOf(at(block, 'source', 'data'))),
    tools: list(body.tools).map(({ name, input_schema }) => ({ name: textOf(name), schema: input_schema })),
    calls: ofType('tool_use').map(({ id, name, input }) => ({
      id: textOf(id),
      name: textOf(name),
      args: input,
    })),
    results: ofType('tool_result').map(({ tool_use_id, content }) => ({
      id: textOf(tool_use_id),
      text: JSON.stringify(content),
    })),
    schema: at(body, 'output_config', 'format', 'schema') ?? null,
    asksThinking: at(body, 'thinking', 'type') === 'enabled' || at(body, 'thinking', 'type') === 'adaptive',
    thoughts: signed ? thought : '',
    marks: JSON.stringify(body).includes('"cache_control"'),
  };
}
