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
  billed_units: { input_tokens: counted.input, output_tokens: counted.output },
  tokens: { input_tokens: counted.input + 60, output_tokens: counted.output + 2 },
  cached_tokens: counted.cached,
};

/** Chat v2. */
export const cohereForm: UpstreamForm = {
  thinks: 'shown',
  countsReasoning: false,
  hear: hearCohere,
  whole: (said) => ({
    id: 'c1',
    finish_reason: finishOf(said),
    message: {
      role: 'assistant',
      content: contentOf(said),
      ...(said.calls === undefined ? {} : { tool_calls: said.calls.map(wireCall) }),
    },
    usage,
  }),
  stream: (said) => [
    event('message-start', { id: 'c1', delta: { message: { role: 'assistant', content: [] } } }),
    ...contentOf(said).flatMap((part, index) => [
      event('content-start', { index, delta: { message: { content: emptied(part) } } }),
      ...deltasOf(part).map((content) => event('content-delta', { index, delta: { message: { content } } })),
      event('content-end', { index }),
    ]),
    ...(said.calls ?? []).flatMap((call, index) => callEvents(wireCall(call, index), index)),
    event('message-end', { delta: { finish_reason: finishOf(said), usage } }),
  ],
  problem: (status) => ({ body: { id: 'e1', message: status === 429 ? slowDown : notSo } }),
};

const event = (type: string, fields: object) => sse({ type, ...fields }, type);
const finishOf = ({ calls }: Said) => (calls === undefined ? 'COMPLETE' : 'TOOL_CALL');

const wireCall = ({ name, args }: { name: string; args: object }, index: number) => ({
  id: `${name}_${index}`,
  type: 'function',
  function: { name, arguments: JSON.stringify(args) },
});

function contentOf({ thought: thinking, text }: Said) {
  return [
    ...(thinking === undefined ? [] : [{ type: 'thinking' as const, thinking }]),
    ...(text === undefined ? [] : [{ type: 'text' as const, text }]),
  ];
}

type Part = ReturnType<typeof contentOf>[number];

const emptied = (part: Part) =>
  part.type === 'text' ? { type: 'text', text: '' } : { type: 'thinking', thinking: '' };

const deltasOf = (part: Part): readonly object[] =>
  part.type === 'text'
    ? pieces(part.text).map((text) => ({ text }))
    : pieces(part.thinking).map((thinking) => ({ thinking }));

function callEvents(call: ReturnType<typeof wireCall>, index: number): readonly string[] {
  const start = { ...call, function: { ...call.function, arguments: '' } };
  const delta = (tool_calls: object) => ({ index, delta: { message: { tool_calls } } });
  return [
    event('tool-call-start', delta(start)),
    ...pieces(call.function.arguments).map((part) =>
      event('tool-call-delta', delta({ function: { arguments: part } })),
    ),
    event('tool-call-end', { index }),
  ];
}

function hearCohere(body: Wire) {
  const messages = list(body.messages);
  const parts = messages.flatMap(({ content }) => list(content));
  const given = JSON.stringify(messages.filter(({ role }) => role === 'assistant'));
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
    schema: at(body, 'response_format', 'json_schema') ?? null,
    asksThinking: at(body, 'thinking', 'type') === 'enabled',
    thoughts: given.includes(thought) ? thought : '',
    marks: false,
  };
}
