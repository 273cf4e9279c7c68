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

export const chatClient: ClientForm = {
  dialect: 'openai-chat',
  without: [],
  countsReasoning: true,
  path: () => '/v1/chat/completions',
  body: (ask, model) => ({
    model,
    messages: [
      { role: 'system', content: instruction },
      { role: 'user', content: ask.image === true ? [textPart, imagePart] : question },
      ...(ask.after === undefined ? [] : turnsAfter(ask.after)),
    ],
    ...(ask.stream === true ? { stream: true, stream_options: { include_usage: true } } : {}),
    ...settingsOf(ask),
  }),
  read: readChat,
  join: joinChat,
  kindOf: (error) => `${textOf(at(error, 'error', 'type'))} ${textOf(at(error, 'error', 'code'))}`,
  kinds: { 400: /invalid_/, 429: /rate_limit/ },
};

const textPart = { type: 'text', text: question };
const imagePart = { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } };

function settingsOf({ tools, schema, think, mark }: Ask): object {
  const { name, description, schema: parameters } = weather;
  const format = { name: 'place', schema: placeSchema, strict: true };
  return {
    ...(tools === true ? { tools: [{ type: 'function', function: { name, description, parameters } }] } : {}),
    ...(schema === true ? { response_format: { type: 'json_schema', json_schema: format } } : {}),
    ...(think === true ? { reasoning_effort: 'high' } : {}),
    ...(mark === true ? { prompt_cache_key: 'lighthouses' } : {}),
  };
}

function turnsAfter({ turn, calls }: Got): readonly unknown[] {
  const results = calls.map(({ id, args }) => ({
    role: 'tool',
    tool_call_id: id,
    content: resultOf(textOf(at(args, 'city'))),
  }));
  return [turn, ...results];
}

function readChat(answer: Wire): Got {
  const message = at(answer, 'choices', 0, 'message');
  const { usage } = answer;
  const content = at(message, 'content');
  const parts = list(content);
  return {
    text: textOf(content),
    thought:
      textOf(at(message, 'reasoning_content')) ||
      parts.map((part) => textOf(at(part, 'thinking', 0, 'text'))).join(''),
    calls: list(at(message, 'tool_calls')).map((call) => ({
      id: textOf(call.id),
      name: textOf(at(call, 'function', 'name')),
      args: JSON.parse(textOf(at(call, 'function', 'arguments'))),
    })),
    usage: {
      input: numberOf(at(usage, 'prompt_tokens')),
      cached: numberOf(at(usage, 'prompt_tokens_details', 'cached_tokens')),
      output: numberOf(at(usage, 'completion_tokens')),
      reasoning: numberOf(at(usage, 'completion_tokens_details', 'reasoning_tokens')),
    },
    complete: /^(?:stop|tool_calls)$/.test(textOf(at(answer, 'choices', 0, 'finish_reason'))),
    turn: message,
  };
}

function joinChat(events: readonly Wire[]) {
  const deltas = events.map((event) => at(event, 'choices', 0, 'delta'));
  const calls = new Map<
    unknown,
    { id: string; type: string; function: { name: string; arguments: string } }
  >();
  for (const part of deltas.flatMap((delta) => list(at(delta, 'tool_calls')))) {
    const name = textOf(at(part, 'function', 'name'));
    const begun = calls.get(part.index);
    const call = begun ?? { id: textOf(part.id), type: 'function', function: { name, arguments: '' } };
    call.function.arguments += textOf(at(part, 'function', 'arguments'));
    calls.set(part.index, call);
  }
  const pieces = deltas.map((delta) => textOf(at(delta, 'content'))).filter(Boolean);
  const parts = deltas.flatMap((delta) => list(at(delta, 'content')));
  const thinking = deltas.map((delta) => textOf(at(delta, 'reasoning_content'))).join('');
  const message = {
    role: 'assistant',
    // Mistral thinks in parts of the content.
    content: parts.length > 0 ? parts : calls.size > 0 ? null : pieces.join(''),
    ...(thinking === '' ? {} : { reasoning_content: thinking }),
    ...(calls.size === 0 ? {} : { tool_calls: [...calls.values()] }),
  };
  const finish_reason = events.map((event) => at(event, 'choices', 0, 'finish_reason')).find(Boolean);
  const usage = events.map((event) => event.usage).findLast(Boolean);
  return { whole: { choices: [{ message, finish_reason }], usage }, pieces };
}
