import { testSecret } from '../server/support/fakes.ts';

/** What a client understands of a stream. */
export interface HeardStream {
  /** Whether it looks like a whole answer. */
  readonly finished: boolean;
  /** Errors, as the dialect writes them. */
  readonly errors: readonly unknown[];
  readonly text: string;
}

/** A client of one dialect: what it sends, and what it understands. */
export interface Client {
  path(stream: boolean): string;
  body(stream: boolean): object;
  /** Message of an error in the dialect; `undefined` for anything that is none. */
  problemIn(wire: unknown): string | undefined;
  textIn(wire: unknown): string;
  hear?(bytes: string): HeardStream;
}

// biome-ignore lint/suspicious/noExplicitAny: read as a client would, who trusts the API.
type Json = { readonly [name: string]: any } | undefined;

function eventsOf(bytes: string): Json[] {
  return bytes
    .split('\n\n')
    .flatMap((frame) => frame.split('\n').filter((line) => line.startsWith('data: ')))
    .map((line) => line.slice(6))
    .filter((data) => data !== '[DONE]')
    .map((data) => JSON.parse(data));
}

const hello = [{ role: 'user', content: 'Hello' }];
const openaiProblem = (wire: unknown) => {
  const { error } = (wire as Json) ?? {};
  const isOne = typeof error?.type === 'string' && 'code' in error && 'param' in error;
  return isOne ? error.message : undefined;
};

const chat: Client = {
  path: () => '/v1/chat/completions',
  body: (stream) => ({ model: 'auto', stream, messages: hello }),
  problemIn: openaiProblem,
  textIn: (wire) => (wire as Json)?.choices[0].message.content,
  hear: (bytes) => {
    const events = eventsOf(bytes);
    return {
      finished: bytes.includes('[DONE]') || events.some((one) => one?.choices?.[0]?.finish_reason != null),
      errors: events.filter((one) => one?.error !== undefined),
      text: events.map((one) => one?.choices?.[0]?.delta?.content ?? '').join(''),
    };
  },
};

const completions: Client = {
  ...chat,
  path: () => '/v1/completions',
  body: (stream) => ({ model: 'auto', stream, prompt: 'Hello' }),
  textIn: (wire) => (wire as Json)?.choices[0].text,
  hear: (bytes) => {
    const heard = chat.hear?.(bytes);
    const text = eventsOf(bytes)
      .map((one) => one?.choices?.[0]?.text ?? '')
      .join('');
    return { finished: false, errors: [], ...heard, text };
  },
};

const responses: Client = {
  ...chat,
  path: () => '/v1/responses',
  body: (stream) => ({ model: 'auto', stream, input: 'Hello' }),
  textIn: (wire) => (wire as Json)?.output.at(-1).content[0].text,
  hear: (bytes) => {
    const events = eventsOf(bytes);
    return {
      finished: events.some((one) => one?.type === 'response.completed'),
      errors: events
        .filter((one) => one?.type === 'response.failed')
        .map((one) => ({ error: { type: '', code: '', param: null, ...one?.error }, ...one })),
      text: events.map((one) => (one?.type === 'response.output_text.delta' ? one.delta : '')).join(''),
    };
  },
};

const anthropic: Client = {
  path: () => '/v1/messages',
  body: (stream) => ({ model: 'auto', max_tokens: 100, stream, messages: hello }),
  problemIn: (wire) => {
    const { type, error } = (wire as Json) ?? {};
    return type === 'error' && typeof error?.type === 'string' ? error.message : undefined;
  },
  textIn: (wire) => (wire as Json)?.content[0].text,
  hear: (bytes) => {
    const events = eventsOf(bytes);
    return {
      finished: events.some((one) => one?.type === 'message_stop' || one?.delta?.stop_reason != null),
      errors: events.filter((one) => one?.type === 'error'),
      text: events.map((one) => one?.delta?.text ?? '').join(''),
    };
  },
};

function hearGoogle(chunks: readonly Json[]): HeardStream {
  return {
    finished: chunks.some((one) => one?.candidates?.[0]?.finishReason !== undefined),
    errors: chunks.filter((one) => one?.error !== undefined),
    text: chunks.map((one) => one?.candidates?.[0]?.content?.parts[0].text ?? '').join(''),
  };
}

const google: Client = {
  path: (stream) =>
    stream ? '/v1beta/models/auto:streamGenerateContent?alt=sse' : '/v1beta/models/auto:generateContent',
  body: () => ({ contents: [{ role: 'user', parts: [{ text: 'Hello' }] }] }),
  problemIn: (wire) => {
    const { error } = (wire as Json) ?? {};
    return typeof error?.code === 'number' && typeof error.status === 'string' ? error.message : undefined;
  },
  textIn: (wire) => (wire as Json)?.candidates[0].content.parts[0].text,
  hear: (bytes) => hearGoogle(eventsOf(bytes)),
};

/** Google's client without `alt=sse`: it reads one array. */
const googleArray: Client = {
  ...google,
  path: (stream) => google.path(stream).replace('?alt=sse', ''),
  hear: (bytes) => hearGoogle(JSON.parse(bytes)),
};

const embeddings: Client = {
  path: () => '/v1/embeddings',
  body: () => ({ model: 'auto', input: 'Hello' }),
  problemIn: openaiProblem,
  textIn: (wire) => (wire as Json)?.data[0].note,
};

export const clients = {
  'openai-chat': chat,
  'openai-responses': responses,
  'anthropic-messages': anthropic,
  'openai-completions': completions,
  'google-generate': google,
  'google-generate as an array': googleArray,
  'openai-embeddings': embeddings,
} as const satisfies Readonly<Record<string, Client>>;

/** Sends a request as this client does. */
export function ask(url: string, client: Client, stream: boolean, init: RequestInit = {}): Promise<Response> {
  return fetch(url + client.path(stream), {
    method: 'POST',
    headers: { authorization: `Bearer ${testSecret}`, 'content-type': 'application/json' },
    body: JSON.stringify(client.body(stream)),
    ...init,
  });
}
