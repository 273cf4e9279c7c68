import { type Ask, isObject, type OfferedTool, objects, pieces, type Say, textOf, tokensOf } from './mind.ts';

/** Responses as api.openai.com speaks them; forms of the public API reference, read 2026-11. */
export function readResponses(body: Record<string, unknown>): Ask {
  const items =
    typeof body.input === 'string' ? [{ role: 'user', content: body.input }] : objects(body.input);
  const last = items.findLastIndex((item) => 'role' in item && item.role === 'user');
  const format = isObject(body.text) && isObject(body.text.format) ? body.text.format : {};
  return {
    model: String(body.model),
    system: typeof body.instructions === 'string' ? body.instructions : '',
    user: textOf(items[last]?.content),
    images: items.flatMap(({ content }) => objects(content)).filter(({ type }) => type === 'input_image')
      .length,
    tools: offered(body),
    results: items
      .filter((item) => 'type' in item && /^(function|custom_tool)_call_output$/.test(String(item.type)))
      .map((item) => textOf('output' in item ? item.output : '')),
    schema: isObject(format.schema) ? format.schema : null,
  };
}

export function writeResponses(answer: Say, body: Record<string, unknown>): object {
  return response(body, 'completed', outputItems(answer, body), answer);
}

export function streamResponses(answer: Say, body: Record<string, unknown>): readonly string[] {
  let sequence = 0;
  const event = (type: string, fields: object) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence++, ...fields })}\n\n`;
  const begun = response(body, 'in_progress', [], null);
  return [
    event('response.created', { response: begun }),
    event('response.in_progress', { response: begun }),
    ...outputItems(answer, body).flatMap((item, index) => itemEvents(item, index, event)),
    event('response.completed', { response: writeResponses(answer, body) }),
  ];
}

type Item = ReturnType<typeof outputItems>[number];

function itemEvents(
  item: Item,
  output_index: number,
  event: (type: string, fields: object) => string,
): readonly string[] {
  const item_id = item.id;
  const added = { ...item, status: 'in_progress' };
  if (item.type === 'function_call') {
    return [
      event('response.output_item.added', { output_index, item: { ...added, arguments: '' } }),
      ...pieces(item.arguments).map((delta) =>
        event('response.function_call_arguments.delta', { item_id, output_index, delta }),
      ),
      event('response.function_call_arguments.done', { item_id, output_index, arguments: item.arguments }),
      event('response.output_item.done', { output_index, item }),
    ];
  }
  if (item.type === 'custom_tool_call') {
    return [
      event('response.output_item.added', { output_index, item: { ...added, input: '' } }),
      ...pieces(item.input).map((delta) =>
        event('response.custom_tool_call_input.delta', { item_id, output_index, delta }),
      ),
      event('response.custom_tool_call_input.done', { item_id, output_index, input: item.input }),
      event('response.output_item.done', { output_index, item }),
    ];
  }
  const part = item.content[0];
  const place = { item_id, output_index, content_index: 0 };
  return [
    event('response.output_item.added', { output_index, item: { ...added, content: [] } }),
    event('response.content_part.added', { ...place, part: { ...part, text: '' } }),
    ...pieces(part.text).map((delta) =>
      event('response.output_text.delta', { ...place, delta, logprobs: [] }),
    ),
    event('response.output_text.done', { ...place, text: part.text, logprobs: [] }),
    event('response.content_part.done', { ...place, part }),
    event('response.output_item.done', { output_index, item }),
  ];
}

function outputItems({ text, calls }: Say, body: Record<string, unknown>) {
  const seed = tokensOf(JSON.stringify(body));
  const tools = offered(body);
  const message = {
    id: `msg_scripted_${seed}`,
    type: 'message',
    status: 'completed',
    role: 'assistant',
    content: [{ type: 'output_text', text, annotations: [], logprobs: [] }],
  } as const;
  const called = calls.map(({ name, args }, index) => {
    const tool = tools.find((one) => one.name === name);
    const place = {
      id: `fc_scripted_${seed}_${index}`,
      status: 'completed',
      call_id: `call_scripted_${seed}_${index}`,
      name,
      ...(tool?.namespace === undefined ? {} : { namespace: tool.namespace }),
    } as const;
    return tool?.isCustom === true
      ? ({ ...place, type: 'custom_tool_call', input: String(args.input) } as const)
      : ({ ...place, type: 'function_call', arguments: JSON.stringify(args) } as const);
  });
  return text === '' ? called : [message, ...called];
}

interface WireTool extends OfferedTool {
  readonly namespace?: string;
  readonly isCustom: boolean;
}

/** All tools of a request: also those in groups, and those that came along in the conversation. Custom ones take `input`. */
function offered(body: Record<string, unknown>): readonly WireTool[] {
  const brought = objects(body.input).filter(({ type }) => type === 'additional_tools');
  return [body, ...brought].flatMap(({ tools }) => toolsIn(tools));
}

function toolsIn(list: unknown, namespace?: string): readonly WireTool[] {
  return objects(list).flatMap((tool) => {
    const { type, name, parameters } = tool;
    if (type === 'namespace') return toolsIn(tool.tools, String(name));
    if (type !== 'function' && type !== 'custom') return [];
    const isCustom = type === 'custom';
    const schema = isCustom ? { properties: { input: {} } } : isObject(parameters) ? parameters : {};
    const read = { name: String(name), parameters: schema, isCustom };
    return [namespace === undefined ? read : { ...read, namespace }];
  });
}

function response(
  body: Record<string, unknown>,
  status: string,
  output: readonly object[],
  said: Say | null,
): object {
  const input = tokensOf(JSON.stringify(body.input));
  const written = said === null ? 0 : tokensOf(said.text + JSON.stringify(said.calls));
  return {
    id: `resp_scripted-${tokensOf(JSON.stringify(body))}`,
    object: 'response',
    created_at: 1_790_000_000,
    status,
    error: null,
    incomplete_details: null,
    instructions: body.instructions ?? null,
    max_output_tokens: body.max_output_tokens ?? null,
    model: body.model,
    output,
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    store: body.store ?? true,
    temperature: 1,
    text: body.text ?? { format: { type: 'text' } },
    tool_choice: body.tool_choice ?? 'auto',
    tools: body.tools ?? [],
    top_p: 1,
    truncation: 'disabled',
    usage:
      said === null
        ? null
        : {
            input_tokens: input,
            input_tokens_details: { cached_tokens: 0 },
            output_tokens: written,
            output_tokens_details: { reasoning_tokens: 0 },
            total_tokens: input + written,
          },
    user: null,
    metadata: body.metadata ?? {},
  };
}
