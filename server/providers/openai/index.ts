/** OpenAI, by Chat Completions. */
import { makeHttpUpstream } from '../http-upstream.ts';
import type { Provider } from '../provider.ts';

export interface OpenaiOptions {
  readonly id: string;
  readonly baseUrl: string;
  readonly apiKey: string | null;
}

export const openaiBaseUrl = 'https://api.openai.com/v1';

export function makeOpenai({ id, baseUrl, apiKey }: OpenaiOptions): Provider {
  return makeChatProvider({ id, baseUrl, apiKey, lengthField: 'max_completion_tokens' });
}

/** Any server that speaks Chat Completions below its base URL. */
export function makeChatProvider({
  id,
  baseUrl,
  apiKey,
  lengthField,
}: OpenaiOptions & Pick<Provider, 'lengthField'>): Provider {
  const upstream = makeHttpUpstream(baseUrl);
  const fixed = {
    'content-type': 'application/json',
    'accept-encoding': 'identity',
    ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
  };
  return {
    id,
    sandbox: false,
    dialects: ['openai-chat'],
    lengthField,
    call: ({ body, headers, query, signal, connectTimeoutMs }) => {
      const beta = headers['openai-beta'];
      return upstream.post({
        path: `/chat/completions${query}`,
        headers: beta === undefined ? fixed : { ...fixed, 'openai-beta': beta },
        body,
        signal,
        connectTimeoutMs,
      });
    },
    close: () => upstream.close(),
  };
}
