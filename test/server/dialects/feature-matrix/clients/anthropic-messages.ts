import {
  type Ask,
  at,
  type ClientForm,
  type Got,
  instruction,
  list,
  numberOf,
  placeSchema,
  png,
  question,
  resultOf,
  textOf,
  type Wire,
  weather,
} from '../words.ts';

export const messagesClient: ClientForm = {
  dialect: 'anthropic-messages',
  without: [],
  countsReasoning: false,
  path: () => '/v1/messages',
  body: (ask, model) => ({
    model,
    max_tokens: 32_000,
    system: instruction,
    messages: [
      { role: 'user', content: contentOf(ask) },
      ...(ask.after === undefined ? [] : turnsAfter(ask.after)),
    ],
    ...(ask.stream === true ? { stream: true } : {}),
    ...settingsOf(ask),
  }),
  read: readMessage,
  join: joinMessage,
  kindOf: (error) => textOf(at(error, 'error', 'type')),
  kinds: { 400: /^invalid_request_error$/, 429: /^rate_limit_error$/ },
};

function contentOf({ image, mark }: Ask): unknown {
  const source = { type: 'base64', media_type: 'image/png', data: png };
  const cache_control = { type: 'ephemeral' };
  if (image !== true && mark !== true) return question;
  return [
    ...(image === true ? [{ type: 'image', source }] : []),
    { type: 'text', text: question, ...(mark === true ? { cache_control } : {}) },
  ];
}

function settingsOf({ tools, schema, think }: Ask): object {
  const { name, description, schema: input_schema } = weather;
  const output_config = {
    ...(schema === true ? { format: { type: 'json_schema', schema: placeSchema } } : {}),
    ...(think === true ? { effort: 'high' } : {}),
  };
  return {
    ...(tools === true ? { tools: [{ name, description, input_schema }] } : {}),
    ...(schema === true || think === true ? { output_config } : {}),
    ...(think === true ? { thinking: { type: 'adaptive', display: 'summarized' } } : {}),
  };
}

function turnsAfter({ turn, calls }: Got): readonly unknown[] {
  const results = calls.map(({ id, args }) => ({
    type: 'tool_result',
    tool_use_id: id,
    content: resultOf(textOf(at(args, 'city'))),
  }));
  return [
    { role: 'assistant', content: turn },
    { role: 'user', content: results },
  ];
}

function readMessage(answer: Wire): Got {
  const content = list(answer.content);
  const joined = (key: string) => content.map((block) => textOf(block[key])).join('');
  const count = (key: string) => numberOf(at(answer.usage, key));
  const cached = count('cache_read_input_tokens');
  return {
    text: joined('text'),
    thought: joined('thinking'),
    calls: content
      .filter(({ type }) => type === 'tool_use')
      .map(({ id, name, input }) => ({ id: textOf(id), name: textOf(name), args: input })),
    usage: {
      input: count('input_tokens') + cached + count('cache_creation_input_tokens'),
      cached,
      output: count('output_tokens'),
      reasoning: 0,
    },
    complete: /^(?:end_turn|tool_use)$/.test(textOf(answer.stop_reason)),
    turn: content,
  };
}

function joinMessage(events: readonly Wire[]) {
  const blocks: Record<string, unknown>[] = [];
  let [message, input]: [Wire, string] = [{}, ''];
  const pieces: string[] = [];
  for (const event of events) {
    const block = blocks.at(-1) ?? {};
    const { delta } = event;
    const grow = (key: string) => {
      const more = textOf(at(delta, key));
      if (more !== '') block[key] = textOf(block[key]) + more;
      return more;
    };
    if (event.type === 'message_start') message = { ...(event.message as Wire) };
    if (event.type === 'content_block_start') blocks.push({ ...(event.content_block as Wire) });
    if (event.type === 'content_block_start') input = '';
    if (event.type === 'content_block_delta') {
      pieces.push(grow('text'));
      grow('thinking');
      grow('signature');
      input += textOf(at(delta, 'partial_json'));
    }
    if (event.type === 'content_block_stop' && block.type === 'tool_use') block.input = JSON.parse(input);
    if (event.type === 'message_delta')
      message = {
        ...message,
        ...(delta as Wire),
        usage: { ...(message.usage as Wire), ...(event.usage as Wire) },
      };
  }
  if (events.at(-1)?.type !== 'message_stop') throw new Error('The stream has no end.');
  return { whole: { ...message, content: blocks }, pieces: pieces.filter(Boolean) };
}
