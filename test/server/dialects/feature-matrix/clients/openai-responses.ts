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

export const responsesClient: ClientForm = {
  dialect: 'openai-responses',
  without: [],
  countsReasoning: true,
  path: () => '/v1/responses',
  body: (ask, model) => ({
    model,
    instructions: instruction,
    input: [
      { role: 'user', content: ask.image === true ? [textPart, imagePart] : question },
      ...(ask.after === undefined ? [] : turnsAfter(ask.after)),
    ],
    ...(ask.stream === true ? { stream: true } : {}),
    ...settingsOf(ask),
  }),
  read: readResponse,
  join: (events) => {
    const pieces = events
      .filter(({ type }) => type === 'response.output_text.delta')
      .map(({ delta }) => textOf(delta));
    const last = events.at(-1);
    if (last?.type !== 'response.completed') throw new Error(`The stream ended in ${String(last?.type)}.`);
    return { whole: last.response as Wire, pieces };
  },
  kindOf: (error) => `${textOf(at(error, 'error', 'type'))} ${textOf(at(error, 'error', 'code'))}`,
  kinds: { 400: /invalid_/, 429: /rate_limit/ },
};

const textPart = { type: 'input_text', text: question };
const imagePart = { type: 'input_image', image_url: `data:image/png;base64,${png}` };

function settingsOf({ tools, schema, think, mark }: Ask): object {
  const { name, description, schema: parameters } = weather;
  const format = { type: 'json_schema', name: 'place', schema: placeSchema, strict: true };
  const reasoning = { effort: 'high', summary: 'auto' };
  return {
    ...(tools === true
      ? { tools: [{ type: 'function', name, description, parameters, strict: false }] }
      : {}),
    ...(schema === true ? { text: { format } } : {}),
    ...(think === true ? { reasoning, include: ['reasoning.encrypted_content'] } : {}),
    ...(mark === true ? { prompt_cache_key: 'lighthouses' } : {}),
  };
}

function turnsAfter({ turn, calls }: Got): readonly unknown[] {
  const results = calls.map(({ id, args }) => ({
    type: 'function_call_output',
    call_id: id,
    output: resultOf(textOf(at(args, 'city'))),
  }));
  return [...list(turn), ...results];
}

function readResponse(answer: Wire): Got {
  const output = list(answer.output);
  const ofType = (wanted: string) => output.filter(({ type }) => type === wanted);
  const texts = ofType('message').flatMap(({ content }) => list(content));
  const thoughts = ofType('reasoning').flatMap(({ summary }) => list(summary));
  const { usage } = answer;
  return {
    text: texts.map(({ text }) => textOf(text)).join(''),
    thought: thoughts.map(({ text }) => textOf(text)).join(''),
    calls: ofType('function_call').map((item) => ({
      id: textOf(item.call_id),
      name: textOf(item.name),
      args: JSON.parse(textOf(item.arguments)),
    })),
    usage: {
      input: numberOf(at(usage, 'input_tokens')),
      cached: numberOf(at(usage, 'input_tokens_details', 'cached_tokens')),
      output: numberOf(at(usage, 'output_tokens')),
      reasoning: numberOf(at(usage, 'output_tokens_details', 'reasoning_tokens')),
    },
    complete: answer.status === 'completed',
    turn: output,
  };
}
