import { counted, pieces, sse, type UpstreamForm, type Wire } from '../words.ts';
import { openAiProblem } from './openai-chat.ts';

const prompt = { prompt_tokens: counted.input, prompt_tokens_details: { cached_tokens: counted.cached } };
const usage = {
  ...prompt,
  completion_tokens: counted.output,
  completion_tokens_details: { reasoning_tokens: counted.reasoning },
  total_tokens: counted.input + counted.output,
};

const hear = (body: Wire) => ({
  texts: JSON.stringify(body.prompt ?? body.input),
  stream: body.stream === true,
  images: [],
  tools: [],
  calls: [],
  results: [],
  schema: null,
  asksThinking: false,
  thoughts: '',
  marks: false,
});

/** Legacy Completions. */
export const completionsForm: UpstreamForm = {
  thinks: 'no',
  countsReasoning: true,
  hear,
  whole: ({ text }) => completion({ text, finish_reason: 'stop' }, { usage }),
  stream: ({ text = '' }) => [
    ...pieces(text).map((piece) => sse(completion({ text: piece, finish_reason: null }))),
    sse(completion({ text: '', finish_reason: 'stop' })),
    sse({ ...completion(null), choices: [], usage }),
    'data: [DONE]\n\n',
  ],
  problem: openAiProblem,
};

function completion(choice: object | null, more: object = {}) {
  const choices = [{ index: 0, logprobs: null, ...choice }];
  return { id: 'cmpl-1', object: 'text_completion', created: 1, model: 'model', choices, ...more };
}

/** Embeddings. */
export const embeddingsForm: UpstreamForm = {
  thinks: 'no',
  countsReasoning: false,
  hear,
  whole: () => ({
    object: 'list',
    model: 'model',
    data: [{ object: 'embedding', index: 0, embedding: [0.25, -0.5] }],
    usage: { prompt_tokens: counted.input, total_tokens: counted.input },
  }),
  stream: () => [],
  problem: openAiProblem,
};
