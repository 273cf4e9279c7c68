import { type Ask, isObject, objects, pieces, type Say, textOf, tokensOf } from './mind.ts';

/** Messages as api.anthropic.com speaks them; forms of the public API reference, read 2026-11. */
export function readMessages(body: Record<string, unknown>): Ask {
  const messages = objects(body.messages);
  const last = messages.findLastIndex(({ role, content }) => role === 'user' && textOf(content) !== '');
  const format =
    isObject(body.output_config) && isObject(body.output_config.format)
      ? body.output_config.format
      : body.output_format;
  return {
    model: String(body.model),
    system: textOf(body.system),
    user: textOf(messages[last]?.content),
    images: messages.flatMap(({ content }) => objects(content)).filter(({ type }) => type === 'image').length,
    tools: objects(body.tools).map((tool) => ({
      name: String(tool.name),
      parameters: isObject(tool.input_schema) ? tool.input_schema : {},
    })),
    results: messages
      .flatMap(({ content }) => objects(content))
      .filter(({ type }) => type === 'tool_result')
      .map(({ content }) => textOf(content)),
    schema: isObject(format) && isObject(format.schema) ? format.schema : null,
  };
}

export function writeMessages(answer: Say, body: Record<string, unknown>): object {
  return {
    ...head(body),
    content: blocks(answer, body),
    stop_reason: answer.calls.length === 0 ? 'end_turn' : 'tool_use',
    stop_sequence: null,
    usage: { ...usageOf(body), output_tokens: outputTokens(answer) },
  };
}

export function streamMessages(answer: Say, body: Record<string, unknown>): readonly string[] {
  const event = (type: string, fields: object) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
  return [
    event('message_start', {
      message: {
        ...head(body),
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { ...usageOf(body), output_tokens: 1 },
      },
    }),
    ...blocks(answer, body).flatMap((block, index) => [
      event('content_block_start', {
        index,
        content_block: block.type === 'text' ? { type: 'text', text: '' } : { ...block, input: {} },
      }),
      ...(index === 0 ? [event('ping', {})] : []),
      ...deltasOf(block).map((delta) => event('content_block_delta', { index, delta })),
      event('content_block_stop', { index }),
    ]),
    event('message_delta', {
      delta: { stop_reason: answer.calls.length === 0 ? 'end_turn' : 'tool_use', stop_sequence: null },
      usage: { ...usageOf(body), output_tokens: outputTokens(answer) },
    }),
    event('message_stop', {}),
  ];
}

type Block =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool_use'; readonly id: string; readonly name: string; readonly input: object };

function blocks({ text, calls }: Say, body: Record<string, unknown>): readonly Block[] {
  const seed = tokensOf(JSON.stringify(body));
  return [
    ...(text === '' ? [] : [{ type: 'text', text } as const]),
    ...calls.map(
      ({ name, args }, index) =>
        ({ type: 'tool_use', id: `toolu_scripted_${seed}_${index}`, name, input: args }) as const,
    ),
  ];
}

function deltasOf(block: Block): readonly object[] {
  return block.type === 'text'
    ? pieces(block.text).map((text) => ({ type: 'text_delta', text }))
    : ['', ...pieces(JSON.stringify(block.input))].map((partial_json) => ({
        type: 'input_json_delta',
        partial_json,
      }));
}

function head(body: Record<string, unknown>) {
  return {
    id: `msg_scripted-${tokensOf(JSON.stringify(body))}`,
    type: 'message',
    role: 'assistant',
    model: body.model,
  };
}

function usageOf(body: Record<string, unknown>) {
  return {
    input_tokens: tokensOf(JSON.stringify([body.system ?? '', body.messages, body.tools ?? ''])),
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
    service_tier: 'standard',
  };
}

function outputTokens({ text, calls }: Say): number {
  return tokensOf(text + JSON.stringify(calls));
}
