import { testSecret } from './fakes.ts';

/** A chat completion as OpenAI answers it. */
export function aCompletion(content = 'Hi.') {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'gpt',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
  };
}

export const roleChunk = chunk({ role: 'assistant', content: '' });

/** One chunk of a chat completion's stream, as bytes. */
export function chunk(delta: object, finish: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason: finish }];
  return `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'gpt', choices })}\n\n`;
}

export const usageChunk = `data: ${JSON.stringify({
  id: 'c',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'gpt',
  choices: [],
  usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
})}\n\n`;

export const doneFrame = 'data: [DONE]\n\n';

/** A whole chat stream of these words, with the usage at its end. */
export function aChatStream(...words: string[]): string {
  return [
    roleChunk,
    ...words.map((content) => chunk({ content })),
    chunk({}, 'stop'),
    usageChunk,
    doneFrame,
  ].join('');
}

/** One event of an Anthropic stream, as bytes. */
export function messageEvent(type: string, fields: object = {}): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}

export const messageStart = messageEvent('message_start', {
  message: {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: 100, output_tokens: 1 },
  },
});

export const blockStart = messageEvent('content_block_start', {
  index: 0,
  content_block: { type: 'text', text: '' },
});

export function textDelta(text: string): string {
  return messageEvent('content_block_delta', { index: 0, delta: { type: 'text_delta', text } });
}

const headers = { authorization: `Bearer ${testSecret}`, 'content-type': 'application/json' };

/** Posts a chat completion request; takes only what differs. */
export function postChat(url: string, body: object = {}, init: RequestInit = {}): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: 'auto', messages: [{ role: 'user', content: 'Hello' }], ...body }),
    ...init,
    headers: { ...headers, ...init.headers },
  });
}

/** Posts an Anthropic request. */
export function postMessage(url: string, body: object = {}, init: RequestInit = {}): Promise<Response> {
  return fetch(`${url}/v1/messages`, {
    method: 'POST',
    body: JSON.stringify({
      model: 'auto',
      max_tokens: 100,
      messages: [{ role: 'user', content: 'Hello' }],
      ...body,
    }),
    ...init,
    headers: { ...headers, 'anthropic-version': '2023-06-01', ...init.headers },
  });
}
