import { at, type ClientForm, numberOf, question, textOf, type Wire } from '../words.ts';
import { chatClient } from './openai-chat.ts';

const { kindOf, kinds } = chatClient;
const onlyText = ['tools', 'parallel tools', 'images', 'JSON schema', 'thinking', 'cache control'] as const;
const nothing = { thought: '', calls: [], turn: null } as const;

function usageOf({ usage }: Wire) {
  return {
    input: numberOf(at(usage, 'prompt_tokens')),
    cached: numberOf(at(usage, 'prompt_tokens_details', 'cached_tokens')),
    output: numberOf(at(usage, 'completion_tokens')),
    reasoning: numberOf(at(usage, 'completion_tokens_details', 'reasoning_tokens')),
  };
}

/** Legacy Completions. */
export const completionsClient: ClientForm = {
  dialect: 'openai-completions',
  without: onlyText,
  countsReasoning: true,
  path: () => '/v1/completions',
  body: (ask, model) => ({
    model,
    prompt: question,
    ...(ask.stream === true ? { stream: true, stream_options: { include_usage: true } } : {}),
  }),
  read: (answer) => ({
    ...nothing,
    text: textOf(at(answer, 'choices', 0, 'text')),
    usage: usageOf(answer),
    complete: at(answer, 'choices', 0, 'finish_reason') === 'stop',
  }),
  join: (events) => {
    const pieces = events.map((event) => textOf(at(event, 'choices', 0, 'text'))).filter(Boolean);
    const finish_reason = events.map((event) => at(event, 'choices', 0, 'finish_reason')).find(Boolean);
    const usage = events.map((event) => event.usage).findLast(Boolean);
    return { whole: { choices: [{ text: pieces.join(''), finish_reason }], usage }, pieces };
  },
  kindOf,
  kinds,
};

/** Embeddings, whose text is the vector. */
export const embeddingsClient: ClientForm = {
  dialect: 'openai-embeddings',
  without: [...onlyText, 'stream'],
  countsReasoning: false,
  path: () => '/v1/embeddings',
  body: (_ask, model) => ({ model, input: question, encoding_format: 'float' }),
  read: (answer) => ({
    ...nothing,
    text: JSON.stringify(at(answer, 'data', 0, 'embedding')),
    usage: usageOf(answer),
    complete: answer.object === 'list',
  }),
  join: () => ({ whole: {}, pieces: [] }),
  kindOf,
  kinds,
};
