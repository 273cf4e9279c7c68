import {
  aCompletion,
  blockStart,
  chunk,
  doneFrame,
  messageEvent,
  messageStart,
  roleChunk,
  textDelta,
  usageChunk,
} from '../server/support/wire.ts';

/** What an upstream says in its dialect: 100 tokens in, 20 out. Streams are `head`, any number of `part`s, `tail`. */
export interface Wire {
  readonly head: string;
  part(text: string): string;
  /** The finish, the usage and the last event. */
  readonly tail: string;
  /** An answer in one piece. */
  whole(text: string): object;
  /** What it says when it is overloaded: the body, and the event. */
  readonly overload: object;
  readonly overloadEvent: string;
}

const openaiError = {
  error: { message: 'Overloaded, sorry.', type: 'server_error', param: null, code: null },
};

const chat: Wire = {
  head: roleChunk,
  part: (content) => chunk({ content }),
  tail: chunk({}, 'stop') + usageChunk + doneFrame,
  whole: aCompletion,
  overload: openaiError,
  overloadEvent: `data: ${JSON.stringify(openaiError)}\n\n`,
};

const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };

function completionChunk(text: string, finish_reason: string | null): string {
  const choices = [{ text, index: 0, logprobs: null, finish_reason }];
  return `data: ${JSON.stringify({ id: 'cmpl-1', object: 'text_completion', created: 1, model: 'm', choices })}\n\n`;
}

const completions: Wire = {
  ...chat,
  head: '',
  part: (text) => completionChunk(text, null),
  tail:
    completionChunk('', 'stop') + usageChunk.replace('chat.completion.chunk', 'text_completion') + doneFrame,
  whole: (text) => ({
    id: 'cmpl-1',
    object: 'text_completion',
    created: 1,
    model: 'm',
    choices: [{ text, index: 0, logprobs: null, finish_reason: 'stop' }],
    usage,
  }),
};

let number = 0;
function responseEvent(type: string, members: object): string {
  number += 1;
  return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: number, ...members })}\n\n`;
}

const response = {
  id: 'resp_1',
  object: 'response',
  created_at: 1,
  model: 'm',
  status: 'in_progress',
  output: [],
};
const responseUsage = { input_tokens: 100, output_tokens: 20, total_tokens: 120 };
const place = { item_id: 'msg_1', output_index: 0, content_index: 0 };

function message(text: string) {
  const content = [{ type: 'output_text', text, annotations: [] }];
  return { id: 'msg_1', type: 'message', role: 'assistant', status: 'completed', content };
}

const responses: Wire = {
  ...chat,
  head:
    responseEvent('response.created', { response }) +
    responseEvent('response.output_item.added', { output_index: 0, item: { ...message(''), content: [] } }),
  part: (delta) => responseEvent('response.output_text.delta', { ...place, delta }),
  tail:
    responseEvent('response.output_item.done', { output_index: 0, item: message('…') }) +
    responseEvent('response.completed', {
      response: { ...response, status: 'completed', usage: responseUsage },
    }),
  whole: (text) => ({ ...response, status: 'completed', output: [message(text)], usage: responseUsage }),
  overloadEvent: responseEvent('error', { code: 'server_error', message: 'Overloaded, sorry.', param: null }),
};

const anthropicError = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded, sorry.' } };

const anthropic: Wire = {
  head: messageStart + blockStart,
  part: textDelta,
  tail:
    messageEvent('content_block_stop', { index: 0 }) +
    messageEvent('message_delta', {
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: 20 },
    }) +
    messageEvent('message_stop'),
  whole: (text) => ({
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude',
    content: [{ type: 'text', text }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 100, output_tokens: 20 },
  }),
  overload: anthropicError,
  overloadEvent: `event: error\ndata: ${JSON.stringify(anthropicError)}\n\n`,
};

const googleUsage = { promptTokenCount: 100, candidatesTokenCount: 20, totalTokenCount: 120 };

function candidates(text: string, finishReason?: string): object {
  return { candidates: [{ content: { parts: [{ text }], role: 'model' }, index: 0, finishReason }] };
}

const googleError = { error: { code: 503, message: 'Overloaded, sorry.', status: 'UNAVAILABLE' } };

const google: Wire = {
  head: '',
  part: (text) => `data: ${JSON.stringify(candidates(text))}\n\n`,
  tail: `data: ${JSON.stringify({ ...candidates('', 'STOP'), usageMetadata: googleUsage })}\n\n`,
  whole: (text) => ({ ...candidates(text, 'STOP'), usageMetadata: googleUsage }),
  overload: googleError,
  overloadEvent: `data: ${JSON.stringify(googleError)}\n\n`,
};

const embeddings: Wire = {
  ...chat,
  // An embedding has no text; a long one has many numbers.
  whole: (text) => ({
    object: 'list',
    data: [{ object: 'embedding', index: 0, embedding: [0.5], note: text }],
    model: 'm',
    usage: { prompt_tokens: 100, total_tokens: 100 },
  }),
};

export const wires = {
  'openai-chat': chat,
  'openai-responses': responses,
  'anthropic-messages': anthropic,
  'openai-completions': completions,
  'openai-embeddings': embeddings,
  'google-generate': google,
} as const satisfies Readonly<Record<string, Wire>>;
