import {
  at,
  counted,
  list,
  notSo,
  pieces,
  type Said,
  slowDown,
  sse,
  textOf,
  thought,
  type UpstreamForm,
  type Wire,
} from '../words.ts';

const usage = {
  prompt_tokens: counted.input,
  prompt_tokens_details: { cached_tokens: counted.cached },
  completion_tokens: counted.output,
  completion_tokens_details: { reasoning_tokens: counted.reasoning },
  total_tokens: counted.input + counted.output,
};

const head = { id: 'chatcmpl-1', created: 1_790_000_000, model: 'model' };

/** Chat Completions. `thinksIn`: OpenAI shows nothing, open models' servers a field, Mistral parts of the content. */
export function chatForm(thinksIn: 'nowhere' | 'a field' | 'parts'): UpstreamForm {
  return {
    thinks: thinksIn === 'nowhere' ? 'no' : 'shown',
    countsReasoning: true,
    hear: hearChat,
    whole: (said) => ({
      ...head,
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: said.text ?? null,
            ...thoughtIn(said, thinksIn),
            ...(said.calls === undefined ? {} : { tool_calls: said.calls.map(wireCall) }),
          },
          finish_reason: said.calls === undefined ? 'stop' : 'tool_calls',
        },
      ],
      usage,
    }),
    stream: (said) => [
      chunk({ role: 'assistant', content: '' }),
      ...(said.thought === undefined || thinksIn === 'nowhere' ? [] : [chunk(thoughtIn(said, thinksIn))]),
      ...pieces(said.text ?? '').map((content) => chunk({ content })),
      ...(said.calls ?? []).flatMap(streamCall),
      chunk({}, said.calls === undefined ? 'stop' : 'tool_calls'),
      sse({ ...head, object: 'chat.completion.chunk', choices: [], usage }),
      'data: [DONE]\n\n',
    ],
    problem: openAiProblem,
  };
}

/** OpenAI’s errors. */
export function openAiProblem(status: 400 | 429) {
  const [message, type, code] =
    status === 429
      ? [slowDown, 'rate_limit_error', 'rate_limit_exceeded']
      : [notSo, 'invalid_request_error', 'invalid_value'];
  return { body: { error: { message, type, param: null, code } } };
}

/** Mistral’s errors have no `error`. */
export function mistralProblem(status: 400 | 429) {
  const [message, type] =
    status === 429 ? [slowDown, 'rate_limited'] : [notSo, 'invalid_request_invalid_args'];
  return { body: { object: 'error', message, type, param: null, code: null } };
}

function thoughtIn({ thought: text }: Said, thinksIn: 'nowhere' | 'a field' | 'parts'): object {
  if (text === undefined || thinksIn === 'nowhere') return {};
  if (thinksIn === 'a field') return { reasoning_content: text };
  return { content: [{ type: 'thinking', thinking: [{ type: 'text', text }] }] };
}

const wireCall = ({ name, args }: { name: string; args: object }, index: number) => ({
  id: `call_${index}abcdefgh`.slice(0, 9),
  type: 'function',
  function: { name, arguments: JSON.stringify(args) },
});

function streamCall(call: { name: string; args: object }, index: number): readonly string[] {
  const whole = wireCall(call, index);
  const start = { ...whole, index, function: { name: call.name, arguments: '' } };
  return [
    chunk({ tool_calls: [start] }),
    ...pieces(whole.function.arguments).map((part) =>
      chunk({ tool_calls: [{ index, function: { arguments: part } }] }),
    ),
  ];
}

function chunk(delta: object, finish_reason: string | null = null): string {
  return sse({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] });
}

function hearChat(body: Wire) {
  const messages = list(body.messages);
  const parts = messages.flatMap(({ content }) => list(content));
  return {
    texts: JSON.stringify(messages.map(({ content }) => content)),
    stream: body.stream === true,
    images: parts
      .map((part) => textOf(at(part, 'image_url', 'url')).split('base64,')[1] ?? '')
      .filter(Boolean),
    tools: list(body.tools).map((tool) => ({
      name: textOf(at(tool, 'function', 'name')),
      schema: at(tool, 'function', 'parameters'),
    })),
    calls: messages
      .flatMap(({ tool_calls }) => list(tool_calls))
      .map((call) => ({
        id: textOf(call.id),
        name: textOf(at(call, 'function', 'name')),
        args: JSON.parse(textOf(at(call, 'function', 'arguments'))),
      })),
    results: messages
      .filter(({ role }) => role === 'tool')
      .map(({ tool_call_id, content }) => ({ id: textOf(tool_call_id), text: JSON.stringify(content) })),
    schema: at(body, 'response_format', 'json_schema', 'schema') ?? null,
    asksThinking: body.reasoning_effort !== undefined,
    thoughts: JSON.stringify(messages.filter(({ role }) => role === 'assistant')).includes(thought)
      ? thought
      : '',
    marks:
      body.prompt_cache_key !== undefined || JSON.stringify(messages).includes('prompt_cache_breakpoint'),
  };
}
