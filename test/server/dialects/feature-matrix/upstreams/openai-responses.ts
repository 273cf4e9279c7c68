import {
  at,
  counted,
  list,
  pieces,
  type Said,
  signature,
  sse,
  textOf,
  thought,
  type UpstreamForm,
  type Wire,
} from '../words.ts';
import { openAiProblem } from './openai-chat.ts';

const usage = {
  input_tokens: counted.input,
  input_tokens_details: { cached_tokens: counted.cached },
  output_tokens: counted.output,
  output_tokens_details: { reasoning_tokens: counted.reasoning },
  total_tokens: counted.input + counted.output,
};

/** Responses, as OpenAI and Azure answer them. */
export const responsesForm: UpstreamForm = {
  thinks: 'signed',
  countsReasoning: true,
  hear: hearResponses,
  whole: (said) => response('completed', itemsOf(said), usage),
  stream: (said) => {
    let sequence_number = 0;
    const event = (type: string, fields: object) =>
      sse({ type, sequence_number: sequence_number++, ...fields }, type);
    const items = itemsOf(said);
    return [
      event('response.created', { response: response('in_progress', [], null) }),
      ...items.flatMap((item, output_index) => {
        const place = { item_id: item.id, output_index };
        return [
          event('response.output_item.added', { output_index, item: { ...item, status: 'in_progress' } }),
          ...pieces(textOf(at(item, 'content', 0, 'text'))).map((delta) =>
            event('response.output_text.delta', { ...place, content_index: 0, delta, logprobs: [] }),
          ),
          ...pieces(textOf(at(item, 'arguments'))).map((delta) =>
            event('response.function_call_arguments.delta', { ...place, delta }),
          ),
          event('response.output_item.done', { output_index, item }),
        ];
      }),
      event('response.completed', { response: response('completed', items, usage) }),
    ];
  },
  problem: openAiProblem,
};

function response(status: string, output: readonly object[], counts: object | null) {
  return { id: 'resp_1', object: 'response', created_at: 1, status, model: 'model', output, usage: counts };
}

function itemsOf({ thought: summary, text, calls = [] }: Said) {
  const thinking = {
    id: 'rs_1',
    type: 'reasoning',
    summary: [{ type: 'summary_text', text: summary }],
    encrypted_content: signature,
  };
  const content = [{ type: 'output_text', text, annotations: [], logprobs: [] }];
  const message = { id: 'msg_1', type: 'message', status: 'completed', role: 'assistant', content };
  return [
    ...(summary === undefined ? [] : [thinking]),
    ...(text === undefined ? [] : [message]),
    ...calls.map(({ name, args }, index) => ({
      id: `fc_${index}`,
      type: 'function_call',
      status: 'completed',
      call_id: `call_${index}`,
      name,
      arguments: JSON.stringify(args),
    })),
  ];
}

function hearResponses(body: Wire) {
  const input = list(body.input);
  const parts = input.flatMap(({ content }) => list(content));
  const ofType = (wanted: string) => input.filter(({ type }) => type === wanted);
  return {
    texts: JSON.stringify([body.instructions, body.input]),
    stream: body.stream === true,
    images: parts.map(({ image_url }) => textOf(image_url).split('base64,')[1] ?? '').filter(Boolean),
    tools: list(body.tools).map(({ name, parameters }) => ({ name: textOf(name), schema: parameters })),
    calls: ofType('function_call').map((item) => ({
      id: textOf(item.call_id),
      name: textOf(item.name),
      args: JSON.parse(textOf(item.arguments)),
    })),
    results: ofType('function_call_output').map(({ call_id, output }) => ({
      id: textOf(call_id),
      text: textOf(output),
    })),
    schema: at(body, 'text', 'format', 'schema') ?? null,
    asksThinking: at(body, 'reasoning', 'effort') !== undefined,
    thoughts: ofType('reasoning').some((item) => item.encrypted_content === signature) ? thought : '',
    marks: body.prompt_cache_key !== undefined,
  };
}
