import { type Ask, isObject, objects, pieces, type Say, textOf, tokensOf } from './mind.ts';

/** Chat Completions as api.openai.com speaks them; forms of the public API reference, read 2026-11. */
export function readChat(body: Record<string, unknown>): Ask {
  const messages = objects(body.messages);
  const last = messages.findLastIndex(({ role }) => role === 'user');
  const format = isObject(body.response_format) ? body.response_format : {};
  return {
    model: String(body.model),
    system: messages
      .filter(({ role }) => role === 'system' || role === 'developer')
      .map(({ content }) => textOf(content))
      .join('\n'),
    user: textOf(messages[last]?.content),
    images: messages.flatMap(({ content }) => objects(content)).filter(({ type }) => type === 'image_url')
      .length,
    tools: objects(body.tools).flatMap(({ function: tool }) =>
      isObject(tool)
        ? [{ name: String(tool.name), parameters: isObject(tool.parameters) ? tool.parameters : {} }]
        : [],
    ),
    results: messages.filter(({ role }) => role === 'tool').map(({ content }) => textOf(content)),
    schema:
      isObject(format.json_schema) && isObject(format.json_schema.schema) ? format.json_schema.schema : null,
  };
}

export function writeChat({ text, calls }: Say, body: Record<string, unknown>): object {
  return {
    id: `chatcmpl-scripted-${tokensOf(JSON.stringify(body))}`,
    object: 'chat.completion',
    created: 1_790_000_000,
    model: body.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: text === '' ? null : text,
          refusal: null,
          annotations: [],
          ...(calls.length === 0 ? {} : { tool_calls: calls.map(numbered(body)) }),
        },
        logprobs: null,
        finish_reason: calls.length === 0 ? 'stop' : 'tool_calls',
      },
    ],
    usage: usage(body, text, calls),
    service_tier: 'default',
    system_fingerprint: null,
  };
}

export function streamChat({ text, calls }: Say, body: Record<string, unknown>): readonly string[] {
  const options = isObject(body.stream_options) ? body.stream_options : {};
  const withUsage = options.include_usage === true;
  const frame = (choices: readonly object[], tail: object = withUsage ? { usage: null } : {}) =>
    `data: ${JSON.stringify({
      id: `chatcmpl-scripted-${tokensOf(JSON.stringify(body))}`,
      object: 'chat.completion.chunk',
      created: 1_790_000_000,
      model: body.model,
      service_tier: 'default',
      system_fingerprint: null,
      choices,
      ...tail,
    })}\n\n`;
  const delta = (fields: object, finish: string | null = null) =>
    frame([{ index: 0, delta: fields, logprobs: null, finish_reason: finish }]);
  return [
    delta({ role: 'assistant', content: text === '' ? null : '', refusal: null }),
    ...pieces(text).map((content) => delta({ content })),
    ...calls.flatMap((one, index) => {
      const { id, type, function: named } = numbered(body)(one, index);
      return [
        delta({ tool_calls: [{ index, id, type, function: { name: named.name, arguments: '' } }] }),
        ...pieces(named.arguments).map((part) =>
          delta({ tool_calls: [{ index, function: { arguments: part } }] }),
        ),
      ];
    }),
    delta({}, calls.length === 0 ? 'stop' : 'tool_calls'),
    ...(withUsage ? [frame([], { usage: usage(body, text, calls) })] : []),
    'data: [DONE]\n\n',
  ];
}

function numbered(body: Record<string, unknown>) {
  const seed = tokensOf(JSON.stringify(body));
  return (one: Say['calls'][number], index: number) => ({
    id: `call_scripted_${seed}_${index}`,
    type: 'function',
    function: { name: one.name, arguments: JSON.stringify(one.args) },
  });
}

function usage(body: Record<string, unknown>, text: string, calls: Say['calls']): object {
  const prompt = tokensOf(JSON.stringify(body.messages));
  const completion = tokensOf(text + JSON.stringify(calls));
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}
